namespace NetCompiler;

/// <summary>Gives a mask of a layer that drops values, for one batch: 1 keeps a value, 0 drops it.</summary>
/// <param name="layer">
/// The layer's name, for a Dropout layer (samples times the values of one sample) and for the weights of attention (samples, heads, queries, keys). A recurrent layer asks
/// for <c>lstm1.dropout</c> (samples, features) and <c>lstm1.recurrent_dropout</c> (samples, units), each the same at every step and for every gate; a bidirectional one for
/// <c>lstm1.forward.dropout</c> and so on.
/// </param>
/// <param name="length">The number of values, row-major.</param>
/// <returns>An array of that length.</returns>
public delegate float[] DropoutMask(string layer, int length);
