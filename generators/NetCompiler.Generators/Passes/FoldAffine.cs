using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Passes;

/// <summary>
/// Additions and multiplications by functions of the weights behind a product become one of each, and the factor moves into the product's
/// weights: ((x W) - m) s + t = x (W s) + (t - m s). For inference, where the functions of the weights are computed once: batch normalization
/// then costs nothing. Before they are hoisted, since here they come into being. Data that comes from elsewhere keeps its (x - m) s: with m far
/// from 0, x s - m s would lose the digits in which x and m differ.
/// </summary>
internal sealed class FoldAffine
{
    private const int MostRounds = 16;

    private readonly WeightsOnly _weights = new();
    private readonly Dictionary<Node, int> _uses = [];

    private FoldAffine(NetworkGraph graph)
    {
        foreach (Node operand in graph.Nodes.SelectMany(node => node.Operands).Concat(graph.Results.Select(result => result.Node)))
        {
            _uses[operand] = _uses.TryGetValue(operand, out int uses) ? uses + 1 : 1;
        }
    }

    public static NetworkGraph Run(NetworkGraph graph)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            NetworkGraph before = graph;
            graph = GraphRewriter.Run(graph, new FoldAffine(graph).Fold);
            if (GraphComparison.AreAlike(before, graph))
            {
                break;
            }
        }

        return GraphVerifier.Verify(graph, nameof(FoldAffine));
    }

    private Node? Fold(GraphBuilder builder, Node node, IReadOnlyList<Node> operands)
    {
        if (node.Operation is not ElementwiseNodeOperation || operands.Count != 2 || _weights.Contains(operands[0]) == _weights.Contains(operands[1]))
        {
            return null;
        }

        int weight = _weights.Contains(operands[1]) ? 1 : 0;
        Node x = operands[1 - weight], w = operands[weight], old = node.Operands[1 - weight];
        if (!IsPerChannel(w, node.Shape) || x.Shape != node.Shape)
        {
            return null;
        }

        // x - w = x + (-w); w - x = x (-1) + w; x / w = x (1 / w)
        if (Is(node, Elementwise.Divide) && weight == 1 && !_weights.IsConstant(w))
        {
            return builder.Multiply(x, builder.Apply(Elementwise.Reciprocal, w));
        }

        if (Is(node, Elementwise.Subtract) && ComesFromProduct(x))
        {
            return _weights.IsConstant(w) ? null : weight == 1 ? builder.Add(x, builder.Apply(Elementwise.Negate, w)) : builder.Add(builder.Scale(x, -1), w);
        }

        return Is(node, Elementwise.Add) ? FoldSum(builder, x, w, old) : Is(node, Elementwise.Multiply) ? FoldProduct(builder, x, w, old) : null;
    }

    // (a + u) + w = a + (u + w)
    private Node? FoldSum(GraphBuilder builder, Node x, Node w, Node old) =>
        Split(x, Elementwise.Add, old) is { } sum && !(_weights.IsConstant(sum.Weight) && _weights.IsConstant(w)) ? builder.Add(sum.Value, builder.Add(sum.Weight, w)) : null;

    // (a + u) w = a w + u w; (a u) w = a (u w); (a W) w = a (W w)
    private Node? FoldProduct(GraphBuilder builder, Node x, Node w, Node old)
    {
        if (Split(x, Elementwise.Add, old) is { } sum && ComesFromProduct(x) && !(_weights.IsConstant(sum.Weight) && _weights.IsConstant(w)))
        {
            return builder.Add(builder.Multiply(sum.Value, w), builder.Multiply(sum.Weight, w));
        }

        if (Split(x, Elementwise.Multiply, old) is { } product && !(_weights.IsConstant(product.Weight) && _weights.IsConstant(w)))
        {
            return builder.Multiply(product.Value, builder.Multiply(product.Weight, w));
        }

        return x.Operation is ContractOperation contract && _uses[old] == 1 && _weights.Contains(x.Operands[1]) && !_weights.IsConstant(w)
            && contract.Right[contract.Right.Length - 1] == contract.Result[contract.Result.Length - 1] && contract.Right[contract.Right.Length - 1] != ')'
            ? builder.Contract(contract.Left, contract.Right, contract.Result, x.Operands[0], builder.Multiply(x.Operands[1], w), x.Shape)
            : null;
    }

    // The part that is data and the part that is weights, of an operation that nothing else reads.
    private (Node Value, Node Weight)? Split(Node x, ElementwiseOperation function, Node old)
    {
        if (!Is(x, function) || _uses[old] != 1 || _weights.Contains(x.Operands[0]) == _weights.Contains(x.Operands[1]))
        {
            return null;
        }

        int weight = _weights.Contains(x.Operands[1]) ? 1 : 0;
        return IsPerChannel(x.Operands[weight], x.Shape) && x.Operands[1 - weight].Shape == x.Shape ? (x.Operands[1 - weight], x.Operands[weight]) : null;
    }

    private bool ComesFromProduct(Node x)
    {
        while (x.Operation is ElementwiseNodeOperation && x.Operands.Count == 2 && (Is(x, Elementwise.Add) || Is(x, Elementwise.Multiply) || Is(x, Elementwise.Subtract))
            && x.Operands.FirstOrDefault(operand => !_weights.Contains(operand)) is { } next && x.Operands.Any(_weights.Contains))
        {
            x = next;
        }

        return x.Operation is ContractOperation;
    }

    private static bool IsPerChannel(Node weight, Shape shape) =>
        weight.Shape.Length == 1 || (weight.Shape.Rank > 0 && shape.Rank > 0 && weight.Shape.Length == shape[-1] && weight.Shape[-1] == shape[-1]);

    private static bool Is(Node node, ElementwiseOperation function) => node.Operation is ElementwiseNodeOperation elementwise && elementwise.Function == function;
}
