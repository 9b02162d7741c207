namespace NetCompiler;

/// <summary>What a convolution or a pooling does at the borders.</summary>
public enum Padding
{
    /// <summary>Nothing: only whole windows count.</summary>
    Valid,

    /// <summary>Zeros around, so that the result has ceil(size / stride) positions; the smaller half in front.</summary>
    Same,

    /// <summary>Zeros in front only, so that no position sees a later one.</summary>
    Causal,
}
