using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Passes;

/// <summary>Rules of SimplifyGraph for values that are moved: the parts of a sum of padded values lie side by side, a part of a whole is that part.</summary>
internal static class SimplifyMoves
{
    // pad(a) + pad(b) with a and b side by side = pad(concat(a, b)): what gradients of slices leave
    public static Node? SumOfNeighbours(GraphBuilder builder, Node node, IReadOnlyList<Node> operands)
    {
        if (node.Operation is not ElementwiseNodeOperation { Function: var function } || function != Elementwise.Add
            || operands[0].Operation is not PadOperation { Fill: 0 } first || operands[1].Operation is not PadOperation { Fill: 0 } second
            || operands[0].Shape != operands[1].Shape || operands[0].IsBatched != operands[1].IsBatched)
        {
            return null;
        }

        int[] axes = [.. Enumerable.Range(0, first.Before.Count).Where(axis => first.Before[axis] != second.Before[axis] || first.After[axis] != second.After[axis])];
        if (axes.Length != 1)
        {
            return null;
        }

        int along = axes[0], size = operands[0].Shape[along];
        bool isInOrder = size - first.After[along] == second.Before[along];
        if (!isInOrder && size - second.After[along] != first.Before[along])
        {
            return null;
        }

        (PadOperation low, PadOperation high) = isInOrder ? (first, second) : (second, first);
        Node whole = builder.Concat(along, operands[isInOrder ? 0 : 1].Operands[0], operands[isInOrder ? 1 : 0].Operands[0]);
        return builder.Pad(whole, [.. low.Before], [.. low.After.Select((after, axis) => axis == along ? high.After[axis] : after)]);
    }

    // concat(concat(a, b), c) = concat(a, b, c)
    public static Node? ConcatOfConcat(GraphBuilder builder, Node node, IReadOnlyList<Node> operands) =>
        node.Operation is ConcatOperation concat && operands.Any(operand => operand.Operation == concat)
            ? builder.Concat(concat.Axis, [.. operands.SelectMany(operand => operand.Operation == concat ? operand.Operands : [operand])])
            : null;

    // slice(concat(a, b)) = a slice of the one operand it lies in
    public static Node? SliceOfConcat(GraphBuilder builder, Node node, IReadOnlyList<Node> operands)
    {
        if (node.Operation is not SliceOperation slice || operands[0].Operation is not ConcatOperation concat || concat.Axis != slice.Axis)
        {
            return null;
        }

        int start = 0;
        foreach (Node part in operands[0].Operands)
        {
            int length = part.Shape[concat.Axis];
            if (slice.Start >= start && slice.Start + slice.Length <= start + length)
            {
                return part.IsBatched == node.IsBatched ? builder.Slice(part, slice.Axis, slice.Start - start, slice.Length) : null;
            }

            start += length;
        }

        return null;
    }
}
