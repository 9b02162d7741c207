using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph;

/// <summary>Makes nodes, infers their shapes and returns an existing node where an equal one was made before.</summary>
internal sealed class GraphBuilder
{
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<NodeKey, Node> _known = [];

    /// <summary>The layer or loss that new nodes come from.</summary>
    public string Origin { get; set; } = "";

    public IReadOnlyList<Node> Nodes => _nodes;

    public Node Input(InputRole role, int index, Shape shape, bool isBatched) => Make(new InputOperation(role, index), [], shape, isBatched);

    public Node Constant(double value) => Make(new ConstantOperation(value), [], Shape.Scalar, isBatched: false);

    public Node Iota(int extent) => Make(new IotaOperation(extent), [], new Shape(extent), isBatched: false);

    public Node DropoutMask(double rate, int layer, Shape shape) => Make(new DropoutMaskOperation(rate, layer, shape), [], shape, isBatched: true);

    public Node Apply(ElementwiseOperation function, params Node[] operands) => Make(new ElementwiseNodeOperation(function), operands);

    public Node Add(Node a, Node b) => Apply(Elementwise.Add, a, b);

    public Node Subtract(Node a, Node b) => Apply(Elementwise.Subtract, a, b);

    public Node Multiply(Node a, Node b) => Apply(Elementwise.Multiply, a, b);

    public Node Scale(Node a, double factor) => factor == 1 ? a : Multiply(a, Constant(factor));

    public Node Softmax(Node x, bool logarithm) => Make(new SoftmaxOperation(logarithm), [x]);

    /// <summary>A sum or a maximum; over a last axis of one value it is that value.</summary>
    public Node Reduce(ReduceKind kind, ReduceExtent extent, Node x) =>
        extent == ReduceExtent.LastAxis && x.Shape.Rank > 0 && x.Shape[-1] == 1 ? x : Make(new ReduceOperation(kind, extent), [x]);

    public Node SumRows(Node x) => Reduce(ReduceKind.Sum, ReduceExtent.Rows, x);

    /// <summary>The sum over all axes of a sample, of shape (1).</summary>
    public Node SumSample(Node x)
    {
        Node rows = x.Shape.Rank == 0 ? Reshape(x, new Shape(1)) : Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, x);
        return rows.Shape.Length == 1 ? Reshape(rows, new Shape(1)) : SumSample(Reshape(rows, new Shape((int)rows.Shape.Length)));
    }

    /// <summary>The sum over a function of one weight, which lies as the weight does, padding and all; of shape (1).</summary>
    public Node SumWeight(Node x) => Reduce(ReduceKind.Sum, ReduceExtent.Everything, x);

    public Node Contract(string left, string right, string result, Node a, Node b) => Make(new ContractOperation(left, right, result), [a, b]);

    public Node Reshape(Node x, Shape shape) => x.Shape == shape ? x : Make(new ReshapeOperation(shape), [x]);

    public Node Broadcast(Node x, Shape shape, bool isBatched) =>
        x.Shape == shape && x.IsBatched == isBatched ? x : Make(new BroadcastOperation(shape, isBatched), [x]);

    /// <summary>The node of an operation, its shape inferred.</summary>
    public Node Make(Operation operation, IReadOnlyList<Node> operands)
    {
        (Shape shape, bool isBatched) = ShapeRules.Infer(operation, operands);
        return Make(operation, operands, shape, isBatched);
    }

    /// <summary>The node of an operation without operands, or with a shape that is known.</summary>
    public Node Make(Operation operation, IReadOnlyList<Node> operands, Shape shape, bool isBatched)
    {
        var key = new NodeKey(operation, [.. operands.Select(operand => operand.Id)]);
        if (!_known.TryGetValue(key, out Node? node))
        {
            node = new Node(_nodes.Count, operation, operands, shape, isBatched, Origin);
            _nodes.Add(node);
            _known.Add(key, node);
        }

        return node;
    }

    private sealed record NodeKey(Operation Operation, EquatableArray<int> Operands);
}
