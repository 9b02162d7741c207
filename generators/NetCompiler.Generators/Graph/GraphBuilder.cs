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

    /// <summary>What does not depend on any input is one value for all samples; most layers, and outputs, want it for each.</summary>
    public Node PerSample(Node x) => x.IsBatched ? x : Broadcast(x, x.Shape, isBatched: true);

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

    /// <summary>A contraction with affine axes, which do not tell the result's shape.</summary>
    public Node Contract(string left, string right, string result, Node a, Node b, Shape shape) =>
        AxisLabels.AreAffine(left) || AxisLabels.AreAffine(right) || AxisLabels.AreAffine(result)
            ? Make(new ContractOperation(left, right, result) { ResultShape = shape.Sizes }, [a, b])
            : Contract(left, right, result, a, b);

    public Node Slice(Node x, int axis, int start, int length) =>
        start == 0 && length == x.Shape[axis] ? x : Make(new SliceOperation(axis < 0 ? axis + x.Shape.Rank : axis, start, length), [x]);

    /// <summary>The operand with so many cells before and after it along each axis.</summary>
    public Node Pad(Node x, IReadOnlyList<int> before, IReadOnlyList<int> after, double fill = 0) =>
        before.Concat(after).All(size => size == 0) ? x : Make(new PadOperation([.. before], [.. after], fill), [x]);

    public Node Concat(int axis, params IReadOnlyList<Node> x) => x.Count == 1 ? x[0] : Make(new ConcatOperation(axis < 0 ? axis + x[0].Shape.Rank : axis), x);

    public Node Transpose(Node x, params IReadOnlyList<int> order) => order.SequenceEqual(Enumerable.Range(0, order.Count)) ? x : Make(new TransposeOperation([.. order]), [x]);

    public Node Reverse(Node x, int axis) => Make(new ReverseOperation(axis), [x]);

    public Node Gather(Node table, Node indices) => Make(new GatherOperation(), [table, indices]);

    public Node Window(WindowKind kind, Node x, params IReadOnlyList<WindowAxis> axes) => Make(new WindowOperation(kind, [.. axes]), [x]);

    /// <summary>Each value at the place in its window that the indices name, or at all of them without indices.</summary>
    public Node WindowScatter(IReadOnlyList<WindowAxis> axes, Shape shape, Node x, Node? indices = null) =>
        Make(new WindowScatterOperation([.. axes], shape), indices is null ? [x] : [x, indices]);

    /// <summary>The sum over the last axis but one.</summary>
    public Node SumRowAxis(Node x) => x.Shape[-2] == 1 ? x : Reduce(ReduceKind.Sum, ReduceExtent.RowAxis, x);

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
