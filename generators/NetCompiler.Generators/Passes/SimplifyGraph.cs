using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Losses;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Passes;

/// <summary>
/// Replaces expressions by equal ones that are cheaper or more exact, until nothing changes. Before the gradients, so that a softmax or
/// sigmoid under a cross-entropy is differentiated as one (p - y); after them, to fold what they left.
/// </summary>
internal static class SimplifyGraph
{
    private const int MostRounds = 8;

    private static readonly GraphRewriter.Rule[] Rules =
    [
        CrossentropyOfSoftmax, CrossentropyOfSigmoid, SumOfOneHot, NeutralOperand, FoldConstants, ImplicitBroadcast, LateBroadcast, CommonFactor, OuterProduct, OneFeature, SumOverOneFeature, ReshapeOfReshape,
        SimplifyMoves.SumOfNeighbours, SimplifyMoves.ConcatOfConcat, SimplifyMoves.SliceOfConcat,
        MaximumOfRectified, MaximumOfShifted,
    ];

    public static NetworkGraph Run(NetworkGraph graph)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            NetworkGraph simpler = GraphRewriter.Run(graph, ApplyRules);
            if (GraphComparison.AreAlike(graph, simpler))
            {
                return simpler;
            }

            graph = simpler;
        }

        return graph;
    }

    private static Node? ApplyRules(GraphBuilder builder, Node node, IReadOnlyList<Node> operands)
    {
        foreach (GraphRewriter.Rule rule in Rules)
        {
            if (rule(builder, node, operands) is { } replacement)
            {
                return replacement;
            }
        }

        return null;
    }

    // log(clip(softmax(z))) = log_softmax(z), exactly and without the clipping
    private static Node? CrossentropyOfSoftmax(GraphBuilder builder, Node node, IReadOnlyList<Node> operands) =>
        Is(node, Elementwise.Log) && Is(operands[0], LossLowering.ProbabilityClip)
            && operands[0].Operands[0] is { Operation: SoftmaxOperation { IsLogarithm: false } } softmax
            ? builder.Softmax(softmax.Operands[0], logarithm: true)
            : null;

    // binary_crossentropy(sigmoid(z), t) = softplus(z) - z t
    private static Node? CrossentropyOfSigmoid(GraphBuilder builder, Node node, IReadOnlyList<Node> operands) =>
        Is(node, LossLowering.BinaryCrossentropy) && Is(operands[0], Elementwise.Sigmoid)
            ? builder.Apply(Elementwise.BinaryCrossentropyFromLogits, operands[0].Operands[0], operands[1])
            : null;

    // sum over n of [n == t] s = s, when s does not depend on n; the class t is checked to be one of them
    private static Node? SumOfOneHot(GraphBuilder builder, Node node, IReadOnlyList<Node> operands)
    {
        if (node.Operation is ReduceOperation { Kind: ReduceKind.Sum, Extent: ReduceExtent.LastAxis } && Is(operands[0], Elementwise.Multiply))
        {
            for (int i = 0; i < 2; i++)
            {
                Node oneHot = operands[0].Operands[i], factor = operands[0].Operands[1 - i];
                factor = factor.Operation is BroadcastOperation ? factor.Operands[0] : factor;
                if (Is(oneHot, Elementwise.Equal) && oneHot.Operands[0].Operation is IotaOperation && factor.Shape == node.Shape && factor.IsBatched == node.IsBatched)
                {
                    return factor;
                }
            }
        }

        return null;
    }

    // x 1 = x, x + 0 = x, x - 0 = x, x / 1 = x
    private static Node? NeutralOperand(GraphBuilder builder, Node node, IReadOnlyList<Node> operands)
    {
        if (Is(node, Elementwise.Multiply) || Is(node, Elementwise.Add))
        {
            double neutral = Is(node, Elementwise.Add) ? 0 : 1;
            return IsConstant(operands[1], neutral) ? Same(node, operands[0]) : IsConstant(operands[0], neutral) ? Same(node, operands[1]) : null;
        }

        if (Is(node, Elementwise.Subtract) || Is(node, Elementwise.Divide))
        {
            return IsConstant(operands[1], Is(node, Elementwise.Subtract) ? 0 : 1) ? Same(node, operands[0]) : null;
        }

        return null;
    }

    // f(1, 2) is a number; (x c) d = x (c d)
    private static Node? FoldConstants(GraphBuilder builder, Node node, IReadOnlyList<Node> operands)
    {
        if (node.Operation is BroadcastOperation && operands[0].Operation is ConstantOperation && node.Shape == Shape.Scalar && !node.IsBatched)
        {
            return operands[0];
        }

        if (node.Operation is not ElementwiseNodeOperation elementwise)
        {
            return null;
        }

        if (operands.All(operand => operand.Operation is ConstantOperation))
        {
            return builder.Constant(ScalarEvaluator.Evaluate(elementwise.Function.Value, [.. operands.Select(operand => ((ConstantOperation)operand.Operation).Value)]));
        }

        if (Is(node, Elementwise.Multiply) && operands[1].Operation is ConstantOperation outer && Is(operands[0], Elementwise.Multiply)
            && operands[0].Operands[1].Operation is ConstantOperation inner)
        {
            return builder.Scale(operands[0].Operands[0], inner.Value * outer.Value);
        }

        // Constants go to the right, where the other rules look for them.
        return (Is(node, Elementwise.Multiply) || Is(node, Elementwise.Add)) && operands[0].Operation is ConstantOperation
            ? builder.Make(node.Operation, [operands[1], operands[0]])
            : null;
    }

    // f(broadcast(x), y) = f(x, y) when y has the whole shape: elementwise operations repeat by themselves
    private static Node? ImplicitBroadcast(GraphBuilder builder, Node node, IReadOnlyList<Node> operands)
    {
        if (node.Operation is not ElementwiseNodeOperation || operands.Count < 2)
        {
            return null;
        }

        for (int i = 0; i < operands.Count; i++)
        {
            if (operands[i].Operation is BroadcastOperation)
            {
                Node[] shorter = [.. operands];
                shorter[i] = operands[i].Operands[0];
                if (ShapeRules.Infer(node.Operation, shorter) == (node.Shape, node.IsBatched))
                {
                    return builder.Make(node.Operation, shorter);
                }
            }
        }

        return null;
    }

    // f(broadcast(x), 2) = broadcast(f(x, 2)): on the few values, and so that other rules see what is the same along an axis
    private static Node? LateBroadcast(GraphBuilder builder, Node node, IReadOnlyList<Node> operands)
    {
        Node[] repeated = [.. operands.Where(operand => operand.Operation is BroadcastOperation)];
        if (node.Operation is not ElementwiseNodeOperation || repeated.Length == 0
            || repeated.Any(operand => operand.Operands[0].Shape != repeated[0].Operands[0].Shape || operand.Operation != repeated[0].Operation)
            || operands.Any(operand => operand.Operation is not (BroadcastOperation or ConstantOperation)))
        {
            return null;
        }

        Node few = builder.Make(node.Operation, [.. operands.Select(operand => operand.Operation is BroadcastOperation ? operand.Operands[0] : operand)]);
        return builder.Broadcast(few, node.Shape, node.IsBatched);
    }

    // a c - b c = (a - b) c
    private static Node? CommonFactor(GraphBuilder builder, Node node, IReadOnlyList<Node> operands)
    {
        if (Is(node, Elementwise.Subtract) && Is(operands[0], Elementwise.Multiply) && Is(operands[1], Elementwise.Multiply))
        {
            foreach (Node factor in operands[0].Operands)
            {
                if (operands[1].Operands.Contains(factor))
                {
                    Node a = Other(operands[0], factor), b = Other(operands[1], factor);
                    return builder.Multiply(builder.Subtract(a, b), factor);
                }
            }
        }

        return null;
    }

    // sum over one n of dy[r, n] W[k, n] = dy[r] W[k]
    private static Node? OuterProduct(GraphBuilder builder, Node node, IReadOnlyList<Node> operands) =>
        node.Operation is ContractOperation contract && contract.Right == "kn" && contract.Left.EndsWith("n", StringComparison.Ordinal)
            && contract.Result.EndsWith("k", StringComparison.Ordinal) && operands[1].Shape[1] == 1
            ? builder.Multiply(operands[0], builder.Reshape(operands[1], new Shape(operands[1].Shape[0])))
            : null;

    // sum over one k of x[r, k] W[k, n] = x[r] W[n], for sequences of single values
    private static Node? OneFeature(GraphBuilder builder, Node node, IReadOnlyList<Node> operands) =>
        node.Operation is ContractOperation { Left.Length: > 2, Right: "kn" } contract && contract.Left.EndsWith("k", StringComparison.Ordinal)
            && contract.Result.EndsWith("n", StringComparison.Ordinal) && operands[1].Shape[0] == 1
            ? builder.Multiply(operands[0], builder.Reshape(operands[1], new Shape(operands[1].Shape[1])))
            : null;

    // sum over n of dy[r, n] W[k, n] with one k = sum over n of dy[r, n] W[n]
    private static Node? SumOverOneFeature(GraphBuilder builder, Node node, IReadOnlyList<Node> operands) =>
        node.Operation is ContractOperation { Left.Length: > 2, Right: "kn" } contract && contract.Left.EndsWith("n", StringComparison.Ordinal)
            && contract.Result.EndsWith("k", StringComparison.Ordinal) && operands[1].Shape[0] == 1
            ? builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, builder.Multiply(operands[0], builder.Reshape(operands[1], new Shape(operands[1].Shape[1]))))
            : null;

    private static Node? ReshapeOfReshape(GraphBuilder builder, Node node, IReadOnlyList<Node> operands) =>
        node.Operation is ReshapeOperation reshape && operands[0].Operation is ReshapeOperation
            ? builder.Reshape(operands[0].Operands[0], reshape.Shape)
            : node.Operation is ReshapeOperation same && same.Shape == operands[0].Shape ? operands[0] : null;

    // max over a window of relu(x) = relu(max over the window of x), on fewer values; NaN and equal values included
    private static Node? MaximumOfRectified(GraphBuilder builder, Node node, IReadOnlyList<Node> operands) =>
        node.Operation is WindowOperation { Kind: WindowKind.Max } && Is(operands[0], Elementwise.Relu)
            ? builder.Apply(Elementwise.Relu, builder.Make(node.Operation, [operands[0].Operands[0]]))
            : null;

    // max over a window of (x + c) = (max over the window of x) + c for one c per channel, rounding included, since rounding is monotone
    private static Node? MaximumOfShifted(GraphBuilder builder, Node node, IReadOnlyList<Node> operands)
    {
        if (node.Operation is WindowOperation { Kind: WindowKind.Max } && Is(operands[0], Elementwise.Add))
        {
            for (int i = 0; i < 2; i++)
            {
                Node x = operands[0].Operands[i], shift = operands[0].Operands[1 - i];
                if (x.Shape == operands[0].Shape && x.IsBatched == operands[0].IsBatched && !shift.IsBatched && shift.Shape.Rank > 0 && shift.Shape.Length == shift.Shape[-1])
                {
                    return builder.Add(builder.Make(node.Operation, [x]), shift);
                }
            }
        }

        return null;
    }

    private static Node Other(Node product, Node factor) => product.Operands[0] == factor ? product.Operands[1] : product.Operands[0];

    private static Node? Same(Node node, Node operand) => operand.Shape == node.Shape && operand.IsBatched == node.IsBatched ? operand : null;

    private static bool IsConstant(Node node, double value) => node.Operation is ConstantOperation constant && constant.Value == value;

    private static bool Is(Node node, ElementwiseOperation function) => node.Operation is ElementwiseNodeOperation elementwise && elementwise.Function == function;
}
