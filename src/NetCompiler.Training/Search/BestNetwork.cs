namespace NetCompiler;

/// <summary>The network that reached the best score so far. It is only a shortcut: which one is best is decided at the end, and another is trained again, to the same bits.</summary>
internal sealed class BestNetwork(TrialBook book, SearchFolder folder)
{
    private TrialTask _task;
    private double _score = double.NaN;
    private INetwork? _network;

    /// <summary>Takes a network whose outcome is about to be written down; true where it is the best so far, of equally good ones that of the first trial.</summary>
    public bool Offer(TrialTask task, TrialOutcome outcome, INetwork? network)
    {
        if (outcome.Failure is not null || (!double.IsNaN(_score) && !IsBetter(task, outcome.Score)))
        {
            return false;
        }

        (_task, _score, _network) = (task, outcome.Score, network);
        if (network is not null)
        {
            folder.SaveBest(task, network);
        }

        return true;
    }

    /// <summary>Once its outcome is written down, the weights of others are no longer needed.</summary>
    public void Settle() => folder.KeepOnlyBest(_task);

    /// <summary>The network of a trial as it was when it was measured, or null where it has to be trained again.</summary>
    public INetwork? Find(Trial trial)
    {
        TrialTask task = new(trial.Number, Epochs: trial.Epochs);
        if (_network is not null && (_task.Trial, _task.Epochs) == (task.Trial, task.Epochs))
        {
            return _network;
        }

        INetwork network = trial.Variant.Create(trial.Seed);
        return folder.TryLoadBest(task, network) ? network : null;
    }

    private bool IsBetter(TrialTask task, double score)
        => book.IsBetter(score, _score) || (!book.IsBetter(_score, score) && (task.Trial, task.Epochs ?? 0).CompareTo((_task.Trial, _task.Epochs ?? 0)) < 0);
}
