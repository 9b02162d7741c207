using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph;

/// <summary>The shape of an operation's result. Shapes that do not fit are our mistake here: the user's are found in the declaration.</summary>
internal static class ShapeRules
{
    public static (Shape Shape, bool IsBatched) Infer(Operation operation, IReadOnlyList<Node> operands) => operation switch
    {
        ElementwiseNodeOperation => (BroadcastShapes(operation, operands), operands.Any(operand => operand.IsBatched)),
        SoftmaxOperation => (operands[0].Shape, operands[0].IsBatched),
        ReduceOperation { Extent: ReduceExtent.LastAxis } => (new Shape([.. operands[0].Shape.Sizes.Take(operands[0].Shape.Rank - 1), 1]), operands[0].IsBatched),
        ReduceOperation { Extent: ReduceExtent.Everything } when !operands[0].IsBatched => (new Shape(1), false),
        ReduceOperation { Extent: ReduceExtent.RowAxis } when operands[0].Shape.Rank > 1 => (With(operands[0].Shape, operands[0].Shape.Rank - 2, 1), operands[0].IsBatched),
        ReduceOperation { Extent: ReduceExtent.Rows } => (new Shape([.. operands[0].Shape.Sizes.Skip(operands[0].Shape.Rank - 1)]), false),
        ContractOperation contract => Contract(contract, operands),
        ReshapeOperation reshape when reshape.Shape.Length == operands[0].Shape.Length => (reshape.Shape, operands[0].IsBatched),
        BroadcastOperation broadcast => (broadcast.Shape, broadcast.IsBatched),
        SliceOperation slice when slice.Start >= 0 && slice.Length > 0 && slice.Start + slice.Length <= operands[0].Shape[slice.Axis] =>
            (With(operands[0].Shape, slice.Axis, slice.Length), operands[0].IsBatched),
        PadOperation pad when pad.Before.Count == operands[0].Shape.Rank && pad.After.Count == operands[0].Shape.Rank =>
            (new Shape([.. operands[0].Shape.Sizes.Select((size, axis) => size + pad.Before[axis] + pad.After[axis])]), operands[0].IsBatched),
        ConcatOperation concat when operands.All(operand => With(operand.Shape, concat.Axis, 1) == With(operands[0].Shape, concat.Axis, 1)) =>
            (With(operands[0].Shape, concat.Axis, operands.Sum(operand => operand.Shape[concat.Axis])), operands.Any(operand => operand.IsBatched)),
        TransposeOperation transpose when transpose.Order.OrderBy(axis => axis).SequenceEqual(Enumerable.Range(0, operands[0].Shape.Rank)) =>
            (new Shape([.. transpose.Order.Select(axis => operands[0].Shape[axis])]), operands[0].IsBatched),
        ReverseOperation => (operands[0].Shape, operands[0].IsBatched),
        NarrowOperation when operands[0].Shape.Rank == 2 && !operands[0].IsBatched => (operands[0].Shape, false),
        RoundRowsOperation when operands[0].Shape.Rank > 0 => (operands[0].Shape, operands[0].IsBatched),
        GatherOperation when operands[0].Shape.Rank == 2 && !operands[0].IsBatched => (new Shape([.. operands[1].Shape.Sizes, operands[0].Shape[1]]), operands[1].IsBatched),
        ScatterAddOperation scatter when operands[0].Shape.Rank == operands[1].Shape.Rank + 1 => (new Shape(scatter.Rows, operands[0].Shape[-1]), false),
        WindowOperation window when window.Axes.Count == operands[0].Shape.Rank - 1 => (Windows(operation, operands, window.Axes, operands[0].Shape), operands[0].IsBatched),
        WindowScatterOperation scatter when Windows(operation, operands, scatter.Axes, scatter.Shape) == operands[0].Shape => (scatter.Shape, operands[0].IsBatched),
        WinogradKernelOperation when operands[0].Shape.Rank == 4 && operands[0].Shape[0] == WinogradTransform.Window && operands[0].Shape[1] == WinogradTransform.Window =>
            (new Shape(WinogradTransform.Products, WinogradTransform.Products, operands[0].Shape[2], operands[0].Shape[3]), operands[0].IsBatched),
        WinogradOperation winograd when operands[0].Shape[0] >= WinogradOperation.Reach(winograd.Height) && operands[0].Shape[1] >= WinogradOperation.Reach(winograd.Width)
            && operands[1].Shape == new Shape(WinogradTransform.Products, WinogradTransform.Products, operands[0].Shape[2], operands[1].Shape[-1]) =>
            (new Shape(winograd.Height, winograd.Width, operands[1].Shape[-1]), operands[0].IsBatched),
        ScanOperation scan when operands.Count == scan.Body.Sequences + scan.Body.Invariants + scan.Body.States => (Shape.Scalar, operands.Any(operand => operand.IsBatched)),
        ScanResultOperation result when operands[0].Operation is ScanOperation scan => ScanResult(scan, result),
        _ => throw Mismatch(operation, operands),
    };

