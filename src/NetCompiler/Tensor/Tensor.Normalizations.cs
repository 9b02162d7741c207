namespace NetCompiler;

/// <content>The normalizations and noise, with the options of their attributes and the layer's name last. The shape stays.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// y = gamma (x - mean) / sqrt(variance + epsilon) + beta for each channel of the last axis, with the statistics of the batch in training
    /// and moving ones in inference. The options and weights are those of <see cref="BatchNormalizationAttribute"/>.
    /// </summary>
    /// <param name="momentum">The share of the moving statistics that stays at each step; PyTorch's is 1 minus this.</param>
    /// <param name="epsilon">What is added to the variance, above 0.</param>
    /// <param name="center">Whether <c>beta</c> is added.</param>
    /// <param name="scale">Whether the result is multiplied by <c>gamma</c>.</param>
    /// <param name="betaInitializer">How <c>beta</c> starts.</param>
    /// <param name="gammaInitializer">How <c>gamma</c> starts.</param>
    /// <param name="betaScale">The number of beta's initializer; NaN for its default.</param>
    /// <param name="gammaScale">The number of gamma's initializer; NaN for its default.</param>
    /// <param name="betaL1">The factor in the loss of the sum of beta's absolute values.</param>
    /// <param name="betaL2">The factor in the loss of the sum of beta's squares.</param>
    /// <param name="gammaL1">The factor in the loss of the sum of gamma's absolute values.</param>
    /// <param name="gammaL2">The factor in the loss of the sum of gamma's squares.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor BatchNormalization(
        double momentum = 0.99,
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        Initializer betaInitializer = Initializer.Zeros,
        Initializer gammaInitializer = Initializer.Ones,
        double betaScale = double.NaN,
        double gammaScale = double.NaN,
        double betaL1 = 0,
        double betaL2 = 0,
        double gammaL1 = 0,
        double gammaL2 = 0,
        string[]? formerNames = null,
        string? name = null) => throw NeverExecuted();

    /// <summary>
    /// y = gamma (x - mean) / sqrt(variance + epsilon) + beta, with the mean and the (biased) variance of the last axis at each place. The
    /// weights are <c>gamma</c> and <c>beta</c> (C).
    /// </summary>
    /// <param name="epsilon">What is added to the variance, above 0.</param>
    /// <param name="center">Whether <c>beta</c> is added.</param>
    /// <param name="scale">Whether the result is multiplied by <c>gamma</c>.</param>
    /// <param name="betaInitializer">How <c>beta</c> starts.</param>
    /// <param name="gammaInitializer">How <c>gamma</c> starts.</param>
    /// <param name="betaScale">The number of beta's initializer; NaN for its default.</param>
    /// <param name="gammaScale">The number of gamma's initializer; NaN for its default.</param>
    /// <param name="betaL1">The factor in the loss of the sum of beta's absolute values.</param>
    /// <param name="betaL2">The factor in the loss of the sum of beta's squares.</param>
    /// <param name="gammaL1">The factor in the loss of the sum of gamma's absolute values.</param>
    /// <param name="gammaL2">The factor in the loss of the sum of gamma's squares.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor LayerNormalization(
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        Initializer betaInitializer = Initializer.Zeros,
        Initializer gammaInitializer = Initializer.Ones,
        double betaScale = double.NaN,
        double gammaScale = double.NaN,
        double betaL1 = 0,
        double betaL2 = 0,
        double gammaL1 = 0,
        double gammaL2 = 0,
        string[]? formerNames = null,
        string? name = null) => throw NeverExecuted();

    /// <summary>
    /// y = gamma (x - mean) / sqrt(variance + epsilon) + beta, with the mean and the (biased) variance of each group of neighbouring channels
    /// over all places of the sample. The weights are <c>gamma</c> and <c>beta</c> (C).
    /// </summary>
    /// <param name="groups">The number of groups, which divides the number of channels.</param>
    /// <param name="epsilon">What is added to the variance, above 0.</param>
    /// <param name="center">Whether <c>beta</c> is added.</param>
    /// <param name="scale">Whether the result is multiplied by <c>gamma</c>.</param>
    /// <param name="betaInitializer">How <c>beta</c> starts.</param>
    /// <param name="gammaInitializer">How <c>gamma</c> starts.</param>
    /// <param name="betaScale">The number of beta's initializer; NaN for its default.</param>
    /// <param name="gammaScale">The number of gamma's initializer; NaN for its default.</param>
    /// <param name="betaL1">The factor in the loss of the sum of beta's absolute values.</param>
    /// <param name="betaL2">The factor in the loss of the sum of beta's squares.</param>
    /// <param name="gammaL1">The factor in the loss of the sum of gamma's absolute values.</param>
    /// <param name="gammaL2">The factor in the loss of the sum of gamma's squares.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor GroupNormalization(
        int groups = 32,
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        Initializer betaInitializer = Initializer.Zeros,
        Initializer gammaInitializer = Initializer.Ones,
        double betaScale = double.NaN,
        double gammaScale = double.NaN,
        double betaL1 = 0,
        double betaL2 = 0,
        double gammaL1 = 0,
        double gammaL2 = 0,
        string[]? formerNames = null,
        string? name = null) => throw NeverExecuted();

    /// <summary>y = gamma x / sqrt(mean(x^2) + epsilon), with the mean over the last axis at each place. The weight is <c>gamma</c> (C).</summary>
    /// <param name="epsilon">What is added to the mean square, above 0.</param>
    /// <param name="gammaInitializer">How <c>gamma</c> starts.</param>
    /// <param name="gammaScale">The number of gamma's initializer; NaN for its default.</param>
    /// <param name="gammaL1">The factor in the loss of the sum of gamma's absolute values.</param>
    /// <param name="gammaL2">The factor in the loss of the sum of gamma's squares.</param>
    /// <param name="formerNames">Names under which older weight files hold the layer.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor RmsNormalization(
        double epsilon = 1e-6,
        Initializer gammaInitializer = Initializer.Ones,
        double gammaScale = double.NaN,
        double gammaL1 = 0,
        double gammaL2 = 0,
        string[]? formerNames = null,
        string? name = null) => throw NeverExecuted();

    /// <summary>In training, adds normal noise with mean 0; in inference, nothing.</summary>
    /// <param name="deviation">The standard deviation of the noise, at least 0.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor GaussianNoise(double deviation, string? name = null) => throw NeverExecuted();
}
