using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>The matrix product over the last two axes, (.., m, k) and (.., k, n) to (.., m, n); the axes before them are equal.</summary>
internal sealed class MatMulRule : LayerRule
{
    public override string Kind => "MatMul";

    public override string NameStem => "mat_mul";

    public override bool IsWeightless => true;

    public override bool TakesUnbatched => true;

    public override IReadOnlyList<OptionSpec> Options { get; } = [];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        Shape left = inputs[0], right = inputs[1];
        if (left.Rank < 2 || left.Rank != right.Rank || left[-1] != right[-2] || !left.Sizes.Take(left.Rank - 2).SequenceEqual(right.Sizes.Take(left.Rank - 2)))
        {
            problems.Report("NC0233", "", layer.Name, left.ToString(), "@0", right.ToString(), "@1", "(.., m, k) and (.., k, n) are needed, the axes before them equal");
            return null;
        }

        return new Shape([.. left.Sizes.Take(left.Rank - 1), right[-1]]);
    }

    // y[.., m, n] = sum over k of x0[.., m, k] x1[.., k, n]
    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        Node left = inputs[0], right = inputs[1];
        string rows = ProductLabels.Rows(left.Shape.Rank - 2);
        return lowering.Builder.Contract(ProductLabels.Of(left, rows + "mk"), ProductLabels.Of(right, rows + "kn"), ProductLabels.OfProduct(left, right, rows + "mn"), left, right);
    }
}
