namespace NetCompiler.Generators.Graph;

/// <summary>Nodes in an order in which operands come first, and the values that are asked for.</summary>
internal sealed record NetworkGraph(IReadOnlyList<Node> Nodes, IReadOnlyList<GraphResult> Results)
{
    /// <summary>The float inputs whose gradients are asked for, with their shapes; null in a graph without gradients.</summary>
    public IReadOnlyList<(int Input, Shape Shape)>? Gradients { get; init; }
}

/// <summary>A value that is asked for.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Index">Which one, among those of its role.</param>
internal sealed record GraphResult(ResultRole Role, int Index, Node Node);

/// <summary>What a graph is asked for.</summary>
internal enum ResultRole
{
    /// <summary>An output of the network.</summary>
    Output,

    /// <summary>A part of the loss: a scalar.</summary>
    LossPart,

    /// <summary>The gradient of a trained weight; the index counts the plan's weights.</summary>
    ParameterGradient,

    /// <summary>The gradient of a float input.</summary>
    InputGradient,

    /// <summary>The new value of a statistic after a step of training; the index counts the plan's weights.</summary>
    StatisticUpdate,

    /// <summary>In the body of a scan: an output of this step.</summary>
    ScanOutput,

    /// <summary>In the body of a scan: a state after this step.</summary>
    ScanState,

    /// <summary>The new value of a state that the caller owns.</summary>
    State,

    /// <summary>What inference derives from the weights.</summary>
    Derived,
}
