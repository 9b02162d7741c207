using System.Text;
using Xunit;

namespace NetCompiler.Tests.Training.Search;

/// <summary>What the log of trials accepts, and what it refuses.</summary>
public sealed class TrialLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string LogPath => Path.Combine(_folder["search"], "trials.log");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ForeignLogs_AreRefused_WithEveryDifference()
    {
        Search();
        Refuse("- space: ", () => Search(space: SearchCases.Grid.Int("epochs", 1, 2)));
        Refuse("- seed: 3 in the log, 4 here", () => Search(seed: 4));
        Refuse("- samples: 48 to train, 12 to validate in the log, 40 to train, 10 to validate here", () => Search(data: SearchCases.Data.Take(50)));
        Refuse("- score: val_loss, smaller ones are better in the log, val_accuracy, larger ones are better here", () => Search(monitor: "val_accuracy"));
        Refuse("- search: GridSearch, 1 folds in the log, RandomSearch, 1 folds here", () => new RandomSearch(SearchCases.Grid, 5, options: Options(3)).Run(SearchCases.Data, _ => 0));
        Refuse("- networks: ", () => new GridSearch(SearchSpace.Of<Other>().Choice("units", 2, 4, 8).Choice("optimizer", "adam", "sgd"), 1, Options(3)).Run(SearchCases.Data, _ => 0));
        Assert.Equal(6, Search().Trials.Count);
    }

    [Fact]
    public void EveryChangedByte_IsRefused_AndTheFileStaysAsItIs()
    {
        Search();
        byte[] content = File.ReadAllBytes(LogPath);

        // Without its end the last line is one that was not written to it: see below.
        for (int i = 0; i < content.Length - 1; i += 7)
        {
            byte[] damaged = [.. content];
            damaged[i] ^= 0x04;
            File.WriteAllBytes(LogPath, damaged);
            Assert.Throws<TrialLogException>(() => Search());
            Assert.Equal(damaged, File.ReadAllBytes(LogPath));
        }

        File.WriteAllBytes(LogPath, content);
        Assert.Equal(0, Measured(() => Search()));
    }

    [Fact]
    public void EveryTornEnd_IsTakenAway_AndTheRestGoesOn()
    {
        string expected = Search().ToCsv();
        byte[] content = File.ReadAllBytes(LogPath);
        for (int length = 0; length < content.Length; length += 11)
        {
            File.WriteAllBytes(LogPath, content[..length]);
            int kept = Math.Max(1, content[..length].Count(value => value == (byte)'\n'));
            Assert.Equal(6 - (kept - 1), Measured(() => Assert.Equal(expected, Search().ToCsv())));
            Assert.Equal(7, File.ReadAllLines(LogPath).Length);
        }
    }

    [Fact]
    public void OtherFiles_AreRefused_AndStayAsTheyAre()
    {
        Directory.CreateDirectory(_folder["search"]);
        foreach ((string text, string message) in new[] { ("a diary", "no line that ends"), ("a diary\n", "line 1 does not begin with a checksum"), ("{}\n", "no log of trials") })
        {
            File.WriteAllText(LogPath, text);
            Refuse(message, () => Search());
            Assert.Equal(text, File.ReadAllText(LogPath));
        }
    }

    [Fact]
    public void RepeatedLineAndOtherValues_AreRefused()
    {
        Search();
        string[] lines = File.ReadAllLines(LogPath);
        File.WriteAllText(LogPath, string.Join('\n', [.. lines, lines[2]]) + "\n");
        Refuse("line 8 is of the same task as line 3", () => Search());

        string other = lines[2][9..].Replace("\"sgd\"", "\"adam\"", StringComparison.Ordinal);
        File.WriteAllText(LogPath, string.Join('\n', [.. lines[..2], $"{Crc32C.Compute(Encoding.UTF8.GetBytes(other)):x8} {other}"]) + "\n");
        Refuse("in line 3, trial 1 has the values {\"units\":2,\"optimizer\":\"adam\"}, but here {\"units\":2,\"optimizer\":\"sgd\"}", () => Search());
    }

    [Fact]
    public void LogInUse_IsRefused()
        => Refuse("cannot be opened", () => new GridSearch(SearchCases.Grid, 1, Options(3) with { Threads = 1 }).Run(SearchCases.Data, _ =>
        {
            try
            {
                Search();
            }
            catch (TrialLogException exception)
            {
                // Carried out of the trial, which would only fail.
                throw new CheckpointException(exception.Message, exception);
            }

            return 0;
        }));

    [Fact]
    public void FolderThatCannotBeMade_IsRefused()
    {
        File.WriteAllText(_folder["search"], "");
        Refuse("cannot be made", () => Search());
    }

    [Fact]
    public void Failures_AreKeptWithTheirReasons()
    {
        int calls = 0;
        string first = Run().ToCsv();
        Assert.Equal(6, calls);
        Assert.Equal(first, Run().ToCsv());
        Assert.Equal(6, calls);
        Assert.Contains("InvalidOperationException: out of \"luck\",\nüber", Run().Trials[1].Failure, StringComparison.Ordinal);

        SearchResult Run() => new GridSearch(SearchCases.Grid, 1, Options(3)).Run(SearchCases.Data, run =>
        {
            calls += run.Validation is null ? 0 : 1;
            return run.Trial == 1 ? throw new InvalidOperationException("out of \"luck\",\nüber") : run.Trial;
        });
    }

    private static void Refuse(string message, Action search)
    {
        Exception exception = Assert.ThrowsAny<Exception>(search);
        Assert.True(exception is TrialLogException or CheckpointException, exception.ToString());
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private int _measured;

    private int Measured(Action act)
    {
        _measured = 0;
        act();
        return _measured;
    }

    private SearchOptions Options(int seed) => new() { Seed = seed, Folder = _folder["search"], Verbosity = Verbosity.Silent, Threads = 1, Refit = false };

    private SearchResult Search(SearchSpace? space = null, int seed = 3, Dataset? data = null, string monitor = "val_loss")
        => new GridSearch(space ?? SearchCases.Grid, 1, Options(seed) with { Monitor = monitor }).Run(data ?? SearchCases.Data, run =>
        {
            _measured++;
            return Math.Sqrt(run.Trial + 2);
        });
}

/// <summary>Takes what <see cref="Curve"/> takes, but is another network.</summary>
[Network]
[Input(2)]
[Dense(1)]
[Loss(Loss.MeanSquaredError)]
internal sealed partial class Other;
