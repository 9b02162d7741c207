using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Tests.Graph;

/// <summary>What operations that move values mean, element by element of a single sample.</summary>
internal static class MovementDefinitions
{
    /// <summary>The value of a movement; its operands are those of one sample.</summary>
    public static double[] Move(Node node, double[][] operands) => node.Operation switch
    {
        SliceOperation slice => From(node, operands, at => (0, With(at, slice.Axis, at[slice.Axis] + slice.Start))),
        PadOperation pad => From(node, operands, at => (0, [.. at.Select((i, axis) => i - pad.Before[axis])]), pad.Fill),
        ConcatOperation concat => From(node, operands, at => Part(node, concat.Axis, at)),
        TransposeOperation transpose => From(node, operands, at => (0, [.. Enumerable.Range(0, at.Length).Select(axis => at[transpose.Order.ToList().IndexOf(axis)])])),
        ReverseOperation reverse => From(node, operands, at => (0, With(at, reverse.Axis, node.Shape[reverse.Axis] - 1 - at[reverse.Axis]))),
        GatherOperation => From(node, operands, at => (0, [(int)operands[1][Flat(node.Operands[1].Shape, at[..^1])], at[^1]])),
        _ => throw new InvalidOperationException($"{node.Operation.Name} moves nothing."),
    };

    /// <summary>All places of a shape, in row-major order.</summary>
    public static IEnumerable<int[]> Places(Shape shape)
    {
        for (int i = 0; i < shape.Length; i++)
        {
            var at = new int[shape.Rank];
            for (int axis = shape.Rank - 1, rest = i; axis >= 0; rest /= shape[axis], axis--)
            {
                at[axis] = rest % shape[axis];
            }

            yield return at;
        }
    }

    /// <summary>The row-major index of a place.</summary>
    public static int Flat(Shape shape, IReadOnlyList<int> at) => Enumerable.Range(0, shape.Rank).Aggregate(0, (index, axis) => (index * shape[axis]) + at[axis]);

    private static double[] From(Node node, double[][] operands, Func<int[], (int Operand, int[] At)> origin, double fill = 0) =>
    [
        .. Places(node.Shape).Select(at =>
        {
            (int operand, int[] from) = origin(at);
            Shape shape = node.Operands[operand].Shape;
            return from.Select((i, axis) => i >= 0 && i < shape[axis]).All(inside => inside) ? operands[operand][Flat(shape, from)] : fill;
        }),
    ];

    private static (int Operand, int[] At) Part(Node node, int axis, int[] at)
    {
        int index = at[axis];
        for (int operand = 0; ; operand++)
        {
            int size = node.Operands[operand].Shape[axis];
            if (index < size)
            {
                return (operand, With(at, axis, index));
            }

            index -= size;
        }
    }

    private static int[] With(int[] at, int axis, int index) => [.. at.Select((i, other) => other == axis ? index : i)];
}
