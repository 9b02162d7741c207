namespace NetCompiler;

/// <summary>
/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta, with the mean and the (biased) variance of each group of neighbouring channels over all places of
/// the sample (Wu and He 2018). The shape stays. The weights are <c>gamma</c> and <c>beta</c> (C).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class GroupNormalizationAttribute : AffineNormalizationAttribute
{
    /// <summary>Declares the number of groups, which divides the number of channels.</summary>
    public GroupNormalizationAttribute(int groups = 32) => Groups = groups;

    /// <summary>The number of groups.</summary>
    public int Groups { get; }
}
