namespace NetCompiler;

/// <summary>One call of the function that scores: a trial on one fold, or up to a number of epochs.</summary>
/// <param name="Trial">The trial, counted from 0.</param>
/// <param name="Fold">The fold whose samples are held out, counted from 0; -1 trains on everything.</param>
/// <param name="Epochs">The number of epochs in all; null leaves it to the function.</param>
/// <param name="InitialEpoch">Of those, the number that were trained before.</param>
internal readonly record struct TrialTask(int Trial, int Fold = 0, int? Epochs = null, int InitialEpoch = 0)
{
    public const int AllData = -1;

    /// <summary>What it costs beside others of its search.</summary>
    public double Work => Epochs is int epochs ? epochs - InitialEpoch : 1;
}
