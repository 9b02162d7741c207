namespace NetCompiler;

/// <summary>
/// A long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000): c' = f c + i activation(g) and h = o activation(c') at every
/// step of (T, features), with the gates i, f, g, o being the quarters of x W + h U + b. The weights are <c>kernel</c> (features, 4 units),
/// <c>recurrent_kernel</c> (units, 4 units) and <c>bias</c> (4 units).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class LstmAttribute : RecurrentAttribute
{
    /// <summary>Declares the number of values of the state, at least 1.</summary>
    public LstmAttribute(int units)
        : base(units)
    {
    }

    /// <summary>What is applied to the gates.</summary>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <summary>Whether the bias of the forget gate starts at 1 (Jozefowicz et al. 2015).</summary>
    public bool UnitForgetBias { get; set; } = true;
}
