namespace NetCompiler;

/// <summary>One measurement of a trial.</summary>
/// <param name="Fold">The fold whose samples were held out, counted from 0.</param>
/// <param name="Epochs">The number of epochs after which it was measured, where the search sets it; otherwise null.</param>
/// <param name="Score">The score; NaN where there is none.</param>
/// <param name="Failure">Why there is none; otherwise null.</param>
public sealed record TrialScore(int Fold, int? Epochs, double Score, string? Failure);
