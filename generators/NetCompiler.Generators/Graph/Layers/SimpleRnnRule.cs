using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>h' = activation(x W + h U + b) at every step of (T, features).</summary>
internal sealed class SimpleRnnRule : RecurrentRule
{
    public override string Kind => "SimpleRnn";

    public override string NameStem => "simple_rnn";

    public override IReadOnlyList<OptionSpec> Options { get; } = OptionsWith([]);

    public override int Gates => 1;

    // h' = activation(x W + b + h U)
    public override IReadOnlyList<Node> Step(LayerSpec layer, RecurrentStep step) =>
        [Activate(layer, step, step.Builder.Add(step.Input, step.Product(step.Seen, step.Weight("recurrent_kernel"))))];
}
