using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>Several inputs of fitting shapes, combined element by element; an axis of 1 is repeated, last axes aligned.</summary>
internal sealed class ElementwiseMergeRule : LayerRule
{
    private readonly ElementwiseOperation _function;
    private readonly bool _isMean;

    private ElementwiseMergeRule(string kind, ElementwiseOperation function, bool isMean = false)
    {
        Kind = kind;
        NameStem = kind.ToLowerInvariant();
        _function = function;
        _isMean = isMean;
    }

    /// <summary>The sum, the product, the difference, the largest and the mean.</summary>
    public static IEnumerable<LayerRule> Rules { get; } =
    [
        new ElementwiseMergeRule("Add", Elementwise.Add),
        new ElementwiseMergeRule("Multiply", Elementwise.Multiply),
        new ElementwiseMergeRule("Subtract", Elementwise.Subtract),
        new ElementwiseMergeRule("Maximum", Elementwise.Maximum),
        new ElementwiseMergeRule("Average", Elementwise.Add, isMean: true),
    ];

    public override string Kind { get; }

    public override string NameStem { get; }

    public override bool IsWeightless => true;

    public override bool TakesScalars => true;

    public override bool TakesUnbatched => true;

    public override IReadOnlyList<OptionSpec> Options { get; } = [];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        Shape shape = inputs[0];
        for (int i = 1; i < inputs.Count; i++)
        {
            if (Broadcasting.Of(shape, inputs[i]) is not { } both)
            {
                problems.Report("NC0233", "", layer.Name, inputs[0].ToString(), "@0", inputs[i].ToString(), "@" + NumberText.Integer(i), "from the last axis on, sizes must be equal or 1");
                return null;
            }

            shape = both;
        }

        return shape;
    }

    // y = f(f(x0, x1), x2) ..., divided by their number for a mean
    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        GraphBuilder builder = lowering.Builder;
        Node result = inputs.Skip(1).Aggregate(inputs[0], (left, right) => builder.Apply(_function, left, right));
        return _isMean ? builder.Scale(result, 1.0 / inputs.Count) : result;
    }

    public override bool IsCausal(LayerSpec layer, IReadOnlyList<Shape> inputs) => true;

    public override Node? Mask(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
        StepMasks.Common(lowering, inputs, InferShape(layer, [.. inputs.Select(input => input.Shape)], new ProblemSink())!.Value);
}
