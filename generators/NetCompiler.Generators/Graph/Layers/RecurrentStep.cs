namespace NetCompiler.Generators.Graph.Layers;

/// <summary>What one step of a recurrent layer reads: the input's part, already multiplied, and the state it is in.</summary>
/// <param name="builder">The graph of the step.</param>
/// <param name="input">x W + b, the gates side by side.</param>
/// <param name="states">The states as the step before left them; the first is the output.</param>
/// <param name="seen">The first state as the recurrent product sees it: some of it is dropped in training.</param>
/// <param name="weight">A weight of this direction, by Keras's word, as the step sees it; all of it, or some of its columns or rows.</param>
internal sealed class RecurrentStep(GraphBuilder builder, Node input, IReadOnlyList<Node> states, Node seen, Func<string, WeightPart?, Node> weight)
{
    public GraphBuilder Builder { get; } = builder;

    public Node Input { get; } = input;

    public IReadOnlyList<Node> States { get; } = states;

    public Node Seen { get; } = seen;

    /// <summary>A weight, whole.</summary>
    public Node Weight(string name) => weight(name, null);

    /// <summary>Some columns of a weight.</summary>
    public Node Columns(string name, int start, int length) => weight(name, new WeightPart(1, start, length));

    /// <summary>One row of a weight, as a vector.</summary>
    public Node Row(string name, int row) => weight(name, WeightPart.Row(row));

    /// <summary>h U: the product of a state with a recurrent kernel.</summary>
    public Node Product(Node state, Node kernel) => Builder.Contract("bk", "kn", "bn", state, kernel);

    /// <summary>One of several gates that lie side by side.</summary>
    public Node Gate(Node gates, int index)
    {
        int units = States[0].Shape[0];
        return Builder.Slice(gates, 0, index * units, units);
    }
}

/// <summary>Some consecutive indices of one axis of a weight.</summary>
internal sealed record WeightPart(int Axis, int Start, int Length)
{
    /// <summary>Whether the axis goes, since it has one index.</summary>
    public bool IsVector { get; init; }

    /// <summary>One row, as a vector.</summary>
    public static WeightPart Row(int row) => new(0, row, 1) { IsVector = true };
}
