using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Losses;

/// <summary>The losses as primitives: one value per sample, of shape (1); or one for the batch, when a loss method reduces over it.</summary>
internal static class LossLowering
{
    /// <summary>Probabilities are kept this far from 0 and 1 before a logarithm, as in Keras.</summary>
    private const double Clipping = 1e-7;

    /// <summary>What a probability passes before its logarithm; after a softmax, which needs none, it is dropped.</summary>
    public static ElementwiseOperation ProbabilityClip { get; } = Elementwise.Clip(Clipping, 1);

    /// <param name="builder">The graph.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="outputs">The outputs it judges.</param>
    /// <param name="targets">Its targets; class indices have the shape of the output without its last axis.</param>
    /// <param name="settings">Its run-time settings.</param>
    /// <param name="masks">Which steps of each output count, (T), or null where all do.</param>
    public static Node Lower(GraphBuilder builder, LossSpec loss, IReadOnlyList<Node> outputs, IReadOnlyList<Node> targets, IReadOnlyList<Node> settings, IReadOnlyList<Node?> masks)
    {
        if (loss.Function is { } function)
        {
            return Mean(builder, masks[0], builder.Apply(UserFunction.ToOperation(function), outputs[0], targets[0]));
        }

        if (loss.Operations.Count > 0)
        {
            return TensorProgram.Lower(builder, loss.Operations, [.. outputs, .. targets, .. settings], [.. masks, .. new Node?[targets.Count + settings.Count]]);
        }

        return Lower(builder, loss.Kind, outputs[0], targets[0], loss.FromLogits, loss.LabelSmoothing, loss.Delta, masks[0]);
    }

    /// <summary>A built-in loss of one output and one target.</summary>
    public static Node Lower(GraphBuilder builder, string kind, Node output, Node target, bool fromLogits, double labelSmoothing, double delta, Node? mask = null)
    {
        switch (kind)
        {
            // mean (y - t)^2
            case "MeanSquaredError":
                return Mean(builder, mask, builder.Apply(Elementwise.Square, builder.Subtract(output, target)));
            case "MeanAbsoluteError":
                return Mean(builder, mask, builder.Apply(Elementwise.Abs, builder.Subtract(output, target)));
            case "Huber":
                return Mean(builder, mask, builder.Apply(Elementwise.Huber(delta), builder.Subtract(output, target)));

            // mean of -(t log p + (1 - t) log(1 - p)), t moved towards 1/2 by the smoothing
            case "BinaryCrossentropy":
                Node smoothed = Smooth(builder, target, labelSmoothing, labelSmoothing / 2);
                return Mean(builder, mask, builder.Apply(fromLogits ? Elementwise.BinaryCrossentropyFromLogits : BinaryCrossentropy, output, smoothed));

            // -sum t log p
            case "CategoricalCrossentropy":
                return Categorical(builder, mask, output, Smooth(builder, target, labelSmoothing, labelSmoothing / output.Shape[-1]), fromLogits);
            case "SparseCategoricalCrossentropy":
                return Categorical(builder, mask, output, Smooth(builder, OneHot(builder, output, target), labelSmoothing, labelSmoothing / output.Shape[-1]), fromLogits);

            // -y[t], y being logarithms
            case "NegativeLogLikelihood":
                return Steps(builder, mask, builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis,
                    builder.Apply(Elementwise.Negate, builder.Multiply(OneHot(builder, output, target), output))));

            // sum t log(t / p), both clipped as in Keras
            case "KullbackLeibler":
                Node t = builder.Apply(ProbabilityClip, target), p = builder.Apply(ProbabilityClip, output);
                return Steps(builder, mask, builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis,
                    builder.Multiply(t, builder.Apply(Elementwise.Log, builder.Apply(Elementwise.Divide, t, p)))));

            // mean of max(0, 1 - t y)
            case "Hinge":
                return Mean(builder, mask, builder.Apply(Elementwise.Relu, builder.Subtract(builder.Constant(1), builder.Multiply(target, output))));

            // -sum t y / (|t| |y|)
            case "CosineSimilarity":
                return Steps(builder, mask, builder.Apply(Elementwise.Negate, builder.Apply(Elementwise.Divide, Dot(builder, target, output),
                    builder.Multiply(Norm(builder, target), Norm(builder, output)))));

