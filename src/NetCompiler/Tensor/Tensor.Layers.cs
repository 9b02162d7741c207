namespace NetCompiler;

/// <content>The layers, with the options of their attributes and the layer's name last.</content>
public sealed partial class Tensor
{
    /// <summary>y = activation(x W + b) over the last axis: (.., in) becomes (.., units). The options are those of <see cref="DenseAttribute"/>.</summary>
    /// <param name="units">The number of outputs.</param>
    /// <param name="activation">What is applied to the result.</param>
    /// <param name="activationAlpha">The number that LeakyRelu and Elu take; NaN for their default.</param>
    /// <param name="activationMethod">The name of a static method to apply instead, or empty.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel starts.</param>
    /// <param name="kernelScale">The number of the kernel's initializer; NaN for its default.</param>
    /// <param name="biasInitializer">How the bias starts.</param>
    /// <param name="biasScale">The number of the bias's initializer; NaN for its default.</param>
    /// <param name="kernelL1">The factor in the loss of the sum of the kernel's absolute values.</param>
    /// <param name="kernelL2">The factor in the loss of the sum of the kernel's squares.</param>
    /// <param name="biasL1">The factor in the loss of the sum of the bias's absolute values.</param>
    /// <param name="biasL2">The factor in the loss of the sum of the bias's squares.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor Dense(
        int units,
        Activation activation = NetCompiler.Activation.Linear,
        double activationAlpha = double.NaN,
        string activationMethod = "",
        bool useBias = true,
        Initializer kernelInitializer = Initializer.GlorotUniform,
        double kernelScale = double.NaN,
        Initializer biasInitializer = Initializer.Zeros,
        double biasScale = double.NaN,
        double kernelL1 = 0,
        double kernelL2 = 0,
        double biasL1 = 0,
        double biasL2 = 0,
        string[]? formerNames = null,
        string? name = null) => throw NeverExecuted();

    /// <summary>y = activation(x), element by element or, for the softmaxes, over the last axis.</summary>
    /// <param name="activation">The function.</param>
    /// <param name="activationAlpha">The number that LeakyRelu and Elu take; NaN for their default.</param>
    /// <param name="activationMethod">The name of a static method to apply instead, or empty.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor Activation(Activation activation = NetCompiler.Activation.Linear, double activationAlpha = double.NaN, string activationMethod = "", string? name = null) =>
        throw NeverExecuted();

    /// <summary>In training, zeroes a fraction of the values and divides the others by what remains; in inference, nothing.</summary>
    /// <param name="rate">The fraction that is dropped, at least 0 and below 1.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor Dropout(double rate, string? name = null) => throw NeverExecuted();

    /// <summary>All axes become one, in row-major order.</summary>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor Flatten(string? name = null) => throw NeverExecuted();

    /// <summary>The same values, in row-major order, under another shape.</summary>
    /// <param name="shape">The new shape of one sample; one axis may be -1 and takes what is left.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor Reshape(ReadOnlySpan<int> shape, string? name = null) => throw NeverExecuted();

    /// <summary>y = (x - mean) / max(sqrt(variance), 1e-7) for each feature of the last axis, with statistics that <c>Adapt</c> measures.</summary>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor Normalization(string[]? formerNames = null, string? name = null) => throw NeverExecuted();
}
