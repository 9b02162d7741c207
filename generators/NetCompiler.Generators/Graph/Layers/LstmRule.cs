using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>c' = f c + i activation(g), h' = o activation(c'), with the gates i, f, g, o being the quarters of x W + h U + b.</summary>
internal sealed class LstmRule : RecurrentRule
{
    public override string Kind => "Lstm";

    public override string NameStem => "lstm";

    public override IReadOnlyList<OptionSpec> Options { get; } =
        OptionsWith([Enumeration("RecurrentActivation", "Activation.Sigmoid")], Boolean("UnitForgetBias", true));

    protected override int Gates => 4;

    // The second quarter, that of the forget gate, starts at 1.
    protected override WeightSpec Initialize(LayerSpec layer, WeightSpec bias)
    {
        int units = layer.Integer("Units");
        return layer.Boolean("UnitForgetBias") ? bias with { OnesStart = units, OnesEnd = 2 * units } : bias;
    }
}
