namespace NetCompiler;

/// <summary>What a search measures, in which order: the values of its trials, and the tasks that are ready given what is known so far. Not for two threads at once.</summary>
internal abstract class SearchPlan
{
    /// <summary>The number of tasks, all of them where none fails.</summary>
    public abstract int Count { get; }

    /// <summary>Their work together.</summary>
    public abstract double Work { get; }

    /// <summary>The work of a whole training, as the one after the search is.</summary>
    public virtual double WorkOfTraining => 1;

    /// <summary>The values of a trial: a function of the search's seed and the trial alone.</summary>
    public abstract TrialValues ValuesOf(int trial);

    /// <summary>The next task that can begin now; null where there is none, for good or until a running one is done.</summary>
    public abstract TrialTask? Next();

    /// <summary>A task is done.</summary>
    public virtual void Complete(TrialTask task, TrialOutcome outcome)
    {
    }
}
