using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>h' = z h + (1 - z) activation(candidate), with the gates z, r and the candidate being the thirds of x W + h U + b, the reset gate r applied to the state's part of the candidate.</summary>
internal sealed class GruRule : RecurrentRule
{
    public override string Kind => "Gru";

    public override string NameStem => "gru";

    public override IReadOnlyList<OptionSpec> Options { get; } =
        OptionsWith([Enumeration("RecurrentActivation", "Activation.Sigmoid")], Boolean("ResetAfter", true));

    protected override int Gates => 3;

    // The state's product has a bias of its own where the reset gate multiplies it.
    protected override Shape BiasShape(LayerSpec layer) =>
        layer.Boolean("ResetAfter") ? new Shape(2, Gates * layer.Integer("Units")) : base.BiasShape(layer);
}
