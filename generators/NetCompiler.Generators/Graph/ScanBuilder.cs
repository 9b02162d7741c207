namespace NetCompiler.Generators.Graph;

/// <summary>Makes a scan: its operands are collected while the body is built from the values of one step.</summary>
/// <param name="steps">The number of steps.</param>
internal sealed class ScanBuilder(int steps)
{
    private readonly List<Node> _sequences = [];
    private readonly List<Node> _invariants = [];
    private readonly List<Node> _states = [];
    private readonly List<GraphResult> _results = [];

    /// <summary>The body so far.</summary>
    public GraphBuilder Body { get; } = new();

    /// <summary>This step's part of a sequence (steps, ..).</summary>
    public Node Sequence(Node sequence)
    {
        _sequences.Add(sequence);
        return Body.Input(InputRole.ScanSequence, _sequences.Count - 1, new Shape([.. sequence.Shape.Sizes.Skip(1)]), sequence.IsBatched);
    }

    /// <summary>A value that is the same in every step.</summary>
    public Node Invariant(Node value)
    {
        _invariants.Add(value);
        return Body.Input(InputRole.ScanInvariant, _invariants.Count - 1, value.Shape, value.IsBatched);
    }

    /// <summary>A state as the step before left it; before the first step it is the initial value, repeated where that is smaller.</summary>
    public Node State(Node initial, Shape shape, bool isBatched)
    {
        _states.Add(initial);
        return Body.Input(InputRole.ScanState, _states.Count - 1, shape, isBatched);
    }

    /// <summary>A value of every step.</summary>
    public int Output(Node value)
    {
        int index = _results.Count(result => result.Role == ResultRole.ScanOutput);
        _results.Add(new GraphResult(ResultRole.ScanOutput, index, value));
        return index;
    }

    /// <summary>The next state of the one with this number.</summary>
    public void NextState(int state, Node value) => _results.Add(new GraphResult(ResultRole.ScanState, state, value));

    /// <summary>The scan.</summary>
    public Node Finish(GraphBuilder builder, bool isReversed)
    {
        var body = new ScanBody(new NetworkGraph(Body.Nodes, _results), _sequences.Count, _invariants.Count, _states.Count);
        return builder.Make(new ScanOperation(body, steps, isReversed), [.. _sequences, .. _invariants, .. _states]);
    }
}
