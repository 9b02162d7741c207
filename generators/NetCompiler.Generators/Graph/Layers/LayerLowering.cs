namespace NetCompiler.Generators.Graph.Layers;

/// <summary>What a layer needs to become primitives.</summary>
/// <param name="builder">The graph.</param>
/// <param name="layer">The index of the layer in the declaration.</param>
/// <param name="isTraining">Whether dropout and noise are on.</param>
/// <param name="weight">The node of a weight of this layer, by Keras's word.</param>
internal sealed class LayerLowering(GraphBuilder builder, int layer, bool isTraining, Func<string, Node> weight)
{
    private readonly List<(string Weight, Node Value)> _updates = [];

    public GraphBuilder Builder { get; } = builder;

    public int Layer { get; } = layer;

    public bool IsTraining { get; } = isTraining;

    /// <summary>For each value the layer reads, which of its steps count: (T), 1 or 0 for each; null where all do.</summary>
    public IReadOnlyList<Node?> Masks { get; init; } = [];

    /// <summary>What is carried from step to step, in the lowering of one step.</summary>
    public IList<StepState> States { get; init; } = [];

    /// <summary>The place of the step in its sequence, in the lowering of one step; null elsewhere.</summary>
    public StepPlace? Place { get; init; }

    /// <summary>The new values of statistics, by Keras's word; they take the old ones' place after a step of training.</summary>
    public IReadOnlyList<(string Weight, Node Value)> Updates => _updates;

    public Node Weight(string name) => weight(name);

    /// <summary>A value that the layer carries from step to step, zeros before the first; what comes after the step has to be set.</summary>
    public StepState State(Shape shape)
    {
        var state = new StepState(Builder.Input(InputRole.State, States.Count, shape, isBatched: true));
        States.Add(state);
        return state;
    }

    /// <summary>Gives a statistic of this layer a new value, in training only.</summary>
    public void UpdateStatistic(string name, Node value)
    {
        if (IsTraining)
        {
            _updates.Add((name, value));
        }
    }
}
