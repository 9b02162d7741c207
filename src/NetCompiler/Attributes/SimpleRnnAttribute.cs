namespace NetCompiler;

/// <summary>
/// h' = activation(x W + h U + b) at every step of (T, features). The weights are <c>kernel</c> (features, units), <c>recurrent_kernel</c>
/// (units, units) and <c>bias</c> (units).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class SimpleRnnAttribute : RecurrentAttribute
{
    /// <summary>Declares the number of values of the state, at least 1.</summary>
    public SimpleRnnAttribute(int units)
        : base(units)
    {
    }
}
