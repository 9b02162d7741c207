using System.Collections.Concurrent;
using Xunit;

namespace NetCompiler.Tests.Training.Search;

public class HyperbandTests
{
    private static readonly SearchOptions Options = new() { Seed = 4, Threads = 2, Verbosity = Verbosity.Silent };

    [Fact]
    public void Schedule_IsThePapersTable()
    {
        // Li et al. 2018, table 1: R = 81, eta = 3.
        string[] expected =
        [
            "81 x 1, 27 x 3, 9 x 9, 3 x 27, 1 x 81",
            "34 x 3, 11 x 9, 3 x 27, 1 x 81",
            "15 x 9, 5 x 27, 1 x 81",
            "8 x 27, 2 x 81",
            "5 x 81",
        ];
        Assert.Equal(expected, Describe(new Hyperband(SearchCases.Space, maxEpochs: 81, factor: 3)));
    }

    [Fact]
    public void ScheduleOfOtherNumbers_IsRoundedDown()
    {
        Assert.Equal(["8 x 1, 4 x 2, 2 x 5, 1 x 10", "6 x 2, 3 x 5, 1 x 10", "4 x 5, 2 x 10", "4 x 10"], Describe(new Hyperband(SearchCases.Space, maxEpochs: 10, factor: 2)));
        Assert.Equal(["1 x 1"], Describe(new Hyperband(SearchCases.Space, maxEpochs: 1)));
        Assert.Equal(6, new Hyperband(SearchCases.Space, maxEpochs: 243).Brackets.Count);
    }

    [Fact]
    public void PromotedTrials_ContinueWhereTheyStopped_AndEndAsIfTheyHadNot()
    {
        ConcurrentBag<(int Trial, int Epoch)> epochs = [];
        Hyperband search = new(SearchCases.Space, maxEpochs: 9, options: Options);
        SearchResult result = search.Fit(SearchCases.Data, run => SearchCases.OptionsOf(run) with
        {
            Callbacks = [new LambdaCallback(onEpochBegin: context => epochs.Add((run.Trial, context.Epoch)))],
        });

        // No epoch was trained twice.
        Assert.Equal((9 * 1) + (3 * 2) + (1 * 6) + (5 * 3) + (1 * 6) + (3 * 9), epochs.Count);
        Assert.Equal(epochs.Count, epochs.Distinct().Count());
        Assert.Equal(9 + 5 + 3, result.Trials.Count);
        (Dataset train, Dataset validation) = SearchCases.Data.Split(0.2);
        foreach (Trial trial in result.Trials)
        {
            INetwork network = trial.Variant.Create(trial.Seed);
            History history = network.Fit(train, new FitOptions
            {
                Epochs = trial.TrainedEpochs!.Value,
                BatchSize = 16,
                Optimizer = new Adam(trial.Values.GetDouble("learning_rate")),
                ValidationData = validation,
                Verbosity = Verbosity.Silent,
            });
            Assert.All(trial.Scores, score => Assert.Equal(history["val_loss"][score.Epochs!.Value - 1], score.Score));
            if (trial.Number == result.Best.Number && trial.Epochs == trial.TrainedEpochs)
            {
                Assert.Equal(SearchCases.Describe(network), SearchCases.Describe(result.Network));
            }
        }

        Assert.Equal(result.Trials.SelectMany(trial => trial.Scores).Min(score => score.Score), result.Best.Score);
        Assert.Equal(result.Best.Score, result.Network.Evaluate(validation, batchSize: 16).Loss, 1e-6);
    }

