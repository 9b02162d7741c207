namespace NetCompiler;

/// <summary>
/// y = gamma x / sqrt(mean(x^2) + epsilon), with the mean over the last axis at each place (Zhang and Sennrich 2019). The shape stays. The
/// weight is <c>gamma</c> (C).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class RmsNormalizationAttribute : LayerAttribute
{
    /// <summary>What is added to the mean square, above 0.</summary>
    public double Epsilon { get; set; } = 1e-6;

    /// <summary>How <c>gamma</c> starts.</summary>
    public Initializer GammaInitializer { get; set; } = Initializer.Ones;

    /// <summary>The number of <see cref="GammaInitializer"/>; NaN for its default.</summary>
    public double GammaScale { get; set; } = double.NaN;

    /// <summary>The factor in the loss of the sum of gamma's absolute values.</summary>
    public double GammaL1 { get; set; }

    /// <summary>The factor in the loss of the sum of gamma's squares.</summary>
    public double GammaL2 { get; set; }
}
