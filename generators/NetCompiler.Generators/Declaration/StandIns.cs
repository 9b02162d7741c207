using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Declaration;

/// <summary>
/// Gives the parts of a faulty declaration that have no shape one that stands in, so that every member can still be emitted and one mistake
/// does not make all uses of the class wrong. A declaration without mistakes passes unchanged.
/// </summary>
internal static class StandIns
{
    public static NetworkSpec Apply(NetworkSpec spec)
    {
        if (!spec.IsFaulty)
        {
            return spec;
        }

        InputSpec[] inputs = [.. spec.Inputs.Select(input => input.Shape.Count == 0 ? input with { Shape = new[] { 1 } } : input)];
        var shapes = new List<Shape>(inputs.Select(input => new Shape([.. input.Shape])));
        var layers = new List<LayerSpec>();
        foreach (LayerSpec layer in spec.Layers)
        {
            Shape input = shapes[layer.Operands[0]];
            LayerSpec sized = HasShape(layer, input, out Shape shape) ? layer : WithOneUnit(layer);
            if (!HasShape(sized, input, out shape))
            {
                shape = input;
            }

            layers.Add(sized);
            shapes.Add(shape);
        }

        return spec with { Inputs = inputs, Layers = new EquatableArray<LayerSpec>(layers) };
    }

    private static bool HasShape(LayerSpec layer, Shape input, out Shape shape)
    {
        LayerRule rule = LayerRule.Find(layer.Kind)!;
        Shape? inferred = rule.InferShape(layer, [input], new ProblemSink());
        shape = inferred ?? input;
        return inferred is { } result && LayerChecks.Excess(rule, layer, input, result) is null;
    }

    private static LayerSpec WithOneUnit(LayerSpec layer)
        => layer with { Options = new EquatableArray<OptionSpec>(layer.Options.Select(option => option.Name == "Units" ? option with { Number = 1 } : option)) };
}
