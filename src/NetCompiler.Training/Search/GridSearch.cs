namespace NetCompiler;

/// <summary>Tries all combinations of values, each on every fold: scikit-learn's <c>GridSearchCV</c>. The last hyperparameter changes fastest.</summary>
/// <example>
/// <code>
/// SearchSpace space = SearchSpace.Of(Flowers.Variants).Choice("optimizer", "adam", "sgd").Choice("batch_size", 8, 32);
/// SearchResult result = new GridSearch(space, folds: 5, new SearchOptions { Monitor = "val_accuracy" }).Fit(data, run => new FitOptions
/// {
///     Epochs = 20,
///     BatchSize = run.Values.GetInt32("batch_size"),
///     Optimizer = run.Values.GetString("optimizer") == "adam" ? new Adam() : new Sgd(0.1),
/// });
/// Console.WriteLine(result);
/// result.Network.Save("best.safetensors");
/// </code>
/// </example>
public sealed class GridSearch : HyperparameterSearch
{
    private readonly int _trials;

    /// <summary>Prepares a search.</summary>
    /// <param name="space">What is chosen from; finitely many combinations.</param>
    /// <param name="folds">The number of parts of which each is held out once; 1 holds <see cref="SearchOptions.ValidationSplit"/> out, once.</param>
    /// <param name="options">How trials are judged; null means all defaults.</param>
    /// <exception cref="ArgumentException">The space has a range of floats.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too many combinations or less than one fold, or an option is out of its range.</exception>
    public GridSearch(SearchSpace space, int folds = 5, SearchOptions? options = null)
        : base(space, options, folds)
    {
        if (space.Parameters.FirstOrDefault(parameter => parameter.Count is null) is { } range)
        {
            throw new ArgumentException($"A grid needs values that can be counted, but there is a range of floats, {range}; name the values with {nameof(SearchSpace.Choice)}.", nameof(space));
        }

        _trials = space.Count is long count && count <= int.MaxValue / folds
            ? (int)count
            : throw new ArgumentOutOfRangeException(nameof(space), $"A grid of {space.Count?.ToString(null, null) ?? "more than 2^60"} combinations on {folds} folds cannot be counted.");
    }

    private protected override string Identity => FormattableString.Invariant($"{nameof(GridSearch)}, {Folds} folds");

    private protected override SearchPlan CreatePlan(Func<double, double, bool> isBetter, Action<int> onEliminated) => new FixedPlan(_trials, Folds, trial => Space.ValuesAt(trial));
}
