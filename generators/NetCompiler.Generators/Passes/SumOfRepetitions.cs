using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Passes;

/// <summary>
/// The gradient of a value that was repeated, as NumPy repeats: the sum over the axes that it lacks or has once, and over the samples that
/// share it. Runs of neighbouring axes are summed as one, from the last to the first, the samples at the end.
/// </summary>
internal static class SumOfRepetitions
{
    public static Node Run(GraphBuilder builder, Node gradient, Shape operand, bool isBatched)
    {
        int[] sizes = [.. gradient.Shape.Sizes];
        int missing = sizes.Length - operand.Rank;
        bool IsRepeated(int axis) => axis < missing || operand[axis - missing] == 1;
        Node sum = gradient;
        for (int end = sizes.Length; end > 0; end--)
        {
            int start = end;
            while (start > 0 && IsRepeated(start - 1))
            {
                start--;
            }

            int run = Product(sizes, start, end);
            if (run > 1)
            {
                int behind = Product(sizes, end, sizes.Length);
                sum = behind == 1
                    ? builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, builder.Reshape(sum, new Shape([.. sizes.Take(start), run])))
                    : builder.SumRowAxis(builder.Reshape(sum, new Shape([.. sizes.Take(start), run, behind])));
            }

            for (int axis = start; axis < end; axis++)
            {
                sizes[axis] = 1;
            }

            end = Math.Min(end, start + 1);
        }

        if (sum.IsBatched && !isBatched)
        {
            sum = builder.SumRows(builder.Reshape(sum, new Shape(Product(sizes, 0, sizes.Length))));
        }

        return builder.Reshape(sum, operand);
    }

    private static int Product(int[] sizes, int start, int end)
    {
        int product = 1;
        for (int axis = start; axis < end; axis++)
        {
            product *= sizes[axis];
        }

        return product;
    }
}
