using System.Globalization;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Passes;

/// <summary>
/// Adds to a graph the gradients of a weighted sum of nodes: from the last node to the first, each operation turns the gradient of its
/// result into gradients of its operands. No layer knows its own gradient.
/// </summary>
internal sealed class ReverseModeGradient
{
    private readonly GraphBuilder _builder;
    private readonly Dictionary<Node, Node> _gradients = [];
    private readonly Dictionary<Node, bool> _dependsOnVariable = [];
    private readonly Dictionary<Node, Dictionary<(bool IsState, int Index), Node>> _ofScans = [];
    private readonly Func<InputOperation, bool> _isVariable;

    private ReverseModeGradient(GraphBuilder builder, Func<InputOperation, bool> isVariable)
    {
        _builder = builder;
        _isVariable = isVariable;
    }

    /// <param name="builder">The graph so far.</param>
    /// <param name="seeds">Nodes and the gradients of the whole with respect to them.</param>
    /// <returns>The gradient of every node that the seeds depend on.</returns>
    public static IReadOnlyDictionary<Node, Node> Run(GraphBuilder builder, IEnumerable<KeyValuePair<Node, Node>> seeds) =>
        Run(builder, seeds, input => input.Role is InputRole.Feature or InputRole.Parameter);

    /// <param name="builder">The graph so far.</param>
    /// <param name="seeds">Nodes and the gradients of the whole with respect to them.</param>
    /// <param name="isVariable">Whether the gradient of an input is asked for; what depends on no such input needs none.</param>
    public static IReadOnlyDictionary<Node, Node> Run(GraphBuilder builder, IEnumerable<KeyValuePair<Node, Node>> seeds, Func<InputOperation, bool> isVariable)
    {
        var pass = new ReverseModeGradient(builder, isVariable);
        var order = new List<Node>(builder.Nodes);
        foreach (KeyValuePair<Node, Node> seed in seeds)
        {
            pass.Accumulate(seed.Key, seed.Value);
        }

        for (int i = order.Count - 1; i >= 0; i--)
        {
            if (pass._gradients.TryGetValue(order[i], out Node? gradient) && order[i].Operands.Count > 0)
            {
                builder.Origin = order[i].Origin;
                pass.Propagate(order[i], gradient);
            }
            else if (pass._ofScans.TryGetValue(order[i], out Dictionary<(bool IsState, int Index), Node>? results))
            {
                builder.Origin = order[i].Origin;
                pass.PropagateScan(order[i], results);
            }
        }

        return pass._gradients;
    }

    private void Propagate(Node node, Node gradient)
    {
        Node x = node.Operands[0];
        switch (node.Operation)
        {
            case ElementwiseNodeOperation elementwise:
                for (int i = 0; i < node.Operands.Count; i++)
                {
                    ScalarExpression derivative = elementwise.Function.Derivatives[i];
                    if (derivative is not { IsConstant: true, Number: 0 } && DependsOnVariable(node.Operands[i]))
                    {
                        Node product = derivative is { IsConstant: true, Number: 1 } ? gradient : ChainRule(gradient, elementwise.Function, i, derivative, node);
                        Accumulate(node.Operands[i], ReduceTo(product, node.Operands[i], node));
                    }
                }

                break;

            // softmax: dx = y (g - sum g y); log-softmax: dx = g - exp(y) sum g
            case SoftmaxOperation { IsLogarithm: false }:
                Node weighted = _builder.Multiply(gradient, node);
                Node total = _builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, weighted);
                Accumulate(x, _builder.Subtract(weighted, _builder.Multiply(node, total)));
                break;
            case SoftmaxOperation:
                Node sum = _builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, gradient);
                Accumulate(x, _builder.Apply(Elementwise.Flush, _builder.Subtract(gradient, _builder.Multiply(_builder.Softmax(x, logarithm: false), sum))));
                break;

            // y = sum x: dx = g, repeated
            case ReduceOperation { Kind: ReduceKind.Sum }:
                Accumulate(x, _builder.Broadcast(gradient, x.Shape, x.IsBatched));
                break;

