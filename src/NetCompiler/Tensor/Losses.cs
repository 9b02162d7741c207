namespace NetCompiler;

/// <summary>
/// The built-in losses, for use inside loss methods: output and target of one shape in, one value per sample (shape ()) out. They are read
/// by the generator, never executed.
/// </summary>
public static class Losses
{
    /// <inheritdoc cref="Loss.MeanSquaredError"/>
    public static Tensor MeanSquaredError(Tensor output, Tensor target) => throw Tensor.NeverExecuted();

    /// <inheritdoc cref="Loss.MeanAbsoluteError"/>
    public static Tensor MeanAbsoluteError(Tensor output, Tensor target) => throw Tensor.NeverExecuted();

    /// <inheritdoc cref="Loss.Huber"/>
    /// <param name="output">The network's output.</param>
    /// <param name="target">The target, of the same shape.</param>
    /// <param name="delta">Where the loss turns from quadratic to linear; above 0.</param>
    public static Tensor Huber(Tensor output, Tensor target, double delta = 1) => throw Tensor.NeverExecuted();

    /// <inheritdoc cref="Loss.BinaryCrossentropy"/>
    /// <param name="output">Probabilities, or logits.</param>
    /// <param name="target">The target, of the same shape, from 0 to 1.</param>
    /// <param name="fromLogits">Whether the output holds logits.</param>
    /// <param name="labelSmoothing">The share of the target that is spread evenly.</param>
    public static Tensor BinaryCrossentropy(Tensor output, Tensor target, bool fromLogits = false, double labelSmoothing = 0) => throw Tensor.NeverExecuted();

    /// <inheritdoc cref="Loss.CategoricalCrossentropy"/>
    /// <param name="output">A distribution over the last axis, or logits.</param>
    /// <param name="target">The target distribution, of the same shape.</param>
    /// <param name="fromLogits">Whether the output holds logits.</param>
    /// <param name="labelSmoothing">The share of the target that is spread evenly over all classes.</param>
    public static Tensor CategoricalCrossentropy(Tensor output, Tensor target, bool fromLogits = false, double labelSmoothing = 0) => throw Tensor.NeverExecuted();

    /// <inheritdoc cref="Loss.SparseCategoricalCrossentropy"/>
    /// <param name="output">A distribution over the last axis, or logits.</param>
    /// <param name="target">One class per distribution, declared by <see cref="TokensAttribute"/>.</param>
    /// <param name="fromLogits">Whether the output holds logits.</param>
    /// <param name="labelSmoothing">The share of the target that is spread evenly over all classes.</param>
    public static Tensor SparseCategoricalCrossentropy(Tensor output, Tensor target, bool fromLogits = false, double labelSmoothing = 0) => throw Tensor.NeverExecuted();

    /// <inheritdoc cref="Loss.NegativeLogLikelihood"/>
    public static Tensor NegativeLogLikelihood(Tensor output, Tensor target) => throw Tensor.NeverExecuted();

    /// <inheritdoc cref="Loss.KullbackLeibler"/>
    public static Tensor KullbackLeibler(Tensor output, Tensor target) => throw Tensor.NeverExecuted();

    /// <inheritdoc cref="Loss.Hinge"/>
    public static Tensor Hinge(Tensor output, Tensor target) => throw Tensor.NeverExecuted();

    /// <inheritdoc cref="Loss.CosineSimilarity"/>
    public static Tensor CosineSimilarity(Tensor output, Tensor target) => throw Tensor.NeverExecuted();

    /// <inheritdoc cref="Loss.Perceptron"/>
    public static Tensor Perceptron(Tensor output, Tensor target) => throw Tensor.NeverExecuted();
}
