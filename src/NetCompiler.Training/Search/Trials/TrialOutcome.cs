namespace NetCompiler;

/// <summary>What a task gave: a finite score, or the reason why there is none.</summary>
internal readonly record struct TrialOutcome(double Score, string? Failure, TimeSpan Duration);
