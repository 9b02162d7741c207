using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule;

/// <summary>What the schedule asks about nodes: who needs them, whether they belong to the backward half, what stands behind a reshape.</summary>
internal sealed class NodeFacts
{
    private const int NeededAlways = 1;
    private const int NeededForParameters = 2;
    private const int NeededForInputs = 4;
    private const int NeededForStatistics = 8;

    private readonly Dictionary<Node, int> _needs = [];
    private readonly Dictionary<Node, bool> _isBackward = [];
    private readonly Dictionary<Node, Node?> _weight = [];
    private readonly Dictionary<Node, List<Node>> _readers = [];

    public NodeFacts(NetworkGraph graph)
    {
        bool hasBackward = false;
        foreach (Node node in graph.Nodes)
        {
            hasBackward |= node.Operation is InputOperation { Role: InputRole.OutputGradient };
            _weight[node] = FindWeight(node);
            _needs[node] = 0;
        }

        foreach (GraphResult result in graph.Results)
        {
            _needs[result.Node] |= result.Role switch
            {
                ResultRole.ParameterGradient => NeededForParameters,
                ResultRole.InputGradient => NeededForInputs,
                ResultRole.StatisticUpdate => NeededForStatistics,
                _ => NeededAlways,
            };
        }

        foreach (Node node in graph.Nodes.Reverse())
        {
            foreach (Node operand in node.Operands)
            {
                _needs[operand] |= _needs[node];
                if (!_readers.TryGetValue(operand, out List<Node>? readers))
                {
                    _readers.Add(operand, readers = []);
                }

                readers.Add(node);
            }
        }

        // What no output needs waits for the backward half, where it is known which gradients are wanted.
        foreach (Node node in graph.Nodes)
        {
            _isBackward[node] = hasBackward && (_needs[node] & (NeededAlways | NeededForStatistics)) == 0;
        }

        KeepWeightLayouts(graph);
    }

    /// <summary>Whether another node reads a node.</summary>
    public bool IsRead(Node node) => _readers.ContainsKey(node);

    /// <summary>The nodes that read a node.</summary>
    public IReadOnlyList<Node> ReadersOf(Node node) => _readers.TryGetValue(node, out List<Node>? readers) ? readers : [];

    public bool IsBackward(Node node) => _isBackward[node];

    /// <summary>Who needs a node. What both kinds of gradients need is computed always: nearly every call wants one of them.</summary>
    public Demand DemandOf(Node node) => _needs[node] switch
    {
        NeededForParameters => Demand.Parameters,
        NeededForInputs => Demand.Inputs,
        NeededForStatistics => Demand.Training,
        _ => Demand.Always,
    };

    /// <summary>The trained weight in whose own layout a node lies: elementwise functions of that weight alone.</summary>
    public Node? WeightOf(Node node) => _weight[node];

    /// <summary>What a kernel computes in place of a reshape that changes neither rows nor columns.</summary>
    public static Node Strip(Node node)
    {
        while (node.Operation is ReshapeOperation && IsSameInRegisters(node, node.Operands[0]))
        {
            node = node.Operands[0];
        }

        return node;
    }

    private static bool IsSameInRegisters(Node a, Node b) =>
        Space.Of(a) == Space.Of(b) && (a.Shape.Length == 1 || (a.Shape[-1] == 1) == (b.Shape[-1] == 1));

    // A function of a weight lies as the weight does only if everything that reads it does too.
    private void KeepWeightLayouts(NetworkGraph graph)
    {
        ILookup<Node, Node> users = graph.Nodes.SelectMany(user => user.Operands.Select(operand => (operand, user))).ToLookup(use => use.operand, use => use.user);
        ILookup<Node, GraphResult> results = graph.Results.ToLookup(result => result.Node);
        foreach (Node node in graph.Nodes.Reverse().Where(node => _weight[node] is not null && _weight[node] != node))
        {
            int index = ((InputOperation)_weight[node]!.Operation).Index;
            bool isKept = users[node].All(user => _weight[user] == _weight[node] || user.Operation is ReduceOperation { Extent: ReduceExtent.Everything })
                && results[node].All(result => result.Role == ResultRole.ParameterGradient && result.Index == index);
            _weight[node] = isKept ? _weight[node] : null;
        }
    }

    private Node? FindWeight(Node node)
    {
        if (node.Operation is InputOperation { Role: InputRole.Parameter })
        {
            return node;
        }

        if (node.Operation is not ElementwiseNodeOperation || node.IsBatched || node.Shape.Length == 1)
        {
            return null;
        }

        Node[] operands = [.. node.Operands.Where(operand => operand.Shape.Length > 1)];
        Node? weight = operands.Length > 0 ? _weight[operands[0]] : null;
        return weight is not null && operands.All(operand => _weight[operand] == weight && operand.Shape == weight.Shape) ? weight : null;
    }
}