            // mean of (step(z) - t) z; step is flat, so the gradient is (step(z) - t)
            case "Perceptron":
                return Mean(builder, mask, builder.Multiply(builder.Subtract(output, target), BeforeStep(builder, output)));
            default:
                throw new InvalidOperationException($"{kind} is no loss.");
        }
    }

    /// <summary>-(t log p + (1 - t) log(1 - p)) with p clipped; becomes exact after a sigmoid.</summary>
    public static ElementwiseOperation BinaryCrossentropy { get; } = MakeBinaryCrossentropy();

    private static ElementwiseOperation MakeBinaryCrossentropy()
    {
        ScalarExpression t = ScalarExpression.Argument(1);
        ScalarExpression p = Elementwise.Clip(Clipping, 1 - Clipping).Value;
        ScalarExpression value = -((t * ScalarExpression.Of(ScalarOperation.Log, p)) + ((1.0 - t) * ScalarExpression.Of(ScalarOperation.Log, 1.0 - p)));
        return ElementwiseOperation.Derive("binary_crossentropy", 2, value);
    }

    // z of step(z), in the shape that the output was given since; dropout in between scales it as it scales the output.
    private static Node BeforeStep(GraphBuilder builder, Node output)
    {
        if (output.Operation is ElementwiseNodeOperation elementwise && elementwise.Function == Elementwise.Step)
        {
            return output.Operands[0];
        }

        return output.Operation is ReshapeOperation ? builder.Reshape(BeforeStep(builder, output.Operands[0]), output.Shape)
            : IsMasked(output) ? builder.Multiply(BeforeStep(builder, output.Operands[0]), output.Operands[1])
            : throw new InvalidOperationException("the perceptron loss needs an output that ends with Activation.Step");
    }

    private static bool IsMasked(Node node) => node.Operation is ElementwiseNodeOperation elementwise && elementwise.Function == Elementwise.Multiply
        && node.Operands[1].Operation is DropoutMaskOperation or ReshapeOperation;

    private static Node Categorical(GraphBuilder builder, Node? mask, Node output, Node target, bool fromLogits)
    {
        Node logarithms = fromLogits
            ? builder.Softmax(output, logarithm: true)
            : builder.Apply(Elementwise.Log, builder.Apply(ProbabilityClip, output));
        return Steps(builder, mask, builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis,
            builder.Apply(Elementwise.Negate, builder.Multiply(target, logarithms))));
    }

    private static Node OneHot(GraphBuilder builder, Node output, Node classes)
    {
        Node column = builder.Reshape(classes, new Shape([.. output.Shape.Sizes.Take(output.Shape.Rank - 1), 1]));
        return builder.Apply(Elementwise.Equal, builder.Iota(output.Shape[-1]), column);
    }

    private static Node Smooth(GraphBuilder builder, Node target, double smoothing, double floor) =>
        smoothing == 0 ? target : builder.Add(builder.Scale(target, 1 - smoothing), builder.Constant(floor));

    private static Node Dot(GraphBuilder builder, Node a, Node b) => builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, builder.Multiply(a, b));

    // max(|x|, 1e-12), the bound below the root, whose derivative at 0 is infinite
    private static Node Norm(GraphBuilder builder, Node x) =>
        builder.Apply(Elementwise.Sqrt, builder.Apply(Elementwise.Maximum, Dot(builder, x, x), builder.Constant(1e-24)));

    // The mean over every value of a sample, masked steps left out.
    public static Node Mean(GraphBuilder builder, Node? mask, Node x)
    {
        if (mask is null)
        {
            return builder.Scale(builder.SumSample(x), 1.0 / x.Shape.Length);
        }

        int steps = mask.Shape[0], values = (int)x.Shape.Length / steps;
        Node rows = builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, builder.Reshape(x, new Shape(steps, values)));
        return StepMasks.Mean(builder, builder.Reshape(builder.Scale(rows, 1.0 / values), new Shape(steps)), mask);
    }

    // The mean over the steps of a sequence: x has one value per step.
    private static Node Steps(GraphBuilder builder, Node? mask, Node x) =>
        x.Shape.Rank == 1 ? x : Mean(builder, mask, builder.Reshape(x, new Shape((int)x.Shape.Length)));
}
