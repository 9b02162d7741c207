using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>A sequence or an image without its border.</summary>
internal sealed class CroppingRule(int rank) : LayerRule
{
    private static readonly string[][] Units = [[], ["steps"], ["rows", "columns"]];

    public override string Kind { get; } = $"Cropping{NumberText.Integer(rank)}D";

    public override string NameStem { get; } = $"cropping{NumberText.Integer(rank)}d";

    public override bool IsWeightless => true;

    public override IReadOnlyList<OptionSpec> Options { get; } = BorderOptions.Options("Cropping", rank);

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        Shape input = inputs[0];
        if (!AxisChecks.CheckAxes(layer.Name, rank, input, problems) || !BorderOptions.Check(layer, "Cropping", rank, problems))
        {
            return null;
        }

        (int Before, int After)[] sides = BorderOptions.Read(layer, "Cropping", rank);
        for (int axis = 0; axis < rank; axis++)
        {
            int removed = Extents.Sum(sides[axis].Before, sides[axis].After);
            if (removed >= input[axis])
            {
                problems.Report("NC0224", "Cropping", layer.Name, NumberText.Integer(removed), NumberText.Integer(input[axis]), Units[rank][axis]);
                return null;
            }
        }

        return new Shape([.. sides.Select((side, axis) => input[axis] - side.Before - side.After), input[-1]]);
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        (int Before, int After)[] sides = BorderOptions.Read(layer, "Cropping", rank);
        return Enumerable.Range(0, rank).Aggregate(inputs[0], (x, axis) =>
            lowering.Builder.Slice(x, axis, sides[axis].Before, x.Shape[axis] - sides[axis].Before - sides[axis].After));
    }
}
