namespace NetCompiler;

/// <summary>Where a search for a learning rate stands after a step.</summary>
/// <param name="Step">The step that was made, counted from 0.</param>
/// <param name="Steps">The number of steps; fewer where the loss diverges.</param>
/// <param name="LearningRate">The rate of the step.</param>
/// <param name="Loss">Its loss, before the update.</param>
/// <param name="Elapsed">The time since the search began.</param>
public readonly record struct LearningRateProgress(int Step, int Steps, double LearningRate, double Loss, TimeSpan Elapsed)
{
    /// <summary>The share of the steps that is done.</summary>
    public double Fraction => (Step + 1.0) / Steps;

    /// <summary>The time that the rest will take at the speed so far.</summary>
    public TimeSpan Remaining => Elapsed * ((1 / Fraction) - 1);
}
