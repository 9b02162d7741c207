namespace NetCompiler;

/// <summary>What gradients are computed of.</summary>
[Flags]
public enum GradientTargets
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The trained weights.</summary>
    Parameters = 1,

    /// <summary>The float inputs.</summary>
    Inputs = 2,
}
