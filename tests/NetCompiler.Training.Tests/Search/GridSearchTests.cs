using System.Collections.Concurrent;
using Xunit;

namespace NetCompiler.Tests.Training.Search;

public class GridSearchTests
{
    private static readonly SearchOptions Options = new() { Seed = 2, Threads = 2, Verbosity = Verbosity.Silent };

    [Fact]
    public void EveryCombinationOnEveryFold_ScoresAsFitDoes()
    {
        SearchResult result = new GridSearch(SearchCases.Grid, folds: 3, Options).Fit(SearchCases.Data, SearchCases.OptionsOf);
        Assert.Equal(["2 adam", "2 sgd", "4 adam", "4 sgd", "8 adam", "8 sgd"], result.Trials.Select(trial => $"{trial.Values["units"]} {trial.Values["optimizer"]}"));
        IReadOnlyList<(Dataset Train, Dataset Validation)> folds = SearchCases.Data.KFold(3, seed: 2);
        foreach (Trial trial in result.Trials)
        {
            double[] scores = [.. folds.Select(fold => Fit(trial, fold.Train, fold.Validation).History.Last("val_loss"))];
            Assert.Equal(scores, trial.Scores.Select(score => score.Score));
            double mean = scores.Average();
            Assert.Equal(mean, trial.Score);
            Assert.Equal(Math.Sqrt(scores.Average(score => Math.Pow(score - mean, 2))), trial.StandardDeviation, 1e-15);
            Assert.Equal(trial.Values.GetInt32("units"), trial.Variant.Choices["units"]);
        }

        Assert.Equal(result.Trials.MinBy(trial => trial.Score)!.Number, result.Best.Number);
        Assert.Equal(result.Trials.OrderBy(trial => trial.Score), result.Ranked);

        // The best values, trained on all samples.
        Assert.Equal(SearchCases.Describe(Fit(result.Best, SearchCases.Data, validation: null).Network), SearchCases.Describe(result.Network));
    }

    [Fact]
    public void LargerScores_WinWhereTheyAreBetter_AndTheFirstOfEqualOnes()
    {
        static double Score(TrialRun run) => run.Values.GetInt32("units") >= 4 ? 3 : 1;
        Assert.Equal(1, new GridSearch(SearchSpace.Of(Curve.Variants), 2, Options with { Monitor = "val_accuracy" }).Run(SearchCases.Data, Score).Best.Number);
        Assert.Equal(1, new GridSearch(SearchSpace.Of(Curve.Variants), 2, Options with { Mode = MonitorMode.Max }).Run(SearchCases.Data, Score).Best.Number);
        Assert.Equal(0, new GridSearch(SearchSpace.Of(Curve.Variants), 2, Options).Run(SearchCases.Data, Score).Best.Number);
        Assert.Equal(0, new GridSearch(SearchSpace.Of(Curve.Variants), 2, Options).Run(SearchCases.Data, _ => 5).Best.Number);
    }

    [Fact]
    public void ScoreOfWhichNobodySaysWhatIsBetter_IsRefusedBeforeTheSearch()
    {
        int begun = 0;
        GridSearch search = new(SearchSpace.Of(Curve.Variants), 2, Options with { Monitor = "profit" });
        string message = Assert.Throws<ArgumentException>(() => search.Run(SearchCases.Data, _ => Interlocked.Increment(ref begun))).Message;
        Assert.Contains("GridSearch watches \"profit\", of which it is not known whether less or more is better: give MonitorMode.Min or MonitorMode.Max", message, StringComparison.Ordinal);
        Assert.Equal(0, begun);
    }

