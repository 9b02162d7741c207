namespace NetCompiler;

/// <summary>Gives the mask of a dropout layer for one batch: 1 keeps a value, 0 drops it.</summary>
/// <param name="layer">The layer's name.</param>
/// <param name="length">The number of values: samples times the values of one sample, row-major.</param>
/// <returns>An array of that length.</returns>
public delegate float[] DropoutMask(string layer, int length);
