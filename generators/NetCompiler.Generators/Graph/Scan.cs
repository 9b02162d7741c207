namespace NetCompiler.Generators.Graph;

/// <summary>
/// Repeats a body over the steps of sequences, from the first to the last or the other way round. Operands: the sequences (steps, ..),
/// the invariants, the states before the first step; each may be batched or not. Its results are read through ScanResult nodes; the node
/// itself has no value.
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
/// The graph of one step. Its inputs have the roles ScanSequence, ScanInvariant and ScanState, numbered as the operands of the scan; its
/// results the roles ScanOutput and ScanState. Compared by reference: each scan has a body of its own.
/// </summary>
internal sealed class ScanBody(NetworkGraph graph, int sequences, int invariants, int states)
{
    public NetworkGraph Graph { get; } = graph;

    public int Sequences { get; } = sequences;

    public int Invariants { get; } = invariants;

    public int States { get; } = states;

    public int Outputs { get; } = graph.Results.Count(result => result.Role == ResultRole.ScanOutput);

    /// <summary>The outputs from this one on are kept for the gradient alone: values of the body that its gradient reads.</summary>
    public int Stash { get; init; } = int.MaxValue;

    /// <summary>The value that a result of the body stands for.</summary>
    public Node Result(ResultRole role, int index) => Graph.Results.First(result => result.Role == role && result.Index == index).Node;
}
