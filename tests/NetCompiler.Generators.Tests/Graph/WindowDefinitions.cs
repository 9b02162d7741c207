using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Tests.Graph;

/// <summary>What operations on windows mean, for a single sample.</summary>
internal static class WindowDefinitions
{
    public static double[] Window(Node node, WindowOperation window, double[] x)
    {
        Shape operand = node.Operands[0].Shape;
        return
        [
            .. MovementDefinitions.Places(node.Shape).Select(at =>
            {
                double[] seen = [.. Members(window.Axes, at).Select(place => x[MovementDefinitions.Flat(operand, place)])];
                return window.Kind == WindowKind.Sum ? seen.Sum() : window.Kind == WindowKind.Max ? Max(seen) : Largest(seen);
            }),
        ];
    }

    public static double[] Scatter(Node node, WindowScatterOperation scatter, double[][] operands)
    {
        var value = new double[node.Shape.Length];
        Shape windows = node.Operands[0].Shape;
        foreach (int[] at in MovementDefinitions.Places(windows))
        {
            int from = MovementDefinitions.Flat(windows, at), number = 0;
            foreach (int[] place in Members(scatter.Axes, at))
            {
                if (operands.Length == 1 || operands[1][from] == number)
                {
                    value[MovementDefinitions.Flat(node.Shape, place)] += operands[0][from];
                }

                number++;
            }
        }

        return value;
    }

    private static IEnumerable<int[]> Members(EquatableArray<WindowAxis> axes, int[] at) =>
        MovementDefinitions.Places(new Shape([.. axes.Select(axis => axis.Size)]))
            .Select(offset => (int[])[.. offset.Select((k, axis) => (at[axis] * axes[axis].Stride) + k), at[^1]]);

    private static int Largest(double[] seen)
    {
        int best = 0;
        for (int i = 1; i < seen.Length && !double.IsNaN(seen[best]); i++)
        {
            best = seen[i] > seen[best] || double.IsNaN(seen[i]) ? i : best;
        }

        return best;
    }

    private static double Max(double[] seen) => seen[Largest(seen)];
}
