using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>y = activation(x), elementwise or, for the softmaxes, over the last axis.</summary>
internal sealed class ActivationRule : LayerRule
{
    public override string Kind => "Activation";

    public override string NameStem => "activation";

    public override bool IsWeightless => true;

    public override bool KeepsSteps => true;

    // The attribute is [Activation(Activation.Relu)]: the constructor's parameter is the option Activation.
    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        Enumeration("Activation", "Activation.Linear"),
        Real("ActivationAlpha", double.NaN),
        Text("ActivationMethod", ""),
    ];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems) => inputs[0];

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
        ActivationLowering.Apply(lowering.Builder, layer, inputs[0]);
}
