using Xunit;

namespace NetCompiler.Tests.Training.Search;

public sealed class SearchFailureTests : IDisposable
{
    private static readonly SearchOptions Options = new() { Threads = 2, Verbosity = Verbosity.Silent };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void MonitorThatIsNull_IsNamed() => Assert.Equal("Monitor", Assert.Throws<ArgumentNullException>(() => Options with { Monitor = null! }).ParamName);

    [Fact]
    public void FailedTrials_AreRecorded_DoNotStopTheSearch_AndCannotWin()
    {
        SearchResult result = new GridSearch(SearchCases.Grid, folds: 2, Options).Run(SearchCases.Data, run => (run.Trial, run.Fold) switch
        {
            (0, 1) => double.NaN,
            (1, _) => double.NegativeInfinity,
            (2, 0) => throw new InvalidOperationException("no luck"),
            (3, _) => throw new OperationCanceledException("mine"),
            _ => run.Trial,
        });
        Assert.Equal(4, result.Best.Number);
        Assert.Equal(6, result.Trials.Count);
        Assert.Equal(
            ["The score is NaN.", "The score is -Infinity.", "InvalidOperationException: no luck", "OperationCanceledException: mine", "none", "none"],
            result.Trials.Select(trial => trial.Failure ?? "none"));
        Assert.All(result.Trials.Take(4), trial => Assert.True(double.IsNaN(trial.Score)));

        // The other fold is measured all the same, whoever was first.
        Assert.Equal([2.0], result.Trials[2].Scores.Where(score => score.Failure is null).Select(score => score.Score));
        Assert.Equal([4, 5, 0, 1, 2, 3], result.Ranked.Select(trial => trial.Number));
    }

    [Fact]
    public void TrainingThatDiverges_IsAFailedTrial()
    {
        SearchSpace space = SearchSpace.Of(Curve.Variants).Restrict("units", 4).Choice("rate", 0.01, 1e30);
        SearchResult result = new GridSearch(space, 1, Options).Fit(SearchCases.Data, run => new FitOptions { Epochs = 3, Optimizer = new Sgd(run.Values.GetDouble("rate")) });
        Assert.Equal(0, result.Best.Number);
        Assert.StartsWith("NonFiniteLossException: ", result.Trials[1].Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void AllTrialsFailed_SaysWhy()
    {
        SearchFailedException exception = Assert.Throws<SearchFailedException>(() => new GridSearch(SearchCases.Grid, 2, Options).Run(SearchCases.Data, run => throw new InvalidDataException("spoilt")));
        Assert.Equal("All 6 trials failed. Trial 0 (units = 2, optimizer = adam): InvalidDataException: spoilt", exception.Message);
        Assert.Equal(6, exception.Trials.Count);
    }

    [Fact]
    public void LastTrainingThatFails_NamesTheBest_AndLosesNoTrial()
    {
        SearchOptions options = Options with { Folder = _folder["search"] };
        SearchFailedException exception = Assert.Throws<SearchFailedException>(() => new GridSearch(SearchCases.Grid, 2, options).Fit(SearchCases.Data, run => SearchCases.OptionsOf(run) with { Callbacks = [new EarlyStopping()] }));
        Assert.Contains("EarlyStopping watches \"val_loss\"", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Refit = false leaves it out", exception.Message, StringComparison.Ordinal);
        int repeated = 0;
        SearchResult result = new GridSearch(SearchCases.Grid, 2, options).Fit(SearchCases.Data, run =>
        {
            repeated += run.IsRefit ? 0 : 1;
            return SearchCases.OptionsOf(run) with { Callbacks = run.IsRefit ? [] : [new EarlyStopping()] };
        });
        Assert.Equal(0, repeated);
        Assert.Equal(exception.Trials.Select(trial => trial.Score), result.Trials.Select(trial => trial.Score));
    }

    [Fact]
    public void CheckpointThatCannotBeWritten_StopsTheSearch()
    {
        // A folder in the checkpoint's place.
        Directory.CreateDirectory(Path.Combine(_folder["search"], "trial-00002.checkpoint"));
        SearchOptions options = Options with { Folder = _folder["search"], Threads = 1 };
        CheckpointException exception = Assert.Throws<CheckpointException>(() => new Hyperband(SearchCases.Space, 3, options: options).Fit(SearchCases.Data, SearchCases.OptionsOf));
        Assert.Contains("trial-00002.checkpoint cannot be written", exception.Message, StringComparison.Ordinal);

        // The two before it are in the log.
        Assert.Equal(3, File.ReadAllLines(Path.Combine(_folder["search"], "trials.log")).Length);
    }

    [Fact]
    public void CheckpointsOfOlderSearches_AreRefused()
    {
        SearchOptions options = Options with { Folder = _folder["search"], Threads = 1 };
        TrialValues values = SearchCases.Space.Draw(seed: 0, trial: 0);
        double rate = values.GetDouble("learning_rate");
        Assert.Contains("belongs to another training", Search(rate / 2, epochs: 1), StringComparison.Ordinal);
        Assert.Contains("holds 3 epochs, but trial 0 is to have 1: it is not of this search; delete it", Search(rate, epochs: 3), StringComparison.Ordinal);

        string Search(double oldRate, int epochs)
        {
            Directory.CreateDirectory(_folder["search"]);
            string checkpoint = Path.Combine(_folder["search"], "trial-00000.checkpoint");
            File.Delete(checkpoint);
            (Dataset train, Dataset validation) = SearchCases.Data.Split(0.2);
            SearchCases.Space.VariantOf(values).Create(SearchSpace.SeedOf(values, seed: 0, trial: 0)).Fit(train, new FitOptions
            {
                Epochs = epochs,
                BatchSize = 16,
                Optimizer = new Adam(oldRate),
                ValidationData = validation,
                Verbosity = Verbosity.Silent,
                Callbacks = [new BackupAndRestore(checkpoint, deleteCheckpoint: false)],
            });
            return Assert.Throws<CheckpointException>(() => new Hyperband(SearchCases.Space, 9, options: options).Fit(SearchCases.Data, SearchCases.OptionsOf)).Message;
        }
    }

    [Fact]
    public void ProgressThatThrows_StopsTheSearch()
    {
        int running = 0;
        Assert.Throws<InvalidOperationException>(() => new RandomSearch(SearchCases.Space, 100, options: Options with { Progress = new Told<SearchProgress>(_ => throw new InvalidOperationException("told")) }).Run(
            SearchCases.Data,
            run =>
            {
                Interlocked.Increment(ref running);
                Thread.Sleep(1);
                Interlocked.Decrement(ref running);
                return 0;
            }));
        Assert.Equal(0, running);
    }
}
