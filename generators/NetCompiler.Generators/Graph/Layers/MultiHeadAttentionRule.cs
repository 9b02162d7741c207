using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>
/// softmax(q k / sqrt(key units)) v for each head, the heads side by side times an output kernel; queries come from the first operand, keys
/// and values from the second, or from the first too.
/// </summary>
internal sealed class MultiHeadAttentionRule : LayerRule
{
    /// <summary>The score of a step that is not attended to: its weight underflows to 0 beside any other.</summary>
    private const double Hidden = -1e9;

    public override string Kind => "MultiHeadAttention";

    public override string NameStem => "multi_head_attention";

    public override bool KeepsSteps => true;

    public override bool IsCausal(LayerSpec layer, IReadOnlyList<Shape> inputs) => layer.Boolean("Causal") && inputs.Count == 1;

    public override bool Carries => true;

    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        Integer("Heads", 0),
        Integer("KeyUnits", 0),
        Integer("ValueUnits", 0),
        Integer("OutputUnits", 0),
        Boolean("Causal", false),
        Boolean("UseBias", true),
        Real("Dropout", 0),
        Enumeration("KernelInitializer", "Initializer.GlorotUniform"),
        Real("KernelScale", double.NaN),
        Enumeration("BiasInitializer", "Initializer.Zeros"),
        Real("BiasScale", double.NaN),
        Real("KernelL1", 0),
        Real("KernelL2", 0),
        Real("BiasL1", 0),
        Real("BiasL2", 0),
    ];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        foreach ((string option, int least) in new[] { ("Heads", 1), ("KeyUnits", 0), ("ValueUnits", 0), ("OutputUnits", 0) })
        {
            if (layer.Integer(option) < least)
            {
                problems.Report("NC0201", option, layer.Name, option, NumberText.Integer(layer.Integer(option)), "at least " + NumberText.Integer(least));
                return null;
            }
        }

        if (!SequenceChecks.IsRate(layer, "Dropout", problems) || inputs.Any(input => !SequenceChecks.IsSequence(layer, input, problems)))
        {
            return null;
        }

        int heads = layer.Integer("Heads"), features = inputs[0][1];
        if (layer.Integer("KeyUnits") == 0 && features % heads != 0)
        {
            problems.Report("NC0234", "Heads", layer.Name, NumberText.Integer(heads), NumberText.Integer(features));
            return null;
        }

        if (layer.Boolean("Causal") && inputs.Count > 1 && inputs[1][0] != inputs[0][0])
        {
            problems.Report("NC0233", "Causal", layer.Name, inputs[0].ToString(), "@0", inputs[1].ToString(), "@1", "causal attention needs as many steps in both");
            return null;
        }

        return new Shape(inputs[0][0], OutputUnits(layer, inputs[0]));
    }

    public override IEnumerable<WeightSpec> Weights(LayerSpec layer, IReadOnlyList<Shape> inputs)
    {
        int features = inputs[0][-1], attended = inputs[inputs.Count - 1][-1], heads = layer.Integer("Heads");
        int keys = KeyUnits(layer, inputs[0]), values = ValueUnits(layer, inputs[0]), outputs = OutputUnits(layer, inputs[0]);

        // Keras holds (features, heads, units) and (heads, units, features), and takes all axes but the last two for a window, by which it multiplies both fans.
        (string Name, int In, int Out, int FanIn, int FanOut)[] products =
        [
            ("query", features, heads * keys, heads * features, keys * features),
            ("key", attended, heads * keys, heads * attended, keys * attended),
            ("value", attended, heads * values, heads * attended, values * attended),
            ("output", heads * values, outputs, heads * values, heads * outputs),
        ];
        foreach ((string name, int from, int to, int fanIn, int fanOut) in products)
        {
            yield return new WeightSpec(name + "_kernel", new Shape(from, to), layer.Enumeration("KernelInitializer"), layer.Real("KernelScale"),
                fanIn, fanOut, IsTrainable: true, layer.Real("KernelL1"), layer.Real("KernelL2"))
            {
                Decays = true,
            };
        }

        foreach ((string name, int from, int to, _, _) in products.Where(_ => layer.Boolean("UseBias")))
        {
            yield return new WeightSpec(name + "_bias", new Shape(to), layer.Enumeration("BiasInitializer"), layer.Real("BiasScale"),
                from, to, IsTrainable: true, layer.Real("BiasL1"), layer.Real("BiasL2"));
        }
    }

    /// <summary>The size of a head's queries and keys; the features divided among the heads unless given.</summary>
    private static int KeyUnits(LayerSpec layer, Shape query) =>
        layer.Integer("KeyUnits") > 0 ? layer.Integer("KeyUnits") : query[-1] / Math.Max(1, layer.Integer("Heads"));

    /// <summary>The size of a head's result; that of its keys unless given.</summary>
    private static int ValueUnits(LayerSpec layer, Shape query) => layer.Integer("ValueUnits") > 0 ? layer.Integer("ValueUnits") : KeyUnits(layer, query);

    private static int OutputUnits(LayerSpec layer, Shape query) => layer.Integer("OutputUnits") > 0 ? layer.Integer("OutputUnits") : query[-1];

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        Node attended = inputs[inputs.Count - 1];
        return Attend(layer, lowering, inputs[0], Product(layer, lowering, "key", attended), Product(layer, lowering, "value", attended), scores => Visible(layer, lowering, scores));
    }

    // The keys and values of the steps before are carried; those of this step take their place among them.
    public override Node LowerStep(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        GraphBuilder builder = lowering.Builder;
        StepPlace place = lowering.Place!;
        Node here = builder.Reshape(place.IsThis, new Shape(place.Steps, 1)), keys = Carried("key"), values = Carried("value");
        StepState? counted = null;
        if (lowering.Masks[0] is { } mask)
        {
            counted = lowering.State(new Shape(place.Steps));
            counted.After = builder.Apply(Elementwise.Choose, place.IsThis, mask, counted.Before);
        }

        return Attend(layer, lowering, inputs[0], keys, values, scores => Past(builder, Kept(builder, scores, counted?.After), builder.Reshape(place.IsPast, new Shape(1, 1, place.Steps))));

        Node Carried(string name)
        {
            Node own = Product(layer, lowering, name, inputs[0]);
            StepState state = lowering.State(new Shape(place.Steps, own.Shape[1]));
            return state.After = builder.Apply(Elementwise.Choose, here, own, state.Before);
        }
    }

    // softmax(q k / sqrt(units)) v, head by head: h; t asks, s is attended to
    private static Node Attend(LayerSpec layer, LayerLowering lowering, Node asking, Node attendedKeys, Node attendedValues, Func<Node, Node> hide)
    {
        GraphBuilder builder = lowering.Builder;
        int heads = layer.Integer("Heads"), units = KeyUnits(layer, asking.Shape);
        Node queries = Heads(Product(layer, lowering, "query", asking), heads, builder);
        Node keys = Heads(attendedKeys, heads, builder), values = Heads(attendedValues, heads, builder);
        Node scores = builder.Scale(builder.Contract("bthd", "bshd", "bhts", queries, keys), 1 / Math.Sqrt(units));
        Node weights = builder.Softmax(hide(scores), logarithm: false);
        if (lowering.IsTraining && layer.Real("Dropout") > 0)
        {
            weights = builder.Multiply(weights, DropoutRule.Mask(lowering, layer.Real("Dropout"), weights.Shape, ordinal: 0));
        }

        Node joined = builder.Contract("bhts", "bshv", "bthv", weights, values);
        return Product(layer, lowering, "output", builder.Reshape(joined, new Shape(joined.Shape[0], joined.Shape[1] * joined.Shape[2])));
    }

    // Scores of what may not be attended to become so small that their weights are 0.
    private static Node Visible(LayerSpec layer, LayerLowering lowering, Node scores)
    {
        GraphBuilder builder = lowering.Builder;
        int asking = scores.Shape[1], attended = scores.Shape[2];
        scores = Kept(builder, scores, lowering.Masks[lowering.Masks.Count - 1]);
        return layer.Boolean("Causal")
            ? Past(builder, scores, builder.Apply(Elementwise.AtMost, builder.Iota(attended), builder.Reshape(builder.Apply(Elementwise.Copy, builder.Iota(asking)), new Shape(asking, 1))))
            : scores;
    }

    private static Node Kept(GraphBuilder builder, Node scores, Node? mask) =>
        mask is null ? scores : builder.Apply(Elementwise.Choose, builder.Reshape(mask, new Shape(1, 1, scores.Shape[2])), scores, builder.Constant(Hidden));

    // What is still to come is further down than padding: where there has been nothing else, the past is attended to, alike at every step, and nothing of the future.
    private static Node Past(GraphBuilder builder, Node scores, Node past) => builder.Apply(Elementwise.Choose, past, scores, builder.Constant(2 * Hidden));

    private static Node Heads(Node x, int heads, GraphBuilder builder) => builder.Reshape(x, new Shape(x.Shape[0], heads, x.Shape[1] / heads));

    // x W + b
    private static Node Product(LayerSpec layer, LayerLowering lowering, string name, Node x)
    {
        Node product = lowering.Builder.Contract("btk", "kn", "btn", x, lowering.Weight(name + "_kernel"));
        return layer.Boolean("UseBias") ? lowering.Builder.Add(product, lowering.Weight(name + "_bias")) : product;
    }
}
