using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Declaration;

/// <summary>Shapes of elementwise operations: axes are matched from the last, and an axis of 1 or a missing one stretches.</summary>
internal static class Broadcasting
{
    /// <summary>The common shape, or null where an axis differs.</summary>
    public static Shape? Of(Shape left, Shape right)
    {
        int rank = Math.Max(left.Rank, right.Rank);
        int[] sizes = new int[rank];
        for (int i = 1; i <= rank; i++)
        {
            int a = i <= left.Rank ? left[-i] : 1, b = i <= right.Rank ? right[-i] : 1;
            if (a != b && a != 1 && b != 1)
            {
                return null;
            }

            sizes[rank - i] = Math.Max(a, b);
        }

        return new Shape(sizes);
    }
}
