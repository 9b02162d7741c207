namespace NetCompiler;

/// <summary>What a gradient check that passed has seen.</summary>
/// <param name="Loss">The loss in double.</param>
/// <param name="ComparedValues">The number of gradient values compared one by one.</param>
/// <param name="LargestShare">The largest difference as a share of what was allowed: below 1.</param>
/// <param name="LargestSubject">The weight or input that had it.</param>
public sealed record GradientCheckReport(double Loss, int ComparedValues, double LargestShare, string LargestSubject)
{
    /// <summary>The number of directions without a finite difference, because the loss has a kink there (a ReLU at 0, a maximum of equal values).</summary>
    public int SkippedDirections { get; init; }
}
