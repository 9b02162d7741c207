using NetCompiler.Tests.Training.Fit;
using Spectre.Console;
using Xunit;

namespace NetCompiler.Tests.Training.Search;

/// <summary>What a search tells of itself.</summary>
[Collection("console")]
public sealed class SearchDisplayTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly IAnsiConsole _console;

    public SearchDisplayTests()
    {
        // Displays refresh on threads of their own.
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(TextWriter.Synchronized(_output)) });
        _console.Profile.Width = 160;
    }

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Lines_TellOfEveryTask()
    {
        using StringWriter lines = new();
        new GridSearch(SearchCases.Grid, 2, new SearchOptions { Threads = 1, Refit = false, Verbosity = Verbosity.Lines, Output = lines }).Run(SearchCases.Data, run => run.Trial == 5 ? double.NaN : run.Trial);
        string[] told = lines.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(12, told.Length);
        Assert.Equal("trial 1 fold 2  0.0 s  val_loss 1.0000  units = 2, optimizer = sgd", told[3]);
        Assert.Equal("trial 5 fold 2  0.0 s  failed: The score is NaN.  units = 8, optimizer = sgd", told[11]);
    }

    [Fact]
    public void LastTraining_IsAnnounced()
    {
        static double Score(TrialRun run) => 6 - run.Trial;
        using StringWriter lines = new(), silent = new();
        new GridSearch(SearchCases.Grid, 2, new SearchOptions { Threads = 1, Verbosity = Verbosity.Lines, Output = lines }).Run(SearchCases.Data, Score);
        Assert.EndsWith($"{Environment.NewLine}trial 5 is the best; training it on all samples{Environment.NewLine}", lines.ToString(), StringComparison.Ordinal);
        new GridSearch(SearchCases.Grid, 2, new SearchOptions { Threads = 1, Verbosity = Verbosity.Silent, Output = silent }).Run(SearchCases.Data, Score);
        Assert.Equal("", silent.ToString());

        // On a console, where there was a bar.
        Trial best = new GridSearch(SearchCases.Grid, 1, new SearchOptions { Verbosity = Verbosity.Silent }).Run(SearchCases.Data, Score).Best;
        SearchDisplay display = new(_console, null, TimeSpan.FromSeconds(2));
        display.TellOfLastTraining(best, onAllSamples: true, TimeSpan.FromSeconds(1));
        Assert.Equal("", _output.ToString());
        display.TellOfLastTraining(best, onAllSamples: false, TimeSpan.FromSeconds(2));
        Assert.Equal("trial 5 is the best; training it once more, as its network was not kept", _output.ToString().Trim());
    }

    [Fact]
    public void Progress_IsToldOfEveryTask_WithTheBest()
    {
        List<SearchProgress> told = [];
        new Hyperband(SearchCases.Space, 9, options: new SearchOptions { Threads = 2, Verbosity = Verbosity.Silent, Progress = new Told<SearchProgress>(told.Add) }).Run(
            SearchCases.Data,
            run =>
            {
                Thread.Sleep(5);
                return run.Trial + 1;
            });
        Assert.Equal((22, 22, 0, 1.0), (told[^1].Done, told[^1].Count, told[^1].Failed, told[^1].Fraction));
        Assert.Equal(0, told[^1].Best!.Number);
        Assert.Equal(TimeSpan.Zero, told[^1].Remaining);
        Assert.Equal(told.Select(progress => progress.Fraction).Order(), told.Select(progress => progress.Fraction));
        Assert.All(told.Where(progress => progress.Fraction is > 0 and < 1), progress => Assert.InRange(progress.Remaining.TotalSeconds, 1e-4, 600));
    }

    [Fact]
    public void Progress_CountsTheLastTraining()
    {
        List<SearchProgress> told = [];
        int refits = 0;
        new GridSearch(SearchCases.Grid, 2, new SearchOptions { Threads = 1, Verbosity = Verbosity.Silent, Progress = new Told<SearchProgress>(told.Add) }).Run(SearchCases.Data, run =>
        {
            // The search is not over: of 13 tasks, one is left.
            refits += run.IsRefit ? 1 : 0;
            Assert.True(!run.IsRefit || told[^1] is { Done: 12, Fraction: < 0.93 });
            return run.Trial;
        });
        Assert.Equal(1, refits);
        Assert.All(told, progress => Assert.Equal(13, progress.Count));
        Assert.All(told.SkipLast(1), progress => Assert.True(progress is { Fraction: < 1 } && progress.Remaining > TimeSpan.Zero, $"{progress}"));
        Assert.Equal((13, 1.0, TimeSpan.Zero), (told[^1].Done, told[^1].Fraction, told[^1].Remaining));
    }

    [Fact]
    public void LastTraining_IsToldOfWhileItRuns()
    {
        // It ends when it was told of.
        FixedPlan plan = new(4, 1, trial => SearchCases.Grid.ValuesAt(trial));
        using ManualResetEventSlim end = new();
        List<SearchProgress> told = [];
        Told<SearchProgress> progress = new(value =>
        {
            told.Add(value);
            end.Set();
        });
        SearchProgress before = new(4, 5, 0, null, 0.8, TimeSpan.FromSeconds(8));
        LastTraining.Run(end.Wait, () => { }, () => 0.5, plan, before, progress, TimeSpan.Zero);
        Assert.Equal((4, 5, 0.9), (told[0].Done, told[0].Count, told[0].Fraction));
        Assert.InRange(told[0].Elapsed, before.Elapsed, TimeSpan.MaxValue);
        Assert.InRange(told[0].Remaining, TimeSpan.FromSeconds(0.8), TimeSpan.MaxValue);
        Assert.Equal((5, 1.0), (told[^1].Done, told[^1].Fraction));

        // What is thrown there is thrown here; what telling throws ends the training.
        Assert.Equal("bad", Assert.Throws<InvalidDataException>(() => LastTraining.Run(() => throw new InvalidDataException("bad"), () => { }, () => 0, plan, before, null, TimeSpan.Zero)).Message);
        using ManualResetEventSlim stopped = new();
        Told<SearchProgress> refuse = new(_ => throw new NotSupportedException());
        Assert.Throws<NotSupportedException>(() => LastTraining.Run(stopped.Wait, stopped.Set, () => 0, plan, before, refuse, TimeSpan.Zero));
    }

    [Fact]
    public void Division_IsToldOfWhileClassesAreRead()
    {
        // It goes on when it was told of.
        Dataset data = Dataset.Create<Kinds>(new float[36 * 6], new int[] { 0, 1, 2, 0, 1, 2 });
        using ManualResetEventSlim end = new();
        List<SearchProgress> told = [];
        Told<SearchProgress> progress = new(value =>
        {
            told.Add(value);
            end.Set();
        });
        using StringWriter lines = new();
        using (SearchDivision division = new(Divide, CancellationToken.None))
        {
            new SearchDisplay(null, lines, TimeSpan.Zero).Show(division, 12, progress);
            Assert.Equal(3, division.End().Of(0).Train.Count);
        }

        SearchProgress now = told[0];
        Assert.Equal((0, 12, 0.0), (now.Done, now.Count, now.Fraction));
        Assert.Equal((2, 6L), (now.Division!.Value.Done, now.Division.Value.Count));
        Assert.InRange(now.Division.Value.Remaining, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(8));
        Assert.Equal("dividing the samples: 2 of 6, 8 s left", lines.ToString().Split(Environment.NewLine)[0]);

        end.Reset();
        using SearchDivision drawn = new(Divide, CancellationToken.None);
        new SearchDisplay(_console, null, TimeSpan.Zero).Show(drawn, 12, progress);
        drawn.End();
        Assert.Contains("dividing the samples", _output.ToString(), StringComparison.Ordinal);

        // What telling throws ends the division.
        end.Reset();
        using SearchDivision stopped = new(Divide, CancellationToken.None);
        Assert.Throws<NotSupportedException>(() => new SearchDisplay(null, null, TimeSpan.Zero).Show(stopped, 12, new Told<SearchProgress>(_ => throw new NotSupportedException())));
        stopped.Dispose();
        Assert.Throws<OperationCanceledException>(stopped.End);

        SearchData Divide(IProgress<DataProgress> reading, CancellationToken cancellation)
        {
            reading.Report(new DataProgress(2, 6, TimeSpan.FromSeconds(4)));
            end.Wait(cancellation);
            SearchSpace space = SearchSpace.Of<Kinds>().Choice("optimizer", "adam");
            return new SearchData(space, data, 2, new SearchOptions { Stratified = true }, reading, cancellation);
        }
    }

    [Fact]
    public void StratifiedDivision_TellsOfEverySample()
    {
        Dataset data = Dataset.Create<Kinds>(new float[36 * 6], new int[] { 0, 1, 2, 0, 1, 2 });
        SearchSpace space = SearchSpace.Of<Kinds>().Choice("optimizer", "adam");
        foreach (int folds in new[] { 1, 2 })
        {
            List<DataProgress> told = [];
            _ = new SearchData(space, data, folds, new SearchOptions { Stratified = true, ValidationSplit = 0.5 }, new Told<DataProgress>(told.Add));
            Assert.Equal((6, 6L), (told[^1].Done, told[^1].Count));
        }
    }

    [Fact]
    public void StratifiedFolds_AreCanceledWhileClassesAreRead()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Dataset data = Dataset.Create<Kinds>(new float[36 * 6], new int[] { 0, 1, 2, 0, 1, 2 });
        SearchSpace space = SearchSpace.Of<Kinds>().Choice("optimizer", "adam");
        int calls = 0;
        SearchCanceledException exception = Assert.Throws<SearchCanceledException>(
            () => new GridSearch(space, 2, new SearchOptions { Stratified = true, Verbosity = Verbosity.Silent }).Run(data, _ => calls++, source.Token));
        Assert.Equal((0, 0), (exception.Trials.Count, calls));
    }

    [Fact]
    public void Bar_ShowsTheBestAndTheTimeLeft()
    {
        MonitoredSeries monitor = new("val_loss", 0, MonitorMode.Auto);
        FixedPlan plan = new(4, 1, trial => SearchCases.Grid.ValuesAt(trial));
        TrialBook book = new(SearchCases.Grid, plan.ValuesOf, 0, 1, monitor);
        SearchData data = new(SearchCases.Grid, SearchCases.Data, 1, new SearchOptions());
        using SearchRunner runner = new(
            plan,
            book,
            log: null,
            best: null,
            (task, token) => new TrialRun(task, plan.ValuesOf(task.Trial), new Curve(1), data.Of(0), new SearchOptions(), token),
            run =>
            {
                Thread.Sleep(300);
                return run.Trial;
            },
            threads: 1,
            CancellationToken.None);
        runner.Start();
        new SearchDisplay(_console, null, TimeSpan.Zero).Show(runner, "val_loss", plan.ValuesOf, null);
        runner.End();
        Assert.Contains("searching 2/4  best val_loss 0.0000 (trial 0)", _output.ToString(), StringComparison.Ordinal);
        Assert.Matches("0:00:0[0-9]", _output.ToString());

        // The console was given back.
        Assert.True(ProgressBarDisplay.TryTakeConsole());
        ProgressBarDisplay.GiveConsoleBack();
    }

    [Fact]
    public void UnknownVerbosity_IsRefused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => new GridSearch(SearchCases.Grid, 2, new SearchOptions { Verbosity = (Verbosity)9 }).Run(SearchCases.Data, _ => 0));
}
