using System.Diagnostics;
using NetCompiler.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace NetCompiler.Tests.Training.Fit.Checkpoints;

/// <summary>
/// A training process is killed at random moments, in the middle of writing too, is started again every time, and ends with the bits of one that was not: 20 times, 6 of them
/// inside a write, or ten times as often with NETCOMPILER_LONG=1.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("NETCOMPILER_LONG") == "1" ? 10 : 1;

    private readonly string _folder = Directory.CreateTempSubdirectory("netcompiler-kill-").FullName;
    private readonly Random _random = new(Environment.GetEnvironmentVariable("NETCOMPILER_SEED") is string seed ? int.Parse(seed, null) : Environment.TickCount);

    private string CheckpointPath => Path.Combine(_folder, "run.checkpoint");

    private string TemporaryPath => Path.Combine(_folder, ".run.checkpoint.tmp");

    private string ResultPath => Path.Combine(_folder, "result.txt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TrainingKilledAtRandomMoments_EndsWithTheBitsOfOneThatWasNot()
    {
        Kinds network = KindsRun.Network();
        string expected = KindsRun.Describe(network, network.Fit(KindsRun.Data, KindsRun.Options(KilledTraining.Epochs)));
        int kills = 0, insideWrites = 0, resumed = 0, completed = 0;
        while (kills < 20 * Rounds || insideWrites < 6 * Rounds)
        {
            bool hadCheckpoint = File.Exists(CheckpointPath);
            bool aimsAtWrite = kills % 3 == 2 || kills >= 20 * Rounds;
            if (Start(aimsAtWrite, out bool wasInsideWrite))
            {
                // It was faster than the blow: a whole run, and the next begins anew.
                Assert.Equal(expected, File.ReadAllText(ResultPath));
                File.Delete(ResultPath);
                File.Delete(CheckpointPath);
                completed++;
                continue;
            }

            kills++;
            insideWrites += wasInsideWrite ? 1 : 0;
            resumed += hadCheckpoint ? 1 : 0;
        }

        string place = File.Exists(CheckpointPath) ? Checkpoint.Read(CheckpointPath).State.GetInt64("epoch").ToString(null, null) : "none";
        Figures.Write($"{kills} kills, {insideWrites} inside a write, {resumed} of resumed runs, {completed} runs that ended before; the last checkpoint is of epoch {place}", output);
        using Process last = Launch(pause: 0);
        Task<string> told = last.StandardOutput.ReadToEndAsync();
        string errors = await last.StandardError.ReadToEndAsync();
        await last.WaitForExitAsync();
        Assert.True(last.ExitCode == 0, errors + await told);
        Assert.Equal(expected, File.ReadAllText(ResultPath));
        Assert.True(resumed > 10 * Rounds, $"only {resumed} of {kills} killed runs had gone on from a checkpoint");
    }

    /// <summary>Starts a training and kills it; true where it had ended before.</summary>
    private bool Start(bool aimsAtWrite, out bool wasInsideWrite)
    {
        DateTime before = File.Exists(TemporaryPath) ? File.GetLastWriteTimeUtc(TemporaryPath) : default;
        using Process process = Launch(pause: aimsAtWrite ? 60 : 0);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string awaited = aimsAtWrite ? "writing" : "batch";
        int seen = 0, target = _random.Next(1, aimsAtWrite ? 12 : 20);
        while (process.StandardOutput.ReadLine() is string line && line != "done")
        {
            if (line == awaited && ++seen == target)
            {
                Thread.Sleep(_random.Next(aimsAtWrite ? 20 : 8));
                break;
            }
        }

        // SIGKILL: nothing of the process runs after it.
        process.Kill();
        process.WaitForExit();
        wasInsideWrite = File.Exists(TemporaryPath) && File.GetLastWriteTimeUtc(TemporaryPath) > before;
        if (process.ExitCode == 0)
        {
            return true;
        }

        Assert.True(process.ExitCode is 137 or -1, $"exit code {process.ExitCode}: {errors.GetAwaiter().GetResult()}");
        return false;
    }

    private Process Launch(int pause)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = ["exec", typeof(KilledProgram).Assembly.Location, KilledProgram.Training, CheckpointPath, ResultPath, pause.ToString(null, null)];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The training process did not start.");
    }
}
