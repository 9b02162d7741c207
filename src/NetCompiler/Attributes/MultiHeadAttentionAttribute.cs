namespace NetCompiler;

/// <summary>
/// Every step of (T, features) attends to all steps: softmax(q k / sqrt(key units)) v for each head, with q, k and v the products of the input
/// with <c>query_kernel</c>, <c>key_kernel</c> (features, heads x key units) and <c>value_kernel</c> (features, heads x value units); the heads
/// side by side times <c>output_kernel</c> (heads x value units, features) are the result, of the input's shape unless <see cref="OutputUnits"/> are given (Vaswani et al. 2017).
/// </summary>
/// <remarks>The biases are <c>query_bias</c>, <c>key_bias</c>, <c>value_bias</c> and <c>output_bias</c>. Steps that a mask leaves out are attended to by none, but for a query that would see nothing else: it attends alike to all steps, with <see cref="Causal"/> to those up to itself.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class MultiHeadAttentionAttribute : LayerAttribute
{
    /// <summary>Declares the number of heads, at least 1, and the size of each; 0 for the number of features divided by that of heads.</summary>
    public MultiHeadAttentionAttribute(int heads, int keyUnits = 0)
    {
        Heads = heads;
        KeyUnits = keyUnits;
    }

    /// <summary>The number of heads.</summary>
    public int Heads { get; }

    /// <summary>The number of values of a head's queries and keys; 0 for the number of features divided by that of heads.</summary>
    public int KeyUnits { get; }

    /// <summary>The number of values of a head's result; 0 for <see cref="KeyUnits"/>.</summary>
    public int ValueUnits { get; set; }

    /// <summary>The number of features of the result, (T, output units); 0 for that of the input. Keras's <c>output_shape</c>.</summary>
    public int OutputUnits { get; set; }

    /// <summary>Whether a step attends to itself and the steps before it alone.</summary>
    public bool Causal { get; set; }

    /// <summary>Whether biases are added.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>The fraction of the attention's weights that training drops, at least 0 and below 1.</summary>
    public double Dropout { get; set; }

    /// <summary>How the kernels start.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>The number of <see cref="KernelInitializer"/>; NaN for its default.</summary>
    public double KernelScale { get; set; } = double.NaN;

    /// <summary>How the biases start.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>The number of <see cref="BiasInitializer"/>; NaN for its default.</summary>
    public double BiasScale { get; set; } = double.NaN;

    /// <summary>The factor in the loss of the sum of the kernels' absolute values.</summary>
    public double KernelL1 { get; set; }

    /// <summary>The factor in the loss of the sum of the kernels' squares.</summary>
    public double KernelL2 { get; set; }

    /// <summary>The factor in the loss of the sum of the biases' absolute values.</summary>
    public double BiasL1 { get; set; }

    /// <summary>The factor in the loss of the sum of the biases' squares.</summary>
    public double BiasL2 { get; set; }
}
