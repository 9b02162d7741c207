namespace NetCompiler;

/// <summary>Gives the standard normal numbers of a noise layer for one batch.</summary>
/// <param name="layer">The layer's name.</param>
/// <param name="length">The number of values: samples times the values of one sample, row-major.</param>
/// <returns>An array of that length.</returns>
public delegate float[] NoiseValues(string layer, int length);
