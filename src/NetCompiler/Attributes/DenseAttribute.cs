namespace NetCompiler;

/// <summary>
/// y = activation(x W + b) over the last axis: (.., in) becomes (.., units). The weights are <c>kernel</c> (in, units) and <c>bias</c>
/// (units).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute : LayerAttribute
{
    /// <summary>Declares the number of outputs, at least 1.</summary>
    public DenseAttribute(int units) => Units = units;

    /// <summary>The number of outputs.</summary>
    public int Units { get; }

    /// <summary>What is applied to the result.</summary>
    public Activation Activation { get; set; }

    /// <summary>The number that LeakyRelu and Elu take; NaN for their default.</summary>
    public double ActivationAlpha { get; set; } = double.NaN;

    /// <summary>The name of a static method of the class, <c>float f(float x)</c>, to apply instead of <see cref="Activation"/>; it is vectorised and differentiated symbolically.</summary>
    public string ActivationMethod { get; set; } = "";

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the kernel starts.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>The number of <see cref="KernelInitializer"/>; NaN for its default.</summary>
    public double KernelScale { get; set; } = double.NaN;

    /// <summary>How the bias starts.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>The number of <see cref="BiasInitializer"/>; NaN for its default.</summary>
    public double BiasScale { get; set; } = double.NaN;

    /// <summary>The factor in the loss of the sum of the kernel's absolute values.</summary>
    public double KernelL1 { get; set; }

    /// <summary>The factor in the loss of the sum of the kernel's squares.</summary>
    public double KernelL2 { get; set; }

    /// <summary>The factor in the loss of the sum of the bias's absolute values.</summary>
    public double BiasL1 { get; set; }

    /// <summary>The factor in the loss of the sum of the bias's squares.</summary>
    public double BiasL2 { get; set; }
}
