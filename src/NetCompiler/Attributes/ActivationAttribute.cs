namespace NetCompiler;

/// <summary>y = activation(x), element by element or, for the softmaxes, over the last axis. The shape stays.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class ActivationAttribute : LayerAttribute
{
    /// <summary>Declares the function; with <see cref="ActivationMethod"/> it is left out.</summary>
    public ActivationAttribute(Activation activation = Activation.Linear) => Activation = activation;

    /// <summary>The function.</summary>
    public Activation Activation { get; }

    /// <summary>The number that LeakyRelu and Elu take; NaN for their default.</summary>
    public double ActivationAlpha { get; set; } = double.NaN;

    /// <summary>The name of a static method of the class, <c>float f(float x)</c>, to apply instead; it is vectorised and differentiated symbolically.</summary>
    public string ActivationMethod { get; set; } = "";
}
