namespace NetCompiler;

/// <summary>What all convolutions share: borders, bias and what is applied to the result.</summary>
public abstract class ConvolutionAttribute : LayerAttribute
{
    private protected ConvolutionAttribute()
    {
    }

    /// <summary>What happens at the borders.</summary>
    public Padding Padding { get; set; }

    /// <summary>What is applied to the result.</summary>
    public Activation Activation { get; set; }

    /// <summary>The number that LeakyRelu and Elu take; NaN for their default.</summary>
    public double ActivationAlpha { get; set; } = double.NaN;

    /// <summary>The name of a static method of the class, <c>float f(float x)</c>, to apply instead of <see cref="Activation"/>; it is vectorised and differentiated symbolically.</summary>
    public string ActivationMethod { get; set; } = "";

    /// <summary>Whether a bias is added, one number per output channel.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the bias starts.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>The number of <see cref="BiasInitializer"/>; NaN for its default.</summary>
    public double BiasScale { get; set; } = double.NaN;

    /// <summary>The factor in the loss of the sum of the bias's absolute values.</summary>
    public double BiasL1 { get; set; }

    /// <summary>The factor in the loss of the sum of the bias's squares.</summary>
    public double BiasL2 { get; set; }
}
