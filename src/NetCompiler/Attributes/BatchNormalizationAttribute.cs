namespace NetCompiler;

/// <summary>
/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta for each channel of the last axis. In training, mean and (biased) variance are those of the
/// batch and of all other axes; in inference, the moving ones, which training updates as moving = momentum moving + (1 - momentum) batch
/// (Ioffe and Szegedy 2015). The shape stays. The weights are <c>gamma</c> and <c>beta</c> (C), trained, and <c>moving_mean</c> and
/// <c>moving_variance</c> (C), which are saved with them and start at 0 and 1.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class BatchNormalizationAttribute : AffineNormalizationAttribute
{
    /// <summary>The share of the moving statistics that stays at each step, at least 0 and at most 1. PyTorch's momentum is 1 minus this.</summary>
    public double Momentum { get; set; } = 0.99;
}
