using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>What the recurrent layers have in common: options, shapes, weights for each direction.</summary>
internal abstract class RecurrentRule : LayerRule
{
    /// <summary>The prefixes of the weights of a bidirectional layer.</summary>
    public const string ForwardPrefix = "forward.", BackwardPrefix = "backward.";

    /// <summary>The number of blocks of units side by side in a kernel.</summary>
    public abstract int Gates { get; }

    /// <summary>The number of states of (units); the first is the output.</summary>
    public virtual int States => 1;

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        int units = layer.Integer("Units");
        if (units < 1)
        {
            problems.Report("NC0201", "Units", layer.Name, "Units", NumberText.Integer(units), "at least 1");
            return null;
        }

        if (!SequenceChecks.IsRate(layer, "Dropout", problems) || !SequenceChecks.IsRate(layer, "RecurrentDropout", problems))
        {
            return null;
        }

        if (layer.Boolean("GoBackwards") && layer.Boolean("Bidirectional"))
        {
            problems.Report("NC0213", "GoBackwards", layer.Name, "GoBackwards", "Bidirectional, which goes both ways");
            return null;
        }

        if (layer.Enumeration("MergeMode") != "Concat" && !layer.Boolean("Bidirectional"))
        {
            problems.Report("NC0213", "MergeMode", layer.Name, "MergeMode", "Bidirectional = false, which has one half");
            return null;
        }

        if (!SequenceChecks.IsSequence(layer, inputs[0], problems))
        {
            return null;
        }

        int features = layer.Boolean("Bidirectional") && layer.Enumeration("MergeMode") == "Concat" ? 2 * units : units;
        return layer.Boolean("ReturnSequences") ? new Shape(inputs[0][0], features) : new Shape(features);
    }

    public override IEnumerable<WeightSpec> Weights(LayerSpec layer, IReadOnlyList<Shape> inputs)
    {
        string[] prefixes = layer.Boolean("Bidirectional") ? [ForwardPrefix, BackwardPrefix] : [""];
        return prefixes.SelectMany(prefix => Weights(layer, inputs[0][-1], prefix));
    }

    public override bool Carries => true;

    public override bool IsCausal(LayerSpec layer, IReadOnlyList<Shape> inputs) => !layer.Boolean("Bidirectional") && !layer.Boolean("GoBackwards");

    public override Node LowerStep(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) => new RecurrentLowering(this, layer, lowering).RunStep(inputs[0]);

    /// <summary>One step: the states after it, the output first.</summary>
    public abstract IReadOnlyList<Node> Step(LayerSpec layer, RecurrentStep step);

    /// <summary>What of the bias belongs to the input's product; all of it unless the state's product has a part of its own.</summary>
    public virtual WeightPart? InputBias(LayerSpec layer) => null;

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) => new RecurrentLowering(this, layer, lowering).Run(inputs[0]);

    // The steps that count, in the order of the result.
    public override Node? Mask(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
        !layer.Boolean("ReturnSequences") || lowering.Masks[0] is not { } mask ? null
        : layer.Boolean("GoBackwards") ? lowering.Builder.Reverse(mask, 0)
        : mask;

    protected static Node Activate(LayerSpec layer, RecurrentStep step, Node candidate) =>
        ActivationLowering.Apply(step.Builder, layer.Enumeration("Activation"), layer.Real("ActivationAlpha"), candidate);

    protected static Node ActivateGate(LayerSpec layer, RecurrentStep step, Node gate) =>
        ActivationLowering.Apply(step.Builder, layer.Enumeration("RecurrentActivation"), double.NaN, gate);

    /// <summary>The shape of a bias.</summary>
    protected virtual Shape BiasShape(LayerSpec layer) => new(Gates * layer.Integer("Units"));

    /// <summary>What a bias starts with beside its initializer.</summary>
    protected virtual WeightSpec Initialize(LayerSpec layer, WeightSpec bias) => bias;

    /// <summary>The options of every recurrent layer, those of the activations in front.</summary>
    protected static IReadOnlyList<OptionSpec> OptionsWith(IEnumerable<OptionSpec> activations, params OptionSpec[] last) =>
    [
        Integer("Units", 0),
        Enumeration("Activation", "Activation.Tanh"),
        Real("ActivationAlpha", double.NaN),
        .. activations,
        Boolean("UseBias", true),
        Enumeration("KernelInitializer", "Initializer.GlorotUniform"),
        Real("KernelScale", double.NaN),
        Enumeration("RecurrentInitializer", "Initializer.Orthogonal"),
        Real("RecurrentScale", double.NaN),
        Enumeration("BiasInitializer", "Initializer.Zeros"),
        Real("BiasScale", double.NaN),
        Real("KernelL1", 0),
        Real("KernelL2", 0),
        Real("RecurrentL1", 0),
        Real("RecurrentL2", 0),
        Real("BiasL1", 0),
        Real("BiasL2", 0),
        Real("Dropout", 0),
        Real("RecurrentDropout", 0),
        Boolean("ReturnSequences", false),
        Boolean("GoBackwards", false),
        Boolean("Bidirectional", false),
        Enumeration("MergeMode", "MergeMode.Concat"),
        .. last,
    ];

    private IEnumerable<WeightSpec> Weights(LayerSpec layer, int features, string prefix)
    {
        int units = layer.Integer("Units"), columns = Gates * units;
        yield return new WeightSpec(prefix + "kernel", new Shape(features, columns), layer.Enumeration("KernelInitializer"), layer.Real("KernelScale"),
            features, columns, IsTrainable: true, layer.Real("KernelL1"), layer.Real("KernelL2"))
        {
            Decays = true,
        };
        yield return new WeightSpec(prefix + "recurrent_kernel", new Shape(units, columns), layer.Enumeration("RecurrentInitializer"), layer.Real("RecurrentScale"),
            units, columns, IsTrainable: true, layer.Real("RecurrentL1"), layer.Real("RecurrentL2"))
        {
            Decays = true,
        };
        if (layer.Boolean("UseBias"))
        {
            yield return Initialize(layer, new WeightSpec(prefix + "bias", BiasShape(layer), layer.Enumeration("BiasInitializer"), layer.Real("BiasScale"),
                features, columns, IsTrainable: true, layer.Real("BiasL1"), layer.Real("BiasL2"))
            { IsFlat = true });
        }
    }
}
