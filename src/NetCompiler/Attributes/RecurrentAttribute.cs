namespace NetCompiler;

/// <summary>
/// A layer with a state that each step of a sequence (T, features) updates; the result is the last output (units) or, with
/// <see cref="ReturnSequences"/>, all of them (T, units). States start at zero.
/// </summary>
/// <remarks>Steps that a mask leaves out (see <see cref="TokensAttribute.Padding"/>) keep the state and the output of the step before.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public abstract class RecurrentAttribute : LayerAttribute
{
    private protected RecurrentAttribute(int units) => Units = units;

    /// <summary>The number of values of the state.</summary>
    public int Units { get; }

    /// <summary>What is applied to the candidate of a new state.</summary>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>The number that LeakyRelu and Elu take; NaN for their default.</summary>
    public double ActivationAlpha { get; set; } = double.NaN;

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the kernel, which multiplies the input, starts.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>The number of <see cref="KernelInitializer"/>; NaN for its default.</summary>
    public double KernelScale { get; set; } = double.NaN;

    /// <summary>How the recurrent kernel, which multiplies the state, starts.</summary>
    public Initializer RecurrentInitializer { get; set; } = Initializer.Orthogonal;

    /// <summary>The number of <see cref="RecurrentInitializer"/>; NaN for its default.</summary>
    public double RecurrentScale { get; set; } = double.NaN;

    /// <summary>How the bias starts.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>The number of <see cref="BiasInitializer"/>; NaN for its default.</summary>
    public double BiasScale { get; set; } = double.NaN;

    /// <summary>The factor in the loss of the sum of the kernel's absolute values.</summary>
    public double KernelL1 { get; set; }

    /// <summary>The factor in the loss of the sum of the kernel's squares.</summary>
    public double KernelL2 { get; set; }

    /// <summary>The factor in the loss of the sum of the recurrent kernel's absolute values.</summary>
    public double RecurrentL1 { get; set; }

    /// <summary>The factor in the loss of the sum of the recurrent kernel's squares.</summary>
    public double RecurrentL2 { get; set; }

    /// <summary>The factor in the loss of the sum of the bias's absolute values.</summary>
    public double BiasL1 { get; set; }

    /// <summary>The factor in the loss of the sum of the bias's squares.</summary>
    public double BiasL2 { get; set; }

    /// <summary>The fraction of the input's features that training drops, the same ones at every step of a sequence; at least 0 and below 1.</summary>
    public double Dropout { get; set; }

    /// <summary>The fraction of the state's values that training drops before the recurrent product, the same ones at every step of a sequence; at least 0 and below 1.</summary>
    public double RecurrentDropout { get; set; }

    /// <summary>Whether the outputs of all steps are the result, (T, units), or the last one alone, (units).</summary>
    public bool ReturnSequences { get; set; }

    /// <summary>Whether the steps are taken from the last to the first; the result is then in that order too.</summary>
    public bool GoBackwards { get; set; }

    /// <summary>
    /// Whether a second half with weights of its own takes the steps from the last to the first; its outputs, put back into the order of the
    /// input, follow those of the first half: (2 units) or (T, 2 units). The weights are then <c>forward.kernel</c>, <c>backward.kernel</c> and so on.
    /// </summary>
    public bool Bidirectional { get; set; }

    /// <summary>How the outputs of the halves of a bidirectional layer become one; the others than Concat leave (units) or (T, units).</summary>
    public MergeMode MergeMode { get; set; }
}
