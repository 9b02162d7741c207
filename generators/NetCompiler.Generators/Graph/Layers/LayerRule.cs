using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>What is known of one kind of layer: its options, its shape rule, its weights, and how it becomes primitives.</summary>
internal abstract class LayerRule
{
    private static readonly Dictionary<string, LayerRule> Rules = ((LayerRule[])
    [
        new DenseRule(), new ActivationRule(), new DropoutRule(), new FlattenRule(), new ReshapeRule(), new NormalizationRule(),

        // Images
        new ConvolutionRule(rank: 1),
        new ConvolutionRule(rank: 2),
        new DepthwiseConvolutionRule(isSeparable: false),
        new DepthwiseConvolutionRule(isSeparable: true),
        new TransposeConvolutionRule(),
        new PoolRule(ReduceKind.Max, rank: 1),
        new PoolRule(ReduceKind.Max, rank: 2),
        new PoolRule(ReduceKind.Sum, rank: 1),
        new PoolRule(ReduceKind.Sum, rank: 2),
        new GlobalPoolRule(ReduceKind.Max, rank: 1),
        new GlobalPoolRule(ReduceKind.Max, rank: 2),
        new GlobalPoolRule(ReduceKind.Sum, rank: 1),
        new GlobalPoolRule(ReduceKind.Sum, rank: 2),
        new UpSamplingRule(rank: 1),
        new UpSamplingRule(rank: 2),
        new ZeroPaddingRule(rank: 1),
        new ZeroPaddingRule(rank: 2),
        new CroppingRule(rank: 1),
        new CroppingRule(rank: 2),
        new BatchNormalizationRule(),
        new LayerNormalizationRule(),
        new GroupNormalizationRule(),
        new RmsNormalizationRule(),
        new PermuteRule(),
        new RepeatVectorRule(),
        new GaussianNoiseRule(),

        // Sequences
        new EmbeddingRule(),
        new PositionalEmbeddingRule(),
        new SimpleRnnRule(),
        new LstmRule(),
        new GruRule(),
        new MultiHeadAttentionRule(),

        // Several inputs
        .. ElementwiseMergeRule.Rules,
        new ConcatRule(),
        new DotRule(),
        new MatMulRule(),
        new SliceRule(),

        // Operations and weights of Forward methods
        .. TensorOperationRule.Rules,
        .. ReduceRule.Rules,
        new ParameterRule(),
        new StepsRule(),
    ]).ToDictionary(rule => rule.Kind);

    /// <summary>The attribute's name without "Attribute".</summary>
    public abstract string Kind { get; }

    /// <summary>The stem of automatic names: dense, conv2d, batch_normalization.</summary>
    public abstract string NameStem { get; }

    /// <summary>Every option with its default, in the order of the attribute's constructor, then the named ones.</summary>
    public abstract IReadOnlyList<OptionSpec> Options { get; }

    /// <summary>Whether the layer reads tokens: only such a layer may follow a token input.</summary>
    public virtual bool ReadsTokens => false;

    /// <summary>Whether the layer lowers values without a batch, as weights of the user's own are; others get them repeated for every sample.</summary>
    public virtual bool TakesUnbatched => false;

    /// <summary>Whether the layer takes values of no axis, as a sum over a whole sample is; for others that is reported, so that they may ask for the last axis.</summary>
    public virtual bool TakesScalars => false;

    /// <summary>Whether the layer works on steps as they come, one at a time: on the same step of its inputs and on what it carries from the steps before.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="inputs">The shapes of its inputs.</param>
    public virtual bool IsCausal(LayerSpec layer, IReadOnlyList<Shape> inputs) => KeepsSteps;

    /// <summary>Whether the layer carries something from step to step.</summary>
    public virtual bool Carries => false;

    /// <summary>Whether every step of the result comes from the same step of the first input, so that steps masked there are masked here too.</summary>
    public virtual bool KeepsSteps => false;

    /// <summary>Whether the layer has neither weights nor random numbers, whatever its options: then it is an operation of loss methods too.</summary>
    public virtual bool IsWeightless => false;

    public static IEnumerable<LayerRule> All => Rules.Values;

    public static LayerRule? Find(string kind) => Rules.TryGetValue(kind, out LayerRule? rule) ? rule : null;

    /// <summary>Whether training uses statistics of the batch, and updates the ones that inference uses.</summary>
    public virtual bool UpdatesStatistics => false;

    /// <summary>The shape of the result, or null with a problem reported.</summary>
    public abstract Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems);

    /// <summary>The weights of the layer, in Keras's order.</summary>
    public virtual IEnumerable<WeightSpec> Weights(LayerSpec layer, IReadOnlyList<Shape> inputs) => [];

    /// <summary>The layer as primitives.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="inputs">The values it reads.</param>
    /// <param name="lowering">The graph, the layer's weights, and whether this is training.</param>
    public abstract Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering);

    /// <summary>One step of a causal layer as primitives: sequences have one step, what is carried comes from the lowering.</summary>
    public virtual Node LowerStep(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) => Lower(layer, inputs, lowering);

    /// <summary>
    /// Which steps of the result count, (T), or null where all do: those of the first input where the steps are kept. One number per step is a row of features to a layer: of
    /// them no layer keeps the steps but one that says so itself.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="inputs">The values it reads; their masks are the lowering's.</param>
    /// <param name="lowering">The graph and the masks.</param>
    public virtual Node? Mask(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
        KeepsSteps && InferShape(layer, [.. inputs.Select(input => input.Shape)], new ProblemSink()) is { Rank: > 1 } ? lowering.Masks[0] : null;

    protected static OptionSpec Integer(string name, int value) => new(name, OptionType.Integer, value, "", default);

    protected static OptionSpec Real(string name, double value) => new(name, OptionType.Real, value, "", default);

    protected static OptionSpec Boolean(string name, bool value) => new(name, OptionType.Boolean, value ? 1 : 0, "", default);

    protected static OptionSpec Enumeration(string name, string value) => new(name, OptionType.Enumeration, 0, value, default);

    protected static OptionSpec Text(string name, string value) => new(name, OptionType.Text, 0, value, default);

    protected static OptionSpec IntegerList(string name, params int[] values) => new(name, OptionType.IntegerList, 0, "", values);
}

/// <summary>A weight of a layer as the graph, the arena and the description need it.</summary>
internal sealed record WeightSpec(string Name, Shape Shape, string Initializer, double Scale, int FanIn, int FanOut, bool IsTrainable, double L1, double L2)
{
    /// <summary>Kernels and embeddings decay; biases and normalization's scales and shifts do not.</summary>
    public bool Decays { get; init; }

    /// <summary>Whether the weight lies row by row, padded nowhere: what is looked up or added rather than multiplied, or multiplied with its last axis split.</summary>
    public bool IsFlat { get; init; }

    /// <summary>The name in files: layer, dot, weight; a weight of the user's own has no word beside its layer's name.</summary>
    public string FileName(string layer) => Name.Length == 0 ? layer : layer + "." + Name;

    /// <summary>The first of the values that start at 1 whatever the initializer: those of a forget gate.</summary>
    public int OnesStart { get; init; }

    /// <summary>The end of those values; as their start where there are none.</summary>
    public int OnesEnd { get; init; }
}