    /// <summary>The extent of every label of a contraction but the batch's: those of axes that are one label.</summary>
    public static Dictionary<char, int> Extents(ContractOperation contract, IReadOnlyList<Node> operands)
    {
        var extents = new Dictionary<char, int>();
        var sums = new List<(IReadOnlyList<AxisTerm> Axis, int Size)>();
        void Add(string labels, EquatableArray<int> sizes, bool isBatched)
        {
            IReadOnlyList<IReadOnlyList<AxisTerm>> axes = [.. AxisLabels.Parse(labels).Where(axis => axis[0].Label != AxisLabels.Batch)];
            if (axes.Count != sizes.Count || isBatched != labels.Contains(AxisLabels.Batch))
            {
                throw Mismatch(contract, operands);
            }

            for (int axis = 0; axis < axes.Count; axis++)
            {
                if (axes[axis].Count > 1)
                {
                    sums.Add((axes[axis], sizes[axis]));
                }
                else if (extents.TryGetValue(axes[axis][0].Label, out int known) && known != sizes[axis])
                {
                    throw Mismatch(contract, operands);
                }
                else
                {
                    extents[axes[axis][0].Label] = sizes[axis];
                }
            }
        }

        Add(contract.Left, operands[0].Shape.Sizes, operands[0].IsBatched);
        Add(contract.Right, operands[1].Shape.Sizes, operands[1].IsBatched);
        if (contract.ResultShape.Count > 0)
        {
            Add(contract.Result, contract.ResultShape, contract.Result.Contains(AxisLabels.Batch));
        }

        return sums.All(sum => sum.Axis.Sum(term => term.Stride * (extents[term.Label] - 1)) < sum.Size) ? extents : throw Mismatch(contract, operands);
    }

    private static (Shape Shape, bool IsBatched) Contract(ContractOperation contract, IReadOnlyList<Node> operands)
    {
        Dictionary<char, int> extents = Extents(contract, operands);
        bool isBatched = contract.Result.Contains(AxisLabels.Batch);
        return contract.ResultShape.Count > 0
            ? (new Shape([.. contract.ResultShape]), isBatched)
            : (new Shape([.. contract.Result.Where(label => label != AxisLabels.Batch).Select(label => extents[label])]), isBatched);
    }

    private static Shape Windows(Operation operation, IReadOnlyList<Node> operands, EquatableArray<WindowAxis> axes, Shape full) =>
        axes.Count == full.Rank - 1 && axes.Select((axis, i) => axis.Size <= full[i]).All(fits => fits)
            ? new Shape([.. axes.Select((axis, i) => ((full[i] - axis.Size) / axis.Stride) + 1), full[-1]])
            : throw Mismatch(operation, operands);

    private static (Shape Shape, bool IsBatched) ScanResult(ScanOperation scan, ScanResultOperation result)
    {
        Node node = scan.Body.Result(result.IsState ? ResultRole.ScanState : ResultRole.ScanOutput, result.Index);
        return (result.IsState ? node.Shape : new Shape([scan.Steps, .. node.Shape.Sizes]), node.IsBatched);
    }

    private static Shape With(Shape shape, int axis, int size) => new([.. shape.Sizes.Select((old, i) => i == axis ? size : old)]);

    private static Shape BroadcastShapes(Operation operation, IReadOnlyList<Node> operands)
    {
        int rank = operands.Max(operand => operand.Shape.Rank);
        int[] sizes = [.. Enumerable.Repeat(1, rank)];
        foreach (Node operand in operands)
        {
            for (int axis = 1; axis <= operand.Shape.Rank; axis++)
            {
                int size = operand.Shape[operand.Shape.Rank - axis];
                ref int result = ref sizes[rank - axis];
                if (size != 1 && result != 1 && size != result)
                {
                    throw Mismatch(operation, operands);
                }

                result = Math.Max(result, size);
            }
        }

        return new Shape(sizes);
    }

    private static InvalidOperationException Mismatch(Operation operation, IReadOnlyList<Node> operands) =>
        new($"{operation.Name} does not take {string.Join(" and ", operands.Select(operand => (operand.IsBatched ? "batch x " : "") + operand.Shape))}.");
}
