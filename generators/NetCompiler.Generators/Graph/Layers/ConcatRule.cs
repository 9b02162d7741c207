using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>Several inputs joined along one axis; their other axes are equal.</summary>
internal sealed class ConcatRule : LayerRule
{
    public override string Kind => "Concat";

    public override string NameStem => "concat";

    public override bool IsWeightless => true;

    public override IReadOnlyList<OptionSpec> Options { get; } = [Integer("Axis", -1)];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        if (SequenceChecks.Axis(layer, inputs[0], problems) is not { } axis)
        {
            return null;
        }

        int[] sizes = [.. inputs[0].Sizes];
        for (int i = 1; i < inputs.Count; i++)
        {
            if (inputs[i].Rank != sizes.Length || Enumerable.Range(0, sizes.Length).Any(other => other != axis && inputs[i][other] != inputs[0][other]))
            {
                problems.Report("NC0233", "", layer.Name, inputs[0].ToString(), "@0", inputs[i].ToString(), "@" + NumberText.Integer(i), $"all sizes but that of axis {NumberText.Integer(axis)} must be equal");
                return null;
            }

            sizes[axis] += inputs[i][axis];
        }

        return new Shape(sizes);
    }

    public override bool IsCausal(LayerSpec layer, IReadOnlyList<Shape> inputs) => SequenceChecks.Axis(layer, inputs[0], new ProblemSink()) != 0;

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) => lowering.Builder.Concat(Axis(layer, inputs), inputs);

    // Along the steps the masks are joined too, elsewhere a step counts where it does in all inputs.
    public override Node? Mask(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) => Axis(layer, inputs) == 0
        ? StepMasks.Join(lowering, inputs)
        : StepMasks.Common(lowering, inputs, inputs[0].Shape);

    private static int Axis(LayerSpec layer, IReadOnlyList<Node> inputs) => SequenceChecks.Axis(layer, inputs[0].Shape, new ProblemSink())!.Value;
}
