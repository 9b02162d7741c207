using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>h' = z h + (1 - z) activation(candidate), with the gates z, r and the candidate being the thirds of x W + h U + b, the reset gate r applied to the state's part of the candidate.</summary>
internal sealed class GruRule : RecurrentRule
{
    public override string Kind => "Gru";

    public override string NameStem => "gru";

    public override IReadOnlyList<OptionSpec> Options { get; } =
        OptionsWith([Enumeration("RecurrentActivation", "Activation.Sigmoid")], Boolean("ResetAfter", true));

    public override int Gates => 3;

    // The state's product has a bias of its own where the reset gate multiplies it.
    protected override Shape BiasShape(LayerSpec layer) =>
        layer.Boolean("ResetAfter") ? new Shape(2, Gates * layer.Integer("Units")) : base.BiasShape(layer);

    // The first row where there are two.
    public override WeightPart? InputBias(LayerSpec layer) => layer.Boolean("ResetAfter") ? WeightPart.Row(0) : null;

    public override IReadOnlyList<Node> Step(LayerSpec layer, RecurrentStep step)
    {
        // h' = z h + (1 - z) candidate = candidate + z (h - candidate)
        GraphBuilder builder = step.Builder;
        (Node update, Node candidate) = layer.Boolean("ResetAfter") ? ResetAfter(layer, step) : ResetBefore(layer, step);
        return [builder.Add(candidate, builder.Multiply(update, builder.Subtract(step.States[0], candidate)))];
    }

    // z, r = gates of x W + b + h U + c; candidate = activation(x W + b + r (h U + c))
    private static (Node Update, Node Candidate) ResetAfter(LayerSpec layer, RecurrentStep step)
    {
        GraphBuilder builder = step.Builder;
        Node product = step.Product(step.Seen, step.Weight("recurrent_kernel"));
        product = layer.Boolean("UseBias") ? builder.Add(product, step.Row("bias", 1)) : product;
        Node Gate(int index) => ActivateGate(layer, step, builder.Add(step.Gate(step.Input, index), step.Gate(product, index)));
        Node update = Gate(0), reset = Gate(1);
        return (update, Activate(layer, step, builder.Add(step.Gate(step.Input, 2), builder.Multiply(reset, step.Gate(product, 2)))));
    }

    // z, r = gates of x W + b + h U; candidate = activation(x W + b + (r h) U)
    private static (Node Update, Node Candidate) ResetBefore(LayerSpec layer, RecurrentStep step)
    {
        GraphBuilder builder = step.Builder;
        int units = layer.Integer("Units");
        Node product = step.Product(step.Seen, step.Columns("recurrent_kernel", 0, 2 * units));
        Node Gate(int index) => ActivateGate(layer, step, builder.Add(step.Gate(step.Input, index), step.Gate(product, index)));
        Node update = Gate(0), reset = Gate(1);
        Node recurrent = step.Product(builder.Multiply(reset, step.Seen), step.Columns("recurrent_kernel", 2 * units, units));
        return (update, Activate(layer, step, builder.Add(step.Gate(step.Input, 2), recurrent)));
    }
}