    [Fact]
    public void MisspeltScore_IsToldWhatIsMeasured()
    {
        GridSearch search = new(SearchSpace.Of(Curve.Variants), 2, Options with { Monitor = "val_mea" });
        string message = Assert.Throws<ArgumentException>(() => search.Fit(SearchCases.Data, SearchCases.OptionsOf)).Message;
        Assert.Equal(
            "GridSearch watches \"val_mea\", but by itself the training measures loss, mae, val_loss, val_mae. If \"val_mea\" is a metric of your own, give MonitorMode.Min or MonitorMode.Max: it is not known whether less or more of it is better.",
            message);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void FoldsOfAClassifier_AreStratifiedUnlessToldOtherwise(bool? asked, bool isStratified)
    {
        // A tenth of the samples is of class 1: blocks by chance have other shares.
        int[] classes = [.. Enumerable.Range(0, 40).Select(i => i % 10 == 0 ? 1 : 0)];
        Assert.Equal(isStratified, AreEven(TwoKinds.Variants, Dataset.Create<TwoKinds>(new float[80], classes), training => training.ClassTarget(0).ToArray().Sum()));
        Assert.Equal(isStratified, AreEven(YesOrNo.Variants, Dataset.Create<YesOrNo>(new float[80], classes.Select(kind => (float)kind).ToArray()), training => (int)training.FloatTarget(0).ToArray().Sum()));

        bool AreEven(IReadOnlyList<NetworkVariant> variants, Dataset data, Func<ITraining, int> count)
        {
            ConcurrentDictionary<int, int> ones = [];
            new GridSearch(SearchSpace.Of(variants), folds: 4, Options with { Stratified = asked, Refit = false }).Run(data, run =>
            {
                using ITraining training = run.Network.CreateTraining(run.Validation!.Count);
                run.Validation.CopyBatch(training, [.. Enumerable.Range(0, run.Validation.Count)]);
                ones[run.Fold] = count(training);
                return 0;
            });
            Assert.Equal(4, ones.Values.Sum());
            return ones.Values.All(each => each == 1);
        }
    }

    [Fact]
    public void WithoutLastTraining_FoldsGiveNoNetwork()
    {
        SearchResult result = new GridSearch(SearchSpace.Of(Curve.Variants), 2, Options with { Refit = false }).Run(SearchCases.Data, run => run.Trial);
        Assert.Contains("one per fold", Assert.Throws<InvalidOperationException>(() => result.Network).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneFold_HoldsTheSplitOut_AndReturnsTheNetworkThatWasMeasured()
    {
        List<(int Train, int Validation, bool IsRefit)> seen = [];
        SearchResult result = new GridSearch(SearchCases.Grid, folds: 1, Options with { ValidationSplit = 0.25, Threads = 1 }).Fit(SearchCases.Data, run =>
        {
            seen.Add((run.Train.Count, run.Validation!.Count, run.IsRefit));
            return SearchCases.OptionsOf(run);
        });
        Assert.All(seen, entry => Assert.Equal((45, 15, false), entry));
        Assert.Equal(6, seen.Count);
        (Dataset train, Dataset validation) = SearchCases.Data.Split(0.25);
        Assert.Equal(SearchCases.Describe(Fit(result.Best, train, validation).Network), SearchCases.Describe(result.Network));
        Assert.All(result.Trials, trial => Assert.Equal(0, trial.StandardDeviation));
    }

    [Fact]
    public void EarlyStoppingThatRestores_IsScoredByTheEpochItRestored()
    {
        SearchOptions options = Options with { Monitor = "val_loss", Threads = 1 };
        List<double> best = [];
        SearchResult result = new GridSearch(SearchSpace.Of(Curve.Variants), folds: 1, options).Fit(SearchCases.Data, run => new FitOptions
        {
            Epochs = 30,
            Optimizer = new Sgd(0.9),
            Callbacks = [new EarlyStopping(patience: 3, restoreBestWeights: true), new LambdaCallback(onTrainEnd: context => best.Add(context.History["val_loss"].Min()))],
        });
        Assert.Equal(best, result.Trials.Select(trial => trial.Score));
        Assert.Equal(result.Best.Score, result.Network.Evaluate(SearchCases.Data.Split(0.2).Last, batchSize: 32).Loss, 1e-6);
    }

    [Fact]
    public void ContradictingOptions_AreRefused()
    {
        Assert.Contains("3 folds and ValidationData were both given", Message(() => new GridSearch(SearchCases.Grid, 3, Options with { ValidationData = SearchCases.Data }).Run(SearchCases.Data, _ => 0)), StringComparison.Ordinal);
        Assert.Contains("another network than Curve", Message(() => new GridSearch(SearchCases.Grid, 3, Options).Run(Dataset.Create<Flowers>(new float[40], new int[10]), _ => 0)), StringComparison.Ordinal);
        Assert.Contains("number of folds", Message(() => new GridSearch(SearchCases.Grid, 61, Options).Run(SearchCases.Data, _ => 0)), StringComparison.Ordinal);
        SearchFailedException own = Assert.Throws<SearchFailedException>(() => new GridSearch(SearchCases.Grid, 2, Options).Fit(SearchCases.Data, _ => new FitOptions { ValidationSplit = 0.5 }));
        Assert.Contains("The validation data of a trial is the search's", own.Message, StringComparison.Ordinal);
        SearchFailedException watched = Assert.Throws<SearchFailedException>(() => new GridSearch(SearchCases.Grid, 2, Options with { Monitor = "val_auc" }).Fit(SearchCases.Data, SearchCases.OptionsOf));
        Assert.Contains("watches \"val_auc\", but the training measures loss", watched.Message, StringComparison.Ordinal);

        static string Message(Action act) => Assert.ThrowsAny<ArgumentException>(act).Message;
    }

    private static (INetwork Network, History History) Fit(Trial trial, Dataset train, Dataset? validation)
    {
        INetwork network = trial.Variant.Create(trial.Seed);
        Optimizer optimizer = trial.Values.GetString("optimizer") == "adam" ? new Adam(0.02) : new Sgd(0.02);
        return (network, network.Fit(train, new FitOptions { Epochs = 4, BatchSize = 16, Optimizer = optimizer, ValidationData = validation, Verbosity = Verbosity.Silent }));
    }
}
