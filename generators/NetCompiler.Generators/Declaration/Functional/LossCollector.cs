using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Graph.Losses;

namespace NetCompiler.Generators.Declaration.Functional;

/// <summary>The operations of a loss method. They have no names that a user sees: what does not fit is told of by the expression.</summary>
/// <param name="reading">Whose declaration it is.</param>
/// <param name="inputs">The outputs that are judged, the targets and the settings.</param>
/// <param name="shapes">Their shapes; a setting is one number.</param>
/// <param name="activations">The last activation of each output, which are the first of them.</param>
internal sealed class LossCollector(Reading reading, IReadOnlyList<InputSpec> inputs, IReadOnlyList<Shape?> shapes, IReadOnlyList<string> activations)
    : LayerCollector(reading, new DeclaredPlaces(), inputs, shapes)
{
    public override int Add(LayerRule rule, LayerSpec layer, DeclaredPlace place, bool isKnown)
    {
        // Its gradient is that of what the step was made of.
        if (layer.Kind == LossMethodRules.LossPrefix + "Perceptron" && !(layer.Operands[0] < activations.Count && activations[layer.Operands[0]] == "Step"))
        {
            Reading.Report("NC0403", place.Of("", Reading.CancellationToken), layer.Source, "an output, as it is, that ends with Activation.Step");
            isKnown = false;
        }

        return base.Add(rule, layer, place, isKnown);
    }

    protected override string NameOf(LayerSpec layer) => layer.Source;

    protected override void Report(Problem problem, LayerSpec layer, DeclaredPlace place, string[] origins)
    {
        if (problem.Id != "NC0233")
        {
            base.Report(problem, layer, place, origins);
            return;
        }

        // The message of inputs that do not fit: the layer, a shape and its origin, another, and what is needed.
        int left = OperandOf(problem.Arguments[2]), right = OperandOf(problem.Arguments[4]);
        int[] pair = [layer.Operands[left], layer.Operands[right]];

        // Where the output itself meets a target of another length, the last layer's units are the likely mistake.
        int target = activations.Count == 1 && pair.Contains(0) ? pair.Max() : -1;
        Shape? wanted = target > 0 && target < InputCount ? ShapeOf(target) : null;
        Reading.Report(new Finding("NC0311", place.Of("", Reading.CancellationToken), new[] { layer.Source, problem.Arguments[1], problem.Arguments[3], problem.Arguments[5] })
        {
            Repair = wanted is { Rank: 1 } shape ? NumberText.Integer(shape[0]) : "",
        });
    }

    private static int OperandOf(string place) => int.Parse(place.Substring(1), System.Globalization.CultureInfo.InvariantCulture);
}
