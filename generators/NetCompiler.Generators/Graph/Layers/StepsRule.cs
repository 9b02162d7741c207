using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>What TimeDistributed made of each step of a sequence, which is the first input, as a sequence again; the steps that count are those of that sequence.</summary>
internal sealed class StepsRule : LayerRule
{
    public override string Kind => "Steps";

    public override string NameStem => "steps";

    public override bool IsWeightless => true;

    public override bool TakesScalars => true;

    public override bool KeepsSteps => true;

    public override IReadOnlyList<OptionSpec> Options => [];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems) => new Shape([inputs.Count - 1, .. inputs[1].Sizes]);

    // Each step was made by itself: no step of a whole sequence comes from a step of it alone.
    public override bool IsCausal(LayerSpec layer, IReadOnlyList<Shape> inputs) => false;

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        GraphBuilder builder = lowering.Builder;
        return builder.Concat(0, [.. inputs.Skip(1).Select(step => builder.Reshape(step, new Shape([1, .. step.Shape.Sizes])))]);
    }
}
