using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule;

/// <summary>What the schedule asks about nodes: who needs them, whether they belong to the backward half, what stands behind a reshape.</summary>
internal sealed class NodeFacts
{
    private const int NeededAlways = 1;
    private const int NeededForParameters = 2;
    private const int NeededForInputs = 4;

    private readonly Dictionary<Node, int> _needs = [];
    private readonly Dictionary<Node, bool> _isBackward = [];
    private readonly Dictionary<Node, Node?> _weight = [];

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
                _ => NeededAlways,
            };
        }

        foreach (Node node in graph.Nodes.Reverse())
        {
            foreach (Node operand in node.Operands)
            {
                _needs[operand] |= _needs[node];
            }
        }

        // What no output needs waits for the backward half, where it is known which gradients are wanted.
        foreach (Node node in graph.Nodes)
        {
            _isBackward[node] = hasBackward && (_needs[node] & NeededAlways) == 0;
        }
    }

    public bool IsBackward(Node node) => _isBackward[node];

    /// <summary>Who needs a node. What both kinds of gradients need is computed always: nearly every call wants one of them.</summary>
    public Demand DemandOf(Node node) => _needs[node] switch
    {
        NeededForParameters => Demand.Parameters,
        NeededForInputs => Demand.Inputs,
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
