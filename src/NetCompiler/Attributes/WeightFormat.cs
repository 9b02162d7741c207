namespace NetCompiler;

/// <summary>How inference holds weights.</summary>
public enum WeightFormat
{
    /// <summary>As they are.</summary>
    Float32,

    /// <summary>Rounded to bfloat16, for inference only.</summary>
    BFloat16,

    /// <summary>Eight bits with one scale per output channel, for inference only.</summary>
    Int8,
}
