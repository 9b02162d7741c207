namespace NetCompiler;

/// <summary>How a range of numbers is drawn from.</summary>
public enum Sampling
{
    /// <summary>Equal differences are equally likely.</summary>
    Linear = 0,

    /// <summary>Equal ratios are equally likely, as suits learning rates; the bounds must be positive.</summary>
    Log = 1,
}
