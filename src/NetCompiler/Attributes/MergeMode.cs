namespace NetCompiler;

/// <summary>How the outputs of the two halves of a bidirectional layer become one.</summary>
public enum MergeMode
{
    /// <summary>Those of the second follow those of the first: (2 units).</summary>
    Concat,

    /// <summary>Their sum: (units).</summary>
    Sum,

    /// <summary>Their product, value by value: (units).</summary>
    Multiply,

    /// <summary>Their mean: (units).</summary>
    Average,
}
