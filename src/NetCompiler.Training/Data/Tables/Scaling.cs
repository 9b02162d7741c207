namespace NetCompiler;

/// <summary>How numbers are scaled, by what the training data shows.</summary>
public enum Scaling
{
    /// <summary>Not at all: for numbers of fitting size, or a network that begins with <c>[Normalization]</c>.</summary>
    None,

    /// <summary>(x - mean) / standard deviation (of the population); a constant column becomes 0.</summary>
    ZScore,

    /// <summary>(x - least) / (largest - least), 0 to 1 over the training data; later values may lie outside. A constant column becomes 0.</summary>
    MinMax,
}
