using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>The axes in another order: axis i of the result is axis Order[i] of the input.</summary>
internal sealed class PermuteRule : LayerRule
{
    public override string Kind => "Permute";

    public override string NameStem => "permute";

    public override bool IsWeightless => true;

    public override IReadOnlyList<OptionSpec> Options { get; } = [IntegerList("Order")];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        int[] order = layer.Integers("Order").ToArray();
        Shape input = inputs[0];
        if (IsOrder(order, 0, input.Rank))
        {
            return new Shape([.. order.Select(axis => input[axis])]);
        }

        string hint = order.Length > 0 && IsOrder(order, 1, input.Rank)
            ? $"Keras counts from 1: write Permute({Text(order.Select(axis => axis - 1))})"
            : $"as in Permute({Text(Enumerable.Range(0, input.Rank).Reverse())})";
        problems.Report("NC0225", "Order", layer.Name, Text(order), input.ToString(), hint);
        return null;
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
        lowering.Builder.Transpose(inputs[0], [.. layer.Integers("Order")]);

    private static bool IsOrder(int[] order, int first, int rank) => order.OrderBy(axis => axis).SequenceEqual(Enumerable.Range(first, rank));

    private static string Text(IEnumerable<int> order) => string.Join(", ", order.Select(axis => NumberText.Integer(axis)));
}
