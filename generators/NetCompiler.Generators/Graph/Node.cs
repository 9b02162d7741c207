namespace NetCompiler.Generators.Graph;

/// <summary>One value of a graph and the operation that computes it.</summary>
internal sealed class Node(int id, Operation operation, IReadOnlyList<Node> operands, Shape shape, bool isBatched, string origin)
{
    /// <summary>The node's place in its graph.</summary>
    public int Id { get; } = id;

    public Operation Operation { get; } = operation;

    public IReadOnlyList<Node> Operands { get; } = operands;

    /// <summary>The shape, without the batch.</summary>
    public Shape Shape { get; } = shape;

    /// <summary>Whether there is one such value per sample.</summary>
    public bool IsBatched { get; } = isBatched;

    /// <summary>The layer or loss the node comes from, for comments.</summary>
    public string Origin { get; } = origin;

    public override string ToString() => $"%{Id}";
}
