namespace NetCompiler;

/// <summary>
/// A gated recurrent unit (Cho et al. 2014): h' = z h + (1 - z) activation(candidate) at every step of (T, features), with the gates z, r and
/// the candidate being the thirds of x W + h U + b. The weights are <c>kernel</c> (features, 3 units), <c>recurrent_kernel</c> (units, 3 units)
/// and <c>bias</c> (2, 3 units), that of the input and that of the state, or (3 units) without <see cref="ResetAfter"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class GruAttribute : RecurrentAttribute
{
    /// <summary>Declares the number of values of the state, at least 1.</summary>
    public GruAttribute(int units)
        : base(units)
    {
    }

    /// <summary>What is applied to the gates.</summary>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <summary>Whether the reset gate r multiplies the state's part of the candidate after its product with U, as in cuDNN, or the state before it.</summary>
    public bool ResetAfter { get; set; } = true;
}
