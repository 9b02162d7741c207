using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>The sum over one axis of x y, which goes; of two vectors the result is (1). Normalized, it is divided by the lengths of both along the axis.</summary>
internal sealed class DotRule : LayerRule
{
    public override string Kind => "Dot";

    public override string NameStem => "dot";

    public override bool IsWeightless => true;

    public override bool TakesUnbatched => true;

    public override IReadOnlyList<OptionSpec> Options { get; } = [Integer("Axis", -1), Boolean("Normalize", false)];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        if (inputs[0] != inputs[1])
        {
            problems.Report("NC0233", "", layer.Name, inputs[0].ToString(), "@0", inputs[1].ToString(), "@1", "both must be equal");
            return null;
        }

        return SequenceChecks.Axis(layer, inputs[0], problems) is not { } axis ? null
            : inputs[0].Rank == 1 ? new Shape(1)
            : new Shape([.. inputs[0].Sizes.Where((_, i) => i != axis)]);
    }

    // y = sum over the axis of x0 x1
    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        Node left = inputs[0], right = inputs[1];
        int axis = SequenceChecks.Axis(layer, left.Shape, new ProblemSink())!.Value;
        GraphBuilder builder = lowering.Builder;
        Node product = Product(builder, left, right, axis);
        return layer.Boolean("Normalize") ? builder.Apply(Elementwise.Divide, product, builder.Multiply(Length(builder, left, axis), Length(builder, right, axis))) : product;
    }

    private static Node Product(GraphBuilder builder, Node left, Node right, int axis)
    {
        string labels = ProductLabels.Rows(left.Shape.Rank);
        Node sum = builder.Contract(ProductLabels.Of(left, labels), ProductLabels.Of(right, labels), ProductLabels.OfProduct(left, right, labels.Remove(axis, 1)), left, right);
        return sum.Shape.Rank == 0 ? builder.Reshape(sum, new Shape(1)) : sum;
    }

    // max(|x|, 1e-12), the bound below the root, whose derivative at 0 is infinite
    private static Node Length(GraphBuilder builder, Node x, int axis) =>
        builder.Apply(Elementwise.Sqrt, builder.Apply(Elementwise.Maximum, Product(builder, x, x, axis), builder.Constant(1e-24)));
}
