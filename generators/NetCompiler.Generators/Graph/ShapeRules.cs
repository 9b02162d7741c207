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
        ReduceOperation { Extent: ReduceExtent.Rows } => (new Shape([.. operands[0].Shape.Sizes.Skip(operands[0].Shape.Rank - 1)]), false),
        ContractOperation contract => Contract(contract, operands),
        ReshapeOperation reshape when reshape.Shape.Length == operands[0].Shape.Length => (reshape.Shape, operands[0].IsBatched),
        BroadcastOperation broadcast => (broadcast.Shape, broadcast.IsBatched),
        _ => throw Mismatch(operation, operands),
    };

    /// <summary>The extent of every label of a contraction but the batch's.</summary>
    public static Dictionary<char, int> Extents(ContractOperation contract, IReadOnlyList<Node> operands)
    {
        var extents = new Dictionary<char, int>();
        foreach ((string labels, Node operand) in new[] { (contract.Left, operands[0]), (contract.Right, operands[1]) })
        {
            string inner = labels.Replace("b", "");
            if (inner.Length != operand.Shape.Rank || operand.IsBatched != (inner.Length != labels.Length))
            {
                throw Mismatch(contract, operands);
            }

            for (int axis = 0; axis < inner.Length; axis++)
            {
                if (extents.TryGetValue(inner[axis], out int known) && known != operand.Shape[axis])
                {
                    throw Mismatch(contract, operands);
                }

                extents[inner[axis]] = operand.Shape[axis];
            }
        }

        return extents;
    }

    private static (Shape Shape, bool IsBatched) Contract(ContractOperation contract, IReadOnlyList<Node> operands)
    {
        Dictionary<char, int> extents = Extents(contract, operands);
        return (new Shape([.. contract.Result.Where(label => label != 'b').Select(label => extents[label])]), contract.Result.Contains('b'));
    }

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
