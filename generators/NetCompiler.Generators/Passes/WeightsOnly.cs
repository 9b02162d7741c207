using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Passes;

/// <summary>Tells which values of an inference graph are functions of the weights alone, the same in every prediction until a weight changes.</summary>
internal sealed class WeightsOnly
{
    private readonly HashSet<Node> _nodes = [];
    private readonly HashSet<Node> _constants = [];

    /// <summary>Whether a value depends on nothing but weights and numbers.</summary>
    public bool Contains(Node node)
    {
        if (_nodes.Contains(node))
        {
            return true;
        }

        bool isOne = !node.IsBatched && (node.Operands.Count > 0
            ? node.Operands.All(Contains)
            : node.Operation is ConstantOperation or IotaOperation or InputOperation { Role: InputRole.Parameter or InputRole.Statistic });
        if (isOne)
        {
            _nodes.Add(node);
        }

        return isOne;
    }

    /// <summary>Whether it depends on numbers alone.</summary>
    public bool IsConstant(Node node)
    {
        if (_constants.Contains(node))
        {
            return true;
        }

        bool isOne = node.Operands.Count > 0 ? node.Operands.All(IsConstant) : node.Operation is ConstantOperation or IotaOperation;
        if (isOne)
        {
            _constants.Add(node);
        }

        return isOne;
    }
}
