using System.Collections.Concurrent;
using Xunit;

namespace NetCompiler.Tests.Training.Search;

public sealed class SearchResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(nameof(GridSearch))]
    [InlineData(nameof(RandomSearch))]
    [InlineData(nameof(Hyperband))]
    public void Search_GivesTheSameBits_OnOneThreadAndTwo(string kind)
    {
        string one = SearchCases.Describe(Fit(kind, new SearchOptions { Seed = 8, Threads = 1 })), two = SearchCases.Describe(Fit(kind, new SearchOptions { Seed = 8, Threads = 2 }));
        Assert.Equal(one, two);
        Assert.NotEqual(one, SearchCases.Describe(Fit(kind, new SearchOptions { Seed = 9, Threads = 2 })));
    }

    [Theory]
    [InlineData(nameof(GridSearch), 1)]
    [InlineData(nameof(GridSearch), 2)]
    [InlineData(nameof(RandomSearch), 2)]
    [InlineData(nameof(Hyperband), 1)]
    [InlineData(nameof(Hyperband), 2)]
    public void CanceledSearch_LosesNoFinishedTrial_AndGoesOnToTheSameBits(string kind, int threads)
    {
        SearchOptions options = new() { Seed = 8, Threads = threads, Folder = _folder["search"] };
        string expected = SearchCases.Describe(Fit(kind, options with { Folder = null }));
        int measured = 0, cancellations = 0;
        ConcurrentBag<string> finished = [];
        while (true)
        {
            using CancellationTokenSource cancellation = new();
            int before = measured;
            try
            {
                SearchResult result = SearchCases.Create(kind, options with { Verbosity = Verbosity.Silent }).Run(
                    SearchCases.Data,
                    run =>
                    {
                        FitOptions own = SearchCases.OptionsOf(run);
                        History history = run.Fit(own);
                        if (run.IsRefit)
                        {
                            return 0;
                        }

                        finished.Add(FormattableString.Invariant($"{run.Trial} {run.Fold} {run.Epochs}"));
                        if (Interlocked.Increment(ref measured) == before + 4)
                        {
                            cancellation.Cancel();
                        }

                        return run.ScoreOf(history, own);
                    },
                    cancellation.Token);
                Assert.Equal(expected, SearchCases.Describe(result));
                break;
            }
            catch (SearchCanceledException exception)
            {
                Assert.Equal(cancellation.Token, exception.CancellationToken);
                cancellations++;
                Assert.Equal(1 + finished.Count, File.ReadAllLines(Path.Combine(_folder["search"], "trials.log")).Length);
            }
        }

        // Nothing was measured twice.
        Assert.Equal(finished.Count, finished.Distinct().Count());
        Assert.InRange(cancellations, 1, 20);
    }

    [Fact]
    public void Cancellation_EndsTheTrialAtItsBatch()
    {
        using CancellationTokenSource cancellation = new();
        int batches = 0;
        SearchCanceledException exception = Assert.Throws<SearchCanceledException>(() => new RandomSearch(SearchCases.Space, 4, options: new SearchOptions { Threads = 1 }).Fit(
            SearchCases.Data,
            run => SearchCases.OptionsOf(run) with
            {
                Epochs = 1_000_000,
                Callbacks = [new LambdaCallback(onBatchEnd: _ =>
                {
                    if (++batches == 100)
                    {
                        cancellation.Cancel();
                    }
                })],
            },
            cancellation.Token));
        Assert.Empty(exception.Trials);
        Assert.Equal(100, batches);
    }

    [Fact]
    public void FinishedSearch_IsNotRepeated_AndGivesItsNetworkFromTheFile()
    {
        SearchOptions options = new() { Seed = 8, Threads = 2, Folder = _folder["search"] };
        string expected = SearchCases.Describe(Fit(nameof(RandomSearch), options));
        Assert.Single(Directory.GetFiles(_folder["search"], "*.safetensors"));
        SearchResult again = SearchCases.Create(nameof(RandomSearch), options).Fit(SearchCases.Data, _ => throw new InvalidOperationException("A trial was repeated."));
        Assert.Equal(expected, SearchCases.Describe(again));

        // Without the file, or with a damaged one, the best trial is trained again.
        foreach (string path in Directory.GetFiles(_folder["search"], "*.safetensors"))
        {
            File.WriteAllText(path, "spoilt");
        }

        Assert.Equal(expected, SearchCases.Describe(Fit(nameof(RandomSearch), options)));
    }

    [Fact]
    public void RandomSearchThatEnded_GoesOnWithMoreTrials()
    {
        SearchOptions options = new() { Seed = 8, Threads = 2, Folder = _folder["search"] };
        new RandomSearch(SearchCases.Space, 3, options: options).Fit(SearchCases.Data, SearchCases.OptionsOf);
        int measured = 0;
        SearchResult more = new RandomSearch(SearchCases.Space, 8, options: options).Fit(SearchCases.Data, run =>
        {
            Interlocked.Increment(ref measured);
            return SearchCases.OptionsOf(run);
        });
        Assert.Equal(5, measured);
        Assert.Equal(SearchCases.Describe(Fit(nameof(RandomSearch), options with { Folder = null })), SearchCases.Describe(more));
    }

    [Fact]
    public void HyperbandFolder_KeepsNoCheckpointOfThoseThatAreOut()
    {
        Fit(nameof(Hyperband), new SearchOptions { Folder = _folder["search"] });
        Assert.Equal(2, Directory.GetFiles(_folder["search"]).Length);
    }

    private static SearchResult Fit(string kind, SearchOptions options) => SearchCases.Create(kind, options with { Verbosity = Verbosity.Silent }).Fit(SearchCases.Data, SearchCases.OptionsOf);
}
