using System.Text;

namespace NetCompiler;

/// <summary>What a search found. Its text is the table of trials, the best first.</summary>
public sealed class SearchResult
{
    private const int MostPlaces = 12;
    private const int ConsoleWidth = 80;

    private readonly SearchSpace _space;
    private readonly Func<double, double, bool> _isBetter;
    private readonly INetwork? _network;

    internal SearchResult(SearchSpace space, SearchOptions options, IReadOnlyList<Trial> trials, Trial best, INetwork? network, Func<double, double, bool> isBetter)
    {
        _space = space;
        _isBetter = isBetter;
        _network = network;
        Monitor = options.Monitor;
        Trials = trials;
        Best = best;
    }

    /// <summary>The name of the score.</summary>
    public string Monitor { get; }

    /// <summary>All trials by their numbers, failed ones too.</summary>
    public IReadOnlyList<Trial> Trials { get; }

    /// <summary>The trial with the best score, of equally good ones the first.</summary>
    public Trial Best { get; }

    /// <summary>The network of <see cref="Best"/>, trained: as it was when it was measured, or on all samples (<see cref="SearchOptions.Refit"/>).</summary>
    /// <exception cref="InvalidOperationException">The search was over folds, which give no one network, without a last training on all samples.</exception>
    public INetwork Network => _network ?? throw new InvalidOperationException($"The search has no one network: there is one per fold, and {nameof(SearchOptions.Refit)} is off.");

    /// <summary>The trials from the best to the worst, then those that failed; equal ones by their numbers.</summary>
    public IReadOnlyList<Trial> Ranked
    {
        get
        {
            List<Trial> trials = [.. Trials];
            trials.Sort((a, b) => (a.Failure is not null, b.Failure is not null) switch
            {
                (false, true) => -1,
                (true, false) => 1,
                (false, false) when _isBetter(a.Score, b.Score) => -1,
                (false, false) when _isBetter(b.Score, a.Score) => 1,
                _ => a.Number.CompareTo(b.Number),
            });
            return trials;
        }
    }

    /// <summary>The table of trials as text, the best first, one line each, as wide as it needs.</summary>
    /// <param name="rows">The number of trials at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public string ToTable(int rows = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        return TrialTable.Text(_space, Monitor, Ranked, rows, int.MaxValue);
    }

    /// <summary>The table of trials, the best first, for a console of 80 columns: cells that are too long for that are broken.</summary>
    public override string ToString() => TrialTable.Text(_space, Monitor, Ranked, int.MaxValue, ConsoleWidth);

    /// <summary>The trials by their numbers as CSV (RFC 4180): number, values, seed, of Hyperband's the epochs trained and those of the score, score and deviation, the score of each measurement, the reason of a failure. Numbers read back to the same bits.</summary>
    public string ToCsv() => TrialTable.Csv(_space, Monitor, Trials);

    /// <summary>Writes <see cref="ToCsv"/> to a file, as a whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void SaveCsv(string path) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(ToCsv())));

    /// <summary>The trials as lines through one axis per hyperparameter, of Hyperband's the epochs trained too, and the score as the last.</summary>
    /// <exception cref="InvalidOperationException">The space has no hyperparameter.</exception>
    public ParallelCoordinates ToParallelCoordinates()
    {
        ParallelCoordinates picture = new(Monitor, [.. Trials.Select(trial => trial.Score)], !_isBetter(1, 0), $"{Trials.Count} trials, {Monitor} of the best {LineDisplay.Format(Best.Score)}");
        foreach (SearchParameter parameter in _space.Parameters)
        {
            AddAxis(picture, parameter.Name, [.. Trials.Select(trial => trial.Values[parameter.Name])], PlacesOf(parameter), parameter.IsLog);
        }

        if (Trials[0].Epochs is not null)
        {
            SearchValue[] epochs = [.. Trials.Select(trial => (SearchValue)trial.TrainedEpochs!.Value)];
            AddAxis(picture, "trained", epochs, Ordered(epochs.Distinct()), isLog: false);
        }

        return picture;
    }

    /// <summary>The values of a hyperparameter that are few enough to have a place each; null for others.</summary>
    private static SearchValue[]? PlacesOf(SearchParameter parameter)
        => parameter.Count is int count && (count <= MostPlaces || parameter.At(0).IsText) ? Ordered(Enumerable.Range(0, count).Select(parameter.At)) : null;

    /// <summary>Numbers by their size; texts, which have none, as they were given.</summary>
    private static SearchValue[] Ordered(IEnumerable<SearchValue> values) => [.. values.OrderBy(value => value.IsText ? 0 : value.Number)];

    private static void AddAxis(ParallelCoordinates picture, string name, SearchValue[] values, SearchValue[]? places, bool isLog)
    {
        if (places is null)
        {
            picture.AddAxis(name, values.Select(value => value.Number).ToArray(), isLog);
        }
        else
        {
            picture.AddAxis(name, values.Select(value => value.ToString()).ToArray(), places.Select(place => place.ToString()).ToArray());
        }
    }
}
