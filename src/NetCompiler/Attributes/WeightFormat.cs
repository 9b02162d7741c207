namespace NetCompiler;

/// <summary>How inference holds weights. Training, weight files and <see cref="WeightView"/> have floats in any case.</summary>
public enum WeightFormat
{
    /// <summary>As they are.</summary>
    Float32,

    /// <summary>
    /// Rounded to bfloat16, for inference only: the upper half of a float, to the nearest, which changes a value by 1 / 256 of it at most. Predict, PredictNext and Classify read
    /// half the bytes, which a single sample gains most from; sums, biases and activations stay floats.
    /// </summary>
    /// <remarks>
    /// Only matrices that gain from it are rounded: those that samples are multiplied with (kernels of dense, recurrent and attention layers, and a Forward method's own) with more than 16
    /// columns and at least 12,288 values, columns counted in whole sixteens, once normalizations are folded into them. What the nearest cache holds, kernels of convolutions, tables of embeddings and the kernel that multiplies
    /// their rows stay exactly as they are. Rounded weights are made anew by the first prediction after a change; they take half the memory of the weights, beside the weights.
    /// Two weights share 32 bits. The upper one is read together with the bits of the lower one, which spares decoding it, and is rounded to the nearest float that ends in them: so half of the weights
    /// are bfloat16 to the letter, ties to even, and the others as close to their floats, but for those below 2^-100, 0 included, which become as small a number.
    /// </remarks>
    BFloat16,

    /// <summary>
    /// Rounded to integers of 8 bits with one scale per output channel, for inference only, and multiplied with integers: the rows of activations before such a matrix are rounded to 8 bits
    /// too, each by its own range, or by one that the generated Calibrate has found in data. Predict, PredictNext and Classify read a quarter of the bytes; what lies between the products stays floats.
    /// </summary>
    /// <remarks>
    /// The matrices are those of <see cref="BFloat16"/>, but for those with more than 65,536 rows. A weight is rounded to a multiple of 1 / 127 of the largest magnitude in its column, off by 1 / 254
    /// of that at most; an activation to one of 255 steps across the range of its row, 0 included and exact, off by 1 / 508 of the range at most. Both to the nearest, ties to even. Sums of
    /// products of integers are exact: a matrix gives the same bits for one sample and many, at every vector width, on every machine. All values of a row share one step, so that features
    /// of very different sizes belong behind a <see cref="NormalizationAttribute"/>, which is not rounded. A row of activations with a NaN or an infinity gives NaN throughout, a column
    /// of weights with one gives NaN for its channel. Rows of activations whose range is below 7.5e-37, and columns of weights below 3.7e-37, count as zeros.
    /// </remarks>
    Int8,
}
