using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Schedule.Layouts;

/// <summary>
/// After it, every kernel reads and writes layouts that it knows: packed weights are unpacked for those that read rows, gradients made in
/// rows are packed, and results are written by operations that can add to what is there. Before the groups, which take layouts as given.
/// </summary>
internal sealed class SettleLayouts
{
    private readonly NetworkGraph _graph;
    private readonly IReadOnlyList<PlannedWeight> _weights;
    private readonly IReadOnlyList<PlannedDerived> _derived;
    private readonly GraphBuilder _builder = new();
    private readonly Dictionary<Node, Node> _settled = [];
    private readonly NodeFacts _facts;
    private readonly ILookup<Node, GraphResult> _results;

    private SettleLayouts(NetworkGraph graph, IReadOnlyList<PlannedWeight> weights, IReadOnlyList<PlannedDerived> derived)
    {
        _derived = derived;
        _graph = graph;
        _weights = weights;
        _facts = new NodeFacts(graph);
        _results = graph.Results.ToLookup(result => result.Node);
    }

    public static NetworkGraph Run(NetworkGraph graph, IReadOnlyList<PlannedWeight> weights, IReadOnlyList<PlannedDerived> derived) =>
        new SettleLayouts(graph, weights, derived).Run();

    private NetworkGraph Run()
    {
        foreach (Node node in _graph.Nodes)
        {
            _builder.Origin = node.Origin;
            _settled[node] = Settle(node);
        }

        GraphResult[] results = [.. _graph.Results.Select(result => result with { Node = Settle(result) })];
        bool isSettled = _graph.Nodes.All(node => _settled[node].Operation == node.Operation && node.Operands.Select(operand => _settled[operand]).SequenceEqual(_settled[node].Operands))
            && _graph.Results.Zip(results, (before, after) => _settled[before.Node] == after.Node).All(isSame => isSame);
        return isSettled ? _graph : Passes.EliminateDeadValues.Run(_graph with { Nodes = _builder.Nodes, Results = results });
    }

    private Node Settle(Node node)
    {
        bool readsPacked = node.Operation is ReshapeOperation || _facts.WeightOf(node) is not null
            || (node.Operation is ReduceOperation { Extent: ReduceExtent.Everything } && _facts.WeightOf(node.Operands[0]) is not null);
        Node[] operands = [.. node.Operands.Select((operand, i) => readsPacked || TakesPacked(node, i) || IsSettledInBody(node, i) ? _settled[operand] : Rows(_settled[operand]))];
        switch (node.Operation)
        {
            // A count is no memory that could be seen under another shape.
            case ReshapeOperation reshape when operands[0].Operation is IotaOperation:
                return _builder.Reshape(_builder.Apply(Elementwise.Copy, operands[0]), reshape.Shape);

            // The runtime's numbers have deviation 1.
            case NoiseOperation { Deviation: not 1 } noise:
                return _builder.Multiply(Random(noise with { Deviation = 1 }, node.Shape), _builder.Constant(noise.Deviation));
            case NoiseOperation or DropoutMaskOperation:
                return Random(node.Operation, node.Shape);

            // Columns of one value lie as one row does.
            case ReduceOperation { Extent: ReduceExtent.RowAxis } reduce when node.Shape[-1] == 1:
                Node row = _builder.Reshape(operands[0], new Shape([.. operands[0].Shape.Sizes.Take(operands[0].Shape.Rank - 1)]));
                return _builder.Reshape(_builder.Reduce(reduce.Kind, ReduceExtent.LastAxis, row), node.Shape);
            case ContractOperation contract when !TakesPacked(node, 1) && !_results[node].Any(result => result.Role == ResultRole.ParameterGradient && IsWrittenPacked(result)):
                return AlongResult(contract, operands, node);
            default:
                return _builder.Make(node.Operation, operands, node.Shape, node.IsBatched);
        }
    }

    // The body of a scan reads a weight itself, and is settled as a graph of its own.
    private static bool IsSettledInBody(Node node, int operand) => node.Operation is ScanOperation { Body: var body }
        && operand >= body.Sequences && operand < body.Sequences + body.Invariants && node.Operands[operand].Operation is InputOperation;

