namespace NetCompiler;

/// <summary>A number of trials on every fold, whatever they give.</summary>
internal sealed class FixedPlan(int trials, int folds, Func<int, TrialValues> valuesOf) : SearchPlan
{
    private int _next;

    public override int Count { get; } = checked(trials * folds);

    public override double Work => Count;

    public override TrialValues ValuesOf(int trial) => valuesOf(trial);

    public override TrialTask? Next()
    {
        if (_next == Count)
        {
            return null;
        }

        (int trial, int fold) = Math.DivRem(_next++, folds);
        return new TrialTask(trial, fold);
    }
}
