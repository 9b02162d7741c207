namespace NetCompiler;

/// <summary>In training, zeroes a fraction of the values and divides the others by what remains; in inference, nothing. The shape stays.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute : LayerAttribute
{
    /// <summary>Declares the fraction that is dropped, at least 0 and below 1.</summary>
    public DropoutAttribute(double rate) => Rate = rate;

    /// <summary>The fraction that is dropped.</summary>
    public double Rate { get; }
}
