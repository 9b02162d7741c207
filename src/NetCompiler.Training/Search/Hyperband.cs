namespace NetCompiler;

/// <summary>
/// Begins many trials with few epochs and lets the best go on: Li et al., "Hyperband: a novel bandit-based approach to hyperparameter optimization" (JMLR 18, 2018), with the names
/// of KerasTuner's. A promoted trial continues where it stopped, through a checkpoint; it is to the bit the trial that trains to the same epoch at once. The best is that of the
/// best measurement after any rung.
/// </summary>
/// <remarks>What a trial is trained by must not depend on <see cref="TrialRun.Epochs"/>, but for their number: a schedule is made for <see cref="MaxEpochs"/>.</remarks>
public sealed class Hyperband : HyperparameterSearch
{
    /// <summary>Prepares a search.</summary>
    /// <param name="space">What is chosen from.</param>
    /// <param name="maxEpochs">The epochs of the longest trainings, R in the paper.</param>
    /// <param name="factor">The share that is promoted is one in this number, eta in the paper.</param>
    /// <param name="iterations">How often all brackets are run, each time with other trials.</param>
    /// <param name="options">How trials are judged; null means all defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no epochs or iterations, the factor is below 2, or an option is out of its range.</exception>
    public Hyperband(SearchSpace space, int maxEpochs, int factor = 3, int iterations = 1, SearchOptions? options = null)
        : base(space, options, folds: 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEpochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        MaxEpochs = maxEpochs;
        Factor = factor;
        Iterations = iterations;
        Brackets = HyperbandBracket.Schedule(maxEpochs, factor);
    }

    /// <summary>The epochs of the longest trainings.</summary>
    public int MaxEpochs { get; }

    /// <summary>One trial in this number is promoted.</summary>
    public int Factor { get; }

    /// <summary>How often all brackets are run.</summary>
    public int Iterations { get; }

    /// <summary>The brackets of an iteration, from the one with the most trials to the one with the most epochs; in all of them trials are numbered on.</summary>
    public IReadOnlyList<HyperbandBracket> Brackets { get; }

    private protected override string Identity => FormattableString.Invariant($"{nameof(Hyperband)}, at most {MaxEpochs} epochs, factor {Factor}");

    private protected override SearchPlan CreatePlan(Func<double, double, bool> isBetter, Action<int> onEliminated)
        => new HyperbandPlan(Enumerable.Repeat(Brackets, Iterations).SelectMany(brackets => brackets), trial => Space.Draw(Options.Seed, trial), isBetter, onEliminated);
}
