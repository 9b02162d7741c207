namespace NetCompiler;

/// <summary>How a weight starts. A number given beside it (KernelScale, BiasScale) replaces the default named here.</summary>
public enum Initializer
{
    /// <summary>All zero.</summary>
    Zeros,

    /// <summary>All one.</summary>
    Ones,

    /// <summary>All equal to the scale; 0 unless given.</summary>
    Constant,

    /// <summary>Normal with mean 0 and the scale as deviation; 0.05 unless given.</summary>
    RandomNormal,

    /// <summary>Normal with mean 0 and the scale as deviation, 0.05 unless given, redrawn beyond two deviations.</summary>
    TruncatedNormal,

    /// <summary>Uniform between minus and plus the scale; 0.05 unless given.</summary>
    RandomUniform,

    /// <summary>An orthogonal matrix times the scale; 1 unless given.</summary>
    Orthogonal,

    /// <summary>Uniform within sqrt(6 / (fan in + fan out)) (Glorot and Bengio 2010).</summary>
    GlorotUniform,

    /// <summary>Truncated normal with deviation sqrt(2 / (fan in + fan out)).</summary>
    GlorotNormal,

    /// <summary>Uniform within sqrt(6 / fan in) (He et al. 2015).</summary>
    HeUniform,

    /// <summary>Truncated normal with deviation sqrt(2 / fan in).</summary>
    HeNormal,

    /// <summary>Uniform within sqrt(3 / fan in).</summary>
    LecunUniform,

    /// <summary>Truncated normal with deviation sqrt(1 / fan in).</summary>
    LecunNormal,
}