            // y = max x: dx = g / n where x = y, n values being equally large: a word that comes twice has its gradient once
            case ReduceOperation reduce:
                Node isLargest = _builder.Apply(Elementwise.Equal, x, node);
                Node share = _builder.Apply(Elementwise.Divide, gradient, _builder.Reduce(ReduceKind.Sum, reduce.Extent, isLargest));
                Accumulate(x, _builder.Multiply(share, isLargest));
                break;

            // r = sum l m: dl = sum g m, dm = sum l g, each over the labels it lacks
            case ContractOperation contract:
                Node y = node.Operands[1];
                if (DependsOnVariable(x))
                {
                    Accumulate(x, _builder.Contract(contract.Result, contract.Right, contract.Left, gradient, y, x.Shape));
                }

                if (DependsOnVariable(y))
                {
                    Accumulate(y, _builder.Contract(contract.Left, contract.Result, contract.Right, x, gradient, y.Shape));
                }

                break;
            case ReshapeOperation:
                Accumulate(x, _builder.Reshape(gradient, x.Shape));
                break;

            // The scan itself follows, when all its results have their gradients.
            case ScanResultOperation result:
                if (!_ofScans.TryGetValue(x, out Dictionary<(bool IsState, int Index), Node>? results))
                {
                    _ofScans.Add(x, results = []);
                }

