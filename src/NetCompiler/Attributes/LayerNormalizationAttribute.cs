namespace NetCompiler;

/// <summary>
/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta, with the mean and the (biased) variance of the last axis at each place (Ba et al. 2016). The
/// shape stays. The weights are <c>gamma</c> and <c>beta</c> (C).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class LayerNormalizationAttribute : AffineNormalizationAttribute;