    // Lanes run along the result's last axis: an operand that has it elsewhere is brought into that order first.
    private Node AlongResult(ContractOperation contract, Node[] operands, Node node)
    {
        IReadOnlyList<AxisTerm> last = AxisLabels.Parse(contract.Result)[AxisLabels.Parse(contract.Result).Count - 1];
        string[] labels = [contract.Left, contract.Right];
        if (node.Shape.Rank == 0 || node.Shape[-1] < TilingPolicy.LeastTransposedColumns || last.Count > 1 || last[0].Label == AxisLabels.Batch)
        {
            return _builder.Make(contract, operands, node.Shape, node.IsBatched);
        }

        for (int i = 0; i < labels.Length; i++)
        {
            string[] axes = [.. AxisLabels.Tokens(labels[i])];
            int place = Array.IndexOf(axes, last[0].Label.ToString()), batch = axes[0] == AxisLabels.Batch.ToString() ? 1 : 0;
            if (place >= 0 && place < axes.Length - 1)
            {
                int[] order = [.. Enumerable.Range(batch, axes.Length - batch).Where(axis => axis != place), place];
                operands[i] = _builder.Transpose(operands[i], [.. order.Select(axis => axis - batch)]);
                labels[i] = string.Concat(axes.Take(batch).Concat(order.Select(axis => axes[axis])));
            }
        }

        return _builder.Make(contract with { Left = labels[0], Right = labels[1] }, operands, node.Shape, node.IsBatched);
    }

    // Random rows are padded, which values of one column are not.
    private Node Random(Operation operation, Shape shape)
    {
        if (shape.Rank > 0 && shape[-1] != 1)
        {
            return _builder.Make(operation, [], shape, isBatched: true);
        }

        Shape row = new(shape.Length == 1 ? TilingPolicy.RowAlignment : (int)shape.Length);
        Operation ofRow = operation is DropoutMaskOperation mask ? mask with { Shape = row } : (NoiseOperation)operation with { Shape = row };
        Node made = _builder.Make(ofRow, [], row, isBatched: true);
        return _builder.Reshape(shape.Length == 1 ? _builder.Slice(made, 0, 0, 1) : made, shape);
    }

    // The same value in rows, through any reshapes.
    private Node Rows(Node node)
    {
        if (node.Operation is ReshapeOperation reshape)
        {
            Node inner = Rows(node.Operands[0]);
            return inner == node.Operands[0] ? node : _builder.Reshape(inner, reshape.Shape);
        }

        return PackingOf(node) == WeightPacking.Panels && node.Shape.Length > node.Shape[-1] // a single row lies in panels as it does in rows
            ? _builder.Make(new UnpackOperation(), [node], node.Shape, isBatched: false)
            : node;
    }

    private WeightPacking PackingOf(Node node) => node.Operation switch
    {
        InputOperation { Role: InputRole.Parameter or InputRole.Statistic } input => _weights[input.Index].Packing,
        InputOperation { Role: InputRole.Derived } input => _derived[input.Index].Packing,
        _ => WeightPacking.Flat,
    };

    private bool TakesPacked(Node node, int operand) => node.Operation is NarrowOperation ? node.Operands[0].Operation is InputOperation : operand == 1
        && (node.Operation is WinogradOperation || (node.Operation is ContractOperation && ContractionForms.TakesPacked(node, PackingOf(node.Operands[1]))));

    private Node Settle(GraphResult result)
    {
        Node node = _settled[result.Node];
        _builder.Origin = result.Node.Origin;
        switch (result.Role)
        {
            case ResultRole.Derived when _derived[result.Index].Packing == WeightPacking.Panels:
                return _builder.Make(new PackOperation(result.Index), [node], node.Shape, isBatched: false);
            case ResultRole.Derived when node.Operation is ElementwiseNodeOperation or NarrowOperation:
                return node;
            case ResultRole.Derived or ResultRole.StatisticUpdate:
                return _builder.Apply(Elementwise.Copy, node);
            case ResultRole.ParameterGradient when !IsWrittenPacked(result):
                if (_weights[result.Index].IsInPanels)
                {
                    return _builder.Make(new PackOperation(result.Index), [node], node.Shape, isBatched: false);
                }

                return CanAdd(node) ? node : _builder.Apply(Elementwise.Copy, node);
            default:
                return node;
        }
    }

    private bool IsWrittenPacked(GraphResult result) =>
        _facts.WeightOf(result.Node) is { Operation: InputOperation input } ? input.Index == result.Index
        : ContractionForms.WritesPacked(result.Node, _weights[result.Index].Packing) && _results[result.Node].Count() == 1
            && !_facts.IsRead(result.Node);

    // Whether a node's kernel can add to what is there.
    private static bool CanAdd(Node node) => node.Operation switch
    {
        ElementwiseNodeOperation or BroadcastOperation or ReduceOperation or ScatterAddOperation => true,
        ContractOperation contract => !contract.Result.Contains('(') && node.Operands.Any(operand => operand.IsBatched), // products of weights have tiles, which only write
        ReshapeOperation => IsView(node.Shape, node.Operands[0].Shape) && CanAdd(node.Operands[0]),
        _ => false,
    };

    // Whether a reshape moves nothing, as StoragePlan decides for a value of our own without samples.
    private static bool IsView(Shape shape, Shape operand) => operand.Rank == 0 || Space.Of(operand, isBatched: false).Rows == 1
        || (shape.Rank > 0 && shape[-1] == operand[-1]) || operand[-1] % TilingPolicy.RowAlignment == 0;
}
