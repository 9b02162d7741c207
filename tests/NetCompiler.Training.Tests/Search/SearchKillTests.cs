using System.Diagnostics;
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
    [InlineData(nameof(GridSearch), 60)]
    [InlineData(nameof(Hyperband), 50)]
    public async Task SearchKilledAtRandomMoments_EndsWithTheBitsOfOneThatWasNot(string kind, int epochs)
    {
        string expected = SearchCases.Describe(SearchCases.Create(kind, new SearchOptions { Seed = 6, Threads = 1, Verbosity = Verbosity.Silent }).Fit(SearchCases.Data, SearchCases.OptionsOf));
        int kills = 0;
        for (int round = 0; round < Rounds; round++)
        {
            string name = FormattableString.Invariant($"search-{round}"), log = Path.Combine(_folder[name], "trials.log"), result = _folder[name + ".txt"];
            int lines = 0, own = 0;
            while (true)
            {
                using Process process = Launch(kind, _folder[name], result);
                Task<string> errors = process.StandardError.ReadToEndAsync();
                int target = _random.Next(1, epochs / 3);
                string? line;
                while ((line = await process.StandardOutput.ReadLineAsync()) is not null and not "done" && --target > 0)
                {
                }

                if (line == "epoch")
                {
                    Thread.Sleep(_random.Next(6));
                    process.Kill();
                }

                await process.WaitForExitAsync();
                if (process.ExitCode == 0)
                {
                    break;
                }

                Assert.True(process.ExitCode is 137 or -1, $"exit code {process.ExitCode}: {await errors}");
                int now = File.Exists(log) ? File.ReadAllLines(log).Length : 0;
                Assert.True(now >= lines, $"the log had {lines} lines, and after a kill {now}");
                lines = now;
                own++;
            }

            Assert.Equal(expected, File.ReadAllText(result));
            kills += own;
        }

        Fit.Figures.Write(output, $"{kind}: {kills} kills in {Rounds} searches");
        Assert.InRange(kills, Rounds, int.MaxValue);
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
