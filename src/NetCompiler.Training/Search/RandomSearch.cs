namespace NetCompiler;

/// <summary>
/// Tries combinations by chance: KerasTuner's <c>RandomSearch</c>, with folds scikit-learn's <c>RandomizedSearchCV</c>. Of finitely many combinations none comes twice, and
/// there are no more trials than combinations. A search that has ended can go on with more trials.
/// </summary>
public sealed class RandomSearch : HyperparameterSearch
{
    /// <summary>Prepares a search.</summary>
    /// <param name="space">What is chosen from.</param>
    /// <param name="maxTrials">The number of trials at most.</param>
    /// <param name="folds">The number of parts of which each is held out once; 1 holds <see cref="SearchOptions.ValidationSplit"/> out, once.</param>
    /// <param name="options">How trials are judged; null means all defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than one trial or one fold, or an option is out of its range.</exception>
    public RandomSearch(SearchSpace space, int maxTrials, int folds = 1, SearchOptions? options = null)
        : base(space, options, folds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTrials, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxTrials, int.MaxValue / folds);
        MaxTrials = (int)Math.Min(maxTrials, space.Count ?? maxTrials);
    }

    /// <summary>The number of trials: as many as were asked for, or as there are combinations.</summary>
    public int MaxTrials { get; }

    private protected override string Identity => FormattableString.Invariant($"{nameof(RandomSearch)}, {Folds} folds");

    private protected override SearchPlan CreatePlan(Func<double, double, bool> isBetter, Action<int> onEliminated) => new FixedPlan(MaxTrials, Folds, trial => Space.Draw(Options.Seed, trial));
}
