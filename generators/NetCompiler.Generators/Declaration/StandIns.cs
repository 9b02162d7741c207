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
            Shape[] operands = [.. layer.Operands.Select(operand => shapes[operand])];
            LayerSpec sized = HasShape(layer, operands, out Shape shape) ? layer : WithOnes(layer);
            if (!HasShape(sized, operands, out shape))
            {
                shape = operands.Length > 0 ? operands[0] : new Shape(1);
            }

            layers.Add(sized);
            shapes.Add(shape);
        }

        return spec with { Inputs = inputs, Layers = new EquatableArray<LayerSpec>(layers) };
    }

    private static bool HasShape(LayerSpec layer, Shape[] operands, out Shape shape)
    {
        LayerRule rule = LayerRule.Find(layer.Kind)!;
        Shape? inferred = operands.Any(operand => operand.Rank == 0) && !rule.TakesScalars ? null : rule.InferShape(layer, operands, new ProblemSink());
        shape = inferred ?? Shape.Scalar;
        return inferred is { } result && LayerChecks.Excess(rule, layer, operands, result) is null;
    }

    // Units, filters, heads and sizes, whichever of them is the mistake: no weight of such a layer is without values. What may be negative is no size.
    private static LayerSpec WithOnes(LayerSpec layer) => layer with
    {
        Options = new EquatableArray<OptionSpec>(layer.Options.Zip(LayerRule.Find(layer.Kind)!.Options, (option, standard) => option.Type switch
        {
            OptionType.Integer when standard.Number >= 0 => option with { Number = 1 },
            OptionType.IntegerList => option with { Integers = option.Integers.Select(_ => 1).ToArray() },
            _ => option,
        })),
    };
}
