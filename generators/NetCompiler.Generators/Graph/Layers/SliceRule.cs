using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>A part of one axis.</summary>
internal sealed class SliceRule : LayerRule
{
    public override string Kind => "Slice";

    public override string NameStem => "slice";

    public override bool IsWeightless => true;

    public override bool TakesUnbatched => true;

    public override IReadOnlyList<OptionSpec> Options { get; } = [Integer("Axis", 0), Integer("Start", 0), Integer("Length", 0)];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        if (SequenceChecks.Axis(layer, inputs[0], problems) is not { } axis)
        {
            return null;
        }

        int start = layer.Integer("Start"), length = layer.Integer("Length"), size = inputs[0][axis];
        if (start < 0 || start >= size)
        {
            problems.Report("NC0201", "Start", layer.Name, "Start", NumberText.Integer(start), $"from 0 to {NumberText.Integer(size - 1)}, since axis {NumberText.Integer(axis)} of {inputs[0]} has {NumberText.Integer(size)}");
            return null;
        }

        if (length < 1 || length > size - start)
        {
            problems.Report("NC0201", "Length", layer.Name, "Length", NumberText.Integer(length), $"from 1 to {NumberText.Integer(size - start)}, what axis {NumberText.Integer(axis)} of {inputs[0]} has from {NumberText.Integer(start)} on");
            return null;
        }

        return new Shape([.. inputs[0].Sizes.Select((whole, i) => i == axis ? length : whole)]);
    }

    public override bool IsCausal(LayerSpec layer, IReadOnlyList<Shape> inputs) => SequenceChecks.Axis(layer, inputs[0], new ProblemSink()) != 0;

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
        lowering.Builder.Slice(inputs[0], layer.Integer("Axis"), layer.Integer("Start"), layer.Integer("Length"));

    // A part of the steps has that part of the mask.
    public override Node? Mask(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
        lowering.Masks[0] is { } mask && SequenceChecks.Axis(layer, inputs[0].Shape, new ProblemSink()) == 0
            ? lowering.Builder.Slice(mask, 0, layer.Integer("Start"), layer.Integer("Length"))
            : lowering.Masks[0];
}
