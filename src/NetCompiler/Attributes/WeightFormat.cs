namespace NetCompiler;

/// <summary>How inference holds weights. Training, weight files and <see cref="WeightView"/> have floats in any case.</summary>
public enum WeightFormat
{
    /// <summary>As they are.</summary>
    Float32,

    /// <summary>
    /// Rounded to bfloat16, for inference only: the upper half of a float, to the nearest, ties to even, which changes a value by 1 / 512 of it at most. Predict, PredictNext and Classify read
    /// half the bytes, which a single sample gains most from; sums, biases and activations stay floats.
    /// </summary>
    /// <remarks>
    /// Only matrices that gain from it are rounded: those that samples are multiplied with (kernels of dense, recurrent and attention layers, and a Forward method's own) with more than 16
    /// columns and at least 12,288 values, columns counted in whole sixteens, once normalizations are folded into them. What the nearest cache holds, kernels of convolutions, tables of embeddings and the kernel that multiplies
    /// their rows stay exactly as they are. Rounded weights are made anew by the first prediction after a change; they take half the memory of the weights, beside the weights.
    /// </remarks>
    BFloat16,

    /// <summary>Eight bits with one scale per output channel, for inference only.</summary>
    Int8,
}
