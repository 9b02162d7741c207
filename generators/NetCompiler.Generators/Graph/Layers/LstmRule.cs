using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>c' = f c + i activation(g), h' = o activation(c'), with the gates i, f, g, o being the quarters of x W + h U + b.</summary>
internal sealed class LstmRule : RecurrentRule
{
    public override string Kind => "Lstm";

    public override string NameStem => "lstm";

    public override IReadOnlyList<OptionSpec> Options { get; } =
        OptionsWith([Enumeration("RecurrentActivation", "Activation.Sigmoid")], Boolean("UnitForgetBias", true));

    public override int Gates => 4;

    // The second quarter, that of the forget gate, starts at 1.
    protected override WeightSpec Initialize(LayerSpec layer, WeightSpec bias)
    {
        int units = layer.Integer("Units");
        return layer.Boolean("UnitForgetBias") ? bias with { OnesStart = units, OnesEnd = 2 * units } : bias;
    }

    public override int States => 2;

    public override IReadOnlyList<Node> Step(LayerSpec layer, RecurrentStep step)
    {
        // i, f, g, o = x W + b + h U; c' = f c + i activation(g), h' = o activation(c')
        GraphBuilder builder = step.Builder;
        Node gates = builder.Add(step.Input, step.Product(step.Seen, step.Weight("recurrent_kernel")));
        Node input = ActivateGate(layer, step, step.Gate(gates, 0)), forget = ActivateGate(layer, step, step.Gate(gates, 1));
        Node candidate = Activate(layer, step, step.Gate(gates, 2)), output = ActivateGate(layer, step, step.Gate(gates, 3));
        Node cell = builder.Add(builder.Multiply(forget, step.States[1]), builder.Multiply(input, candidate));
        return [builder.Multiply(output, Activate(layer, step, cell)), cell];
    }
}