    [Fact]
    public void TheBestOfEachRung_ArePromoted_AndFailedOnesAreNot()
    {
        // Of the first bracket's nine: 2 and 5 fail, the others are the better the later, but 7 and 8 are equal to 6.
        static double Score(TrialRun run) => run.Trial is 2 or 5 ? double.NaN : run.Trial < 9 ? -Math.Min(run.Trial, 6) : 100 + run.Trial;
        SearchResult result = new Hyperband(SearchCases.Space, maxEpochs: 9, options: Options).Run(SearchCases.Data, Score);
        Assert.Equal("0:1 1:1 2:1 3:1 4:1 5:1 6:9 7:3 8:3 9:9 10:3 11:3 12:3 13:3 14:9 15:9 16:9", string.Join(' ', result.Trials.Select(trial => $"{trial.Number}:{trial.TrainedEpochs}")));
        Assert.Equal((6, 1), (result.Best.Number, result.Best.Epochs));
        Assert.Equal([2, 5], result.Trials.Where(trial => trial.Failure is not null).Select(trial => trial.Number));
    }

    [Fact]
    public void RungWhereFewAreLeft_PromotesThose()
    {
        // All but trial 3 of the first bracket fail, and all of the second.
        SearchResult result = new Hyperband(SearchCases.Space, maxEpochs: 9, options: Options).Run(SearchCases.Data, run => run.Trial is 3 or > 13 ? 1 : throw new InvalidDataException("spoilt"));
        Assert.Equal(9, result.Trials[3].TrainedEpochs);
        Assert.Equal(3, result.Best.Number);
        Assert.All(result.Trials.Where(trial => trial.Number is not 3 and <= 13), trial => Assert.Equal("InvalidDataException: spoilt", trial.Failure));
    }

    [Fact]
    public void TrialThatWasBestButFailedLater_DoesNotWin()
    {
        // Trial 0 leads after every first rung, and fails after its promotion.
        double Score(TrialRun run) => run is { Trial: 0, Epochs: > 1 } ? double.NaN : run.Fit(SearchCases.OptionsOf(run)).Last("val_loss") - (run.Trial == 0 ? 100 : 0);
        SearchResult result = new Hyperband(SearchCases.Space, maxEpochs: 3, options: Options).Run(SearchCases.Data, Score);
        Assert.NotNull(result.Trials[0].Failure);
        Assert.NotEqual(0, result.Best.Number);
        Assert.Equal(result.Best.Score, result.Network.Evaluate(SearchCases.Data.Split(0.2).Last, batchSize: 16).Loss, 1e-6);
    }

    [Fact]
    public void LastTraining_TakesAllSamples_ForTheEpochsOfTheBest()
    {
        List<(int Samples, int? Epochs)> last = [];
        SearchResult result = new Hyperband(SearchCases.Space, maxEpochs: 9, options: Options with { Refit = true }).Fit(SearchCases.Data, run =>
        {
            if (run.IsRefit)
            {
                last.Add((run.Train.Count, run.Epochs));
            }

            return SearchCases.OptionsOf(run);
        });
        Assert.Equal([(60, result.Best.Epochs)], last);
        INetwork network = result.Best.Variant.Create(result.Best.Seed);
        network.Fit(SearchCases.Data, new FitOptions { Epochs = result.Best.Epochs!.Value, BatchSize = 16, Optimizer = new Adam(result.Best.Values.GetDouble("learning_rate")), Verbosity = Verbosity.Silent });
        Assert.Equal(SearchCases.Describe(network), SearchCases.Describe(result.Network));
    }

    [Fact]
    public void Iterations_RunAllBracketsAgain_WithOtherTrials()
    {
        SearchResult result = new Hyperband(SearchCases.Space, maxEpochs: 3, iterations: 2, options: Options).Run(SearchCases.Data, run => run.Values.GetDouble("learning_rate"));
        Assert.Equal(2 * (3 + 2), result.Trials.Count);
        Assert.Equal(10, result.Trials.Select(trial => trial.Values.GetDouble("learning_rate")).Distinct().Count());
    }

    private static IEnumerable<string> Describe(Hyperband search) => search.Brackets.Select(bracket => string.Join(", ", bracket.Rungs.Select(rung => $"{rung.Trials} x {rung.Epochs}")));
}
