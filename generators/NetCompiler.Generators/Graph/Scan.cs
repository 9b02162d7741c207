namespace NetCompiler.Generators.Graph;

/// <summary>
/// Repeats a body over the steps of sequences, from the first to the last or the other way round. Operands: the sequences (steps, ..),
/// the invariants, the states before the first step; each may be batched or not, and a state may be a number that is repeated. Its results
/// are read through ScanResult nodes; the node itself has no value.
/// </summary>
/// <param name="Body">What one step computes.</param>
/// <param name="Steps">The number of steps.</param>
/// <param name="IsReversed">Whether the last step comes first; every step still reads and writes its own place in the sequences.</param>
internal sealed record ScanOperation(ScanBody Body, int Steps, bool IsReversed) : Operation
{
    public override string Name => $"scan({Steps} steps{(IsReversed ? ", reversed" : "")})";
}

/// <summary>A result of a scan: an output of every step, (steps, ..), or a state after the last step.</summary>
internal sealed record ScanResultOperation(bool IsState, int Index) : Operation
{
    public override string Name => $"scan_{(IsState ? "state" : "output")}[{Index}]";
}

/// <summary>
/// The graph of one step. Its inputs have the roles ScanSequence, ScanInvariant and ScanState, each role numbered from 0 in the order of the
/// scan's operands; its results the roles ScanOutput and ScanState. Compared by reference: each scan has a body of its own.
/// </summary>
internal sealed class ScanBody(NetworkGraph graph, int sequences, int invariants, int states)
{
    public NetworkGraph Graph { get; private set; } = graph;

    public int Sequences { get; } = sequences;

    public int Invariants { get; } = invariants;

    public int States { get; } = states;

    public int Outputs => Graph.Results.Count(result => result.Role == ResultRole.ScanOutput);

    /// <summary>The outputs from this one on are kept for the gradient alone: values of the body that its gradient reads.</summary>
    public int Stash { get; private set; } = int.MaxValue;

    /// <summary>The value that a result of the body stands for.</summary>
    public Node Result(ResultRole role, int index) => Graph.Results.First(result => result.Role == role && result.Index == index).Node;

    /// <summary>The body with another graph of the same inputs and results.</summary>
    public ScanBody With(NetworkGraph graph) => new(graph, Sequences, Invariants, States) { Stash = Stash };

    /// <summary>The output that holds a value of the body for every step; where there is none yet, one is added for the gradient.</summary>
    public int Keep(Node value)
    {
        if (Graph.Results.FirstOrDefault(result => result.Role == ResultRole.ScanOutput && result.Node == value) is { } known)
        {
            return known.Index;
        }

        int index = Outputs;
        Stash = Math.Min(Stash, index);
        Graph = Graph with { Results = [.. Graph.Results, new GraphResult(ResultRole.ScanOutput, index, value)] };
        return index;
    }
}
