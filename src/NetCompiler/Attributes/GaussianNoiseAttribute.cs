namespace NetCompiler;

/// <summary>In training, adds normal noise with mean 0; in inference, nothing. The shape stays.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class GaussianNoiseAttribute : LayerAttribute
{
    /// <summary>Declares the standard deviation of the noise, at least 0.</summary>
    public GaussianNoiseAttribute(double deviation) => Deviation = deviation;

    /// <summary>The standard deviation of the noise.</summary>
    public double Deviation { get; }
}
