namespace NetCompiler;

/// <summary>What batch, layer and group normalization share: y = gamma (x - mean) / sqrt(variance + epsilon) + beta, gamma and beta being trained, one of each per channel.</summary>
public abstract class AffineNormalizationAttribute : LayerAttribute
{
    private protected AffineNormalizationAttribute()
    {
    }

    /// <summary>What is added to the variance, above 0.</summary>
    public double Epsilon { get; set; } = 1e-3;

    /// <summary>Whether <c>beta</c> is added.</summary>
    public bool Center { get; set; } = true;

    /// <summary>Whether the result is multiplied by <c>gamma</c>.</summary>
    public bool Scale { get; set; } = true;

    /// <summary>How <c>beta</c> starts.</summary>
    public Initializer BetaInitializer { get; set; } = Initializer.Zeros;

    /// <summary>How <c>gamma</c> starts.</summary>
    public Initializer GammaInitializer { get; set; } = Initializer.Ones;

    /// <summary>The number of <see cref="BetaInitializer"/>; NaN for its default.</summary>
    public double BetaScale { get; set; } = double.NaN;

    /// <summary>The number of <see cref="GammaInitializer"/>; NaN for its default.</summary>
    public double GammaScale { get; set; } = double.NaN;

    /// <summary>The factor in the loss of the sum of beta's absolute values.</summary>
    public double BetaL1 { get; set; }

    /// <summary>The factor in the loss of the sum of beta's squares.</summary>
    public double BetaL2 { get; set; }

    /// <summary>The factor in the loss of the sum of gamma's absolute values.</summary>
    public double GammaL1 { get; set; }

    /// <summary>The factor in the loss of the sum of gamma's squares.</summary>
    public double GammaL2 { get; set; }
}
