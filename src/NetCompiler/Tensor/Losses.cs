namespace NetCompiler;

/// <summary>
/// The built-in losses, for use inside loss methods: output and target in, one value per sample (shape ()) out. They are read by the
/// generator, never executed.
/// </summary>
/// <remarks>
/// The target has the output's shape; that of SparseCategoricalCrossentropy and NegativeLogLikelihood holds one class per distribution and
/// is declared by <see cref="TokensAttribute"/>. Outputs are probabilities, not logits, nothing is smoothed, and Huber's delta is 1.
/// </remarks>
public static class Losses
{
    /// <inheritdoc cref="Loss.MeanSquaredError"/>
    public static Tensor MeanSquaredError(Tensor output, Tensor target) => throw Tensor.NeverExecuted();

    /// <inheritdoc cref="Loss.MeanAbsoluteError"/>
    public static Tensor MeanAbsoluteError(Tensor output, Tensor target) => throw Tensor.NeverExecuted();

    /// <inheritdoc cref="Loss.Huber"/>
    public static Tensor Huber(Tensor output, Tensor target) => throw Tensor.NeverExecuted();

    /// <inheritdoc cref="Loss.BinaryCrossentropy"/>
    public static Tensor BinaryCrossentropy(Tensor output, Tensor target) => throw Tensor.NeverExecuted();

    /// <inheritdoc cref="Loss.CategoricalCrossentropy"/>
    public static Tensor CategoricalCrossentropy(Tensor output, Tensor target) => throw Tensor.NeverExecuted();

    /// <inheritdoc cref="Loss.SparseCategoricalCrossentropy"/>
    public static Tensor SparseCategoricalCrossentropy(Tensor output, Tensor target) => throw Tensor.NeverExecuted();

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