                results[(result.IsState, result.Index)] = gradient;
                break;
            case BroadcastOperation:
                Accumulate(x, ReduceTo(gradient, x, node));
                break;
            default:
                PropagateMovement(node, gradient);
                break;
        }
    }

    // Every operand has its gradient from the scan that goes the other way.
    private void PropagateScan(Node scan, Dictionary<(bool IsState, int Index), Node> results)
    {
        IReadOnlyList<Node?> gradients = ScanGradient.Run(_builder, scan, results, DependsOnVariable);
        for (int i = 0; i < gradients.Count; i++)
        {
            if (gradients[i] is { } gradient)
            {
                Node operand = scan.Operands[i];
                Accumulate(operand, gradient.Shape == operand.Shape && gradient.IsBatched == operand.IsBatched
                    ? gradient : SumOfRepetitions.Run(_builder, gradient, operand.Shape, operand.IsBatched));
            }
        }
    }

    // Moved values take their gradients back to where they came from; what was left out has none.
    private void PropagateMovement(Node node, Node gradient)
    {
        Node x = node.Operands[0];
        switch (node.Operation)
        {
            case SliceOperation slice:
                Accumulate(x, _builder.Pad(gradient,
                    [.. x.Shape.Sizes.Select((_, axis) => axis == slice.Axis ? slice.Start : 0)],
                    [.. x.Shape.Sizes.Select((size, axis) => axis == slice.Axis ? size - slice.Start - slice.Length : 0)]));
                break;
            case PadOperation pad:
                Accumulate(x, x.Shape.Sizes.Select((size, axis) => (Size: size, Axis: axis))
                    .Aggregate(gradient, (inner, part) => _builder.Slice(inner, part.Axis, pad.Before[part.Axis], part.Size)));
                break;
            case ConcatOperation concat:
                int start = 0;
                foreach (Node part in node.Operands)
                {
                    int length = part.Shape[concat.Axis];
                    Node own = _builder.Slice(gradient, concat.Axis, start, length);
                    Accumulate(part, part.IsBatched == node.IsBatched ? own : SumOfRepetitions.Run(_builder, own, part.Shape, part.IsBatched));
                    start += length;
                }

                break;
            case TransposeOperation transpose:
                Accumulate(x, _builder.Transpose(gradient, [.. Enumerable.Range(0, transpose.Order.Count).Select(axis => transpose.Order.ToList().IndexOf(axis))]));
                break;
            case ReverseOperation reverse:
                Accumulate(x, _builder.Reverse(gradient, reverse.Axis));
                break;
            case GatherOperation:
                Accumulate(x, _builder.Make(new ScatterAddOperation(x.Shape[0]), [gradient, node.Operands[1]]));
                break;

            // y = max x: dx = g at the place of the first maximum; y = sum x: dx = g at every place; and the transpose of that
            case WindowOperation { Kind: WindowKind.Max } window:
                Accumulate(x, _builder.WindowScatter(window.Axes, x.Shape, gradient, _builder.Window(WindowKind.Index, x, window.Axes)));
                break;
            case WindowOperation { Kind: WindowKind.Sum } window:
                Accumulate(x, _builder.WindowScatter(window.Axes, x.Shape, gradient));
                break;
            case WindowOperation:
                break; // an index is flat
            case WindowScatterOperation scatter when node.Operands.Count == 1:
                Accumulate(x, _builder.Window(WindowKind.Sum, gradient, scatter.Axes));
                break;
            default:
                throw new InvalidOperationException($"{node.Operation.Name} has no gradient.");
        }
    }

    // gradient * derivative as one operation, reading only what the derivative does: the arguments, the result, or both.
    private Node ChainRule(Node gradient, ElementwiseOperation function, int argument, ScalarExpression derivative, Node node)
    {
        if (derivative.IsConstant)
        {
            return _builder.Multiply(gradient, _builder.Constant(derivative.Number));
        }

        var operands = new List<Node> { gradient };
        var renamed = new ScalarExpression[function.Arity + 1];
        for (int i = 0; i <= function.Arity; i++)
        {
            renamed[i] = ScalarExpression.Argument(operands.Count);
            if (derivative.Uses(i))
            {
                operands.Add(i == function.Arity ? node : node.Operands[i]);
            }
        }

        ScalarExpression formula = derivative.Substitute(renamed);
        return formula.Operation == ScalarOperation.Argument
            ? _builder.Multiply(gradient, operands[1])
            : _builder.Apply(ElementwiseOperation.Derive($"d{argument.ToString(CultureInfo.InvariantCulture)}.{function.Name}", operands.Count, ScalarExpression.Argument(0) * formula), [.. operands]);
    }

    // The gradient of an operand that was repeated is the sum over its repetitions.
    private Node ReduceTo(Node gradient, Node operand, Node node)
    {
        Node full = _builder.Broadcast(gradient, node.Shape, node.IsBatched);
        if (operand.Shape == node.Shape && operand.IsBatched == node.IsBatched)
        {
            return full;
        }

        Node reduced = full;
        if (operand.Shape.Length == 1)
        {
            // One value per sample, or one in all.
            reduced = _builder.SumSample(reduced);
            reduced = operand.IsBatched || !reduced.IsBatched ? reduced : _builder.SumRows(reduced);
            return _builder.Reshape(reduced, operand.Shape);
        }

        if (!operand.IsBatched && operand.Shape.Length == node.Shape[-1] && operand.Shape[-1] == node.Shape[-1])
        {
            return _builder.Reshape(_builder.SumRows(reduced), operand.Shape);
        }

        if (operand.IsBatched == node.IsBatched && operand.Shape.Rank == node.Shape.Rank && operand.Shape[-1] == 1
            && operand.Shape.Sizes.Take(operand.Shape.Rank - 1).SequenceEqual(node.Shape.Sizes.Take(node.Shape.Rank - 1)))
        {
            return _builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, reduced);
        }

        if (!operand.IsBatched && node.IsBatched && operand.Shape.Length == node.Shape.Length)
        {
            return _builder.Reshape(_builder.SumRows(_builder.Reshape(reduced, new Shape((int)node.Shape.Length))), operand.Shape);
        }

        return SumOfRepetitions.Run(_builder, reduced, operand.Shape, operand.IsBatched);
    }

    private void Accumulate(Node node, Node gradient)
    {
        if (DependsOnVariable(node))
        {
            _gradients[node] = _gradients.TryGetValue(node, out Node? other) ? _builder.Add(other, gradient) : gradient;
        }
    }

    private bool DependsOnVariable(Node node)
    {
        if (!_dependsOnVariable.TryGetValue(node, out bool depends))
        {
            depends = node.Operation is InputOperation input ? _isVariable(input) : node.Operands.Any(DependsOnVariable);
            _dependsOnVariable.Add(node, depends);
        }

        return depends;
    }
}
