namespace NetCompiler;

/// <summary>Whose names and shapes a weight file follows.</summary>
public enum WeightConvention
{
    /// <summary>Ours: dense1.kernel, in Keras's shapes.</summary>
    NetCompiler,

    /// <summary>Keras's paths: dense/kernel, numbered from no suffix, _1, ...</summary>
    Keras,

    /// <summary>PyTorch's: 0.weight (out, in), 0.bias.</summary>
    PyTorch,
}
