using System.Diagnostics;
using NetCompiler.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace NetCompiler.Tests.Training.Search;

/// <summary>A searching process is killed at random moments, is started again every time, and ends with the bits of one that was not.</summary>
public sealed class SearchKillTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("NETCOMPILER_LONG") == "1" ? 10 : 1;

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(Environment.GetEnvironmentVariable("NETCOMPILER_SEED") is string seed ? int.Parse(seed, null) : Environment.TickCount);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(nameof(GridSearch))]
    [InlineData(nameof(Hyperband))]
    public async Task SearchKilledAtRandomMoments_EndsWithTheBitsOfOneThatWasNot(string kind)
    {
        string expected = SearchCases.Describe(SearchCases.Create(kind, new SearchOptions { Seed = 6, Threads = 1, Verbosity = Verbosity.Silent }).Fit(SearchCases.Data, SearchCases.OptionsOf));
        int kills = 0, searches = 0, resumed = 0;
        while (kills < 4 * Rounds)
        {
            string folder = _folder[FormattableString.Invariant($"search-{searches}")], log = Path.Combine(folder, "trials.log"), result = folder + ".txt";
            int lines = 0;
            while (await RunAndKill(kind, folder, result))
            {
                int now = File.Exists(log) ? File.ReadAllText(log).Count(character => character == '\n') : 0;
                Assert.True(now >= lines, $"the log had {lines} lines, and after a kill {now}");
                resumed += lines > 1 ? 1 : 0;
                lines = now;
                kills++;
            }

            Assert.Equal(expected, File.ReadAllText(result));
            searches++;
        }

        Figures.Write($"{kind}: {kills} kills in {searches} searches, {resumed} of them of a search that had gone on from its log", output);
    }

    /// <summary>Searches, and kills the process after some epochs; false where it ended before.</summary>
    private async Task<bool> RunAndKill(string kind, string folder, string result)
    {
        using Process process = Launch(kind, folder, result);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        int target = _random.Next(2, 25);
        while (await process.StandardOutput.ReadLineAsync() is "epoch")
        {
            if (--target == 0)
            {
                Thread.Sleep(_random.Next(8));
                process.Kill();
                break;
            }
        }

        Task<string> rest = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode is 0 or 137 or -1, $"exit code {process.ExitCode}: {await errors}{await rest}");
        return process.ExitCode != 0;
    }

    private static Process Launch(string kind, string folder, string result)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["exec", typeof(KilledProgram).Assembly.Location, KilledProgram.Search, kind, folder, result])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The search process did not start.");
    }
}
