namespace NetCompiler;

/// <summary>How strictly <see cref="GradientCheck"/> compares.</summary>
public sealed record GradientCheckOptions
{
    /// <summary>
    /// The allowed difference as a share of the expected value, or of a tenth of the largest gradient of the same weight or input where
    /// that is more. Generated code sums in float: 1e-3 leaves room for sums of some thousand terms.
    /// </summary>
    public double RelativeTolerance { get; init; } = 1e-3;

    /// <summary>The difference that is allowed in any case, added to the relative one: some last places of a float near 1.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-6;

    /// <summary>The number of random directions per weight and input along which finite differences are taken.</summary>
    public int Directions { get; init; } = 1;

    /// <summary>The seed of the directions.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The step of the finite differences, in double: small beside the weights, far above the rounding of a double.</summary>
    public double FiniteStep { get; init; } = 1e-6;
}
