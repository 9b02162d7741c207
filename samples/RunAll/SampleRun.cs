using System.Diagnostics;
using Samples.Data;

namespace Samples;

/// <summary>A sample that has been run.</summary>
/// <param name="Form">How.</param>
/// <param name="ExitCode">How it ended; 0 is well.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Lines">What it printed to both streams.</param>
public sealed record SampleRun(ShortForm Form, int ExitCode, TimeSpan Duration, IReadOnlyList<string> Lines)
{
    /// <summary>The last line that tells what the sample reached; where there is none, as without its data, the last line.</summary>
    public string Reached => (Lines.LastOrDefault(line => line.Contains(Form.Reached, StringComparison.OrdinalIgnoreCase)) ?? Lines.LastOrDefault(line => line.Trim().Length > 0) ?? "").Trim(' ', '│');

    private const string LogName = "log.txt";

    /// <summary>Runs an assembly in a process of its own, and writes what it prints into log.txt of its folder. What a former run left there is deleted.</summary>
    /// <param name="form">The sample.</param>
    /// <param name="assembly">What it was built into.</param>
    /// <param name="folder">The folder for what it writes.</param>
    /// <param name="cancellation">Ends the process.</param>
    /// <exception cref="IOException">The folder or the log cannot be written, or the folder has something else in it.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public static async Task<SampleRun> StartAsync(ShortForm form, string assembly, string folder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(form);
        string log = EmptyFolder(folder);
        long begun = Stopwatch.GetTimestamp();
        List<string> lines = [];
        using var process = new Process { StartInfo = new ProcessStartInfo("dotnet", [assembly, .. form.WithOutput(folder)]) { RedirectStandardOutput = true, RedirectStandardError = true } };
        void Append(object sender, DataReceivedEventArgs printed)
        {
            lock (lines)
            {
                if (printed.Data is { } line)
                {
                    lines.Add(line);
                }
            }
        }

        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        await File.WriteAllLinesAsync(log, lines, CancellationToken.None);
        return new SampleRun(form, process.ExitCode, Stopwatch.GetElapsedTime(begun), lines);
    }

    /// <summary>Makes the folder as at a first run: pictures and weights of a former one must not pass for those of this one.</summary>
    /// <returns>The log, which marks the folder as one that may be deleted.</returns>
    private static string EmptyFolder(string folder)
    {
        string log = Path.Combine(folder, LogName);
        if (Directory.Exists(folder))
        {
            if (!File.Exists(log) && Directory.EnumerateFileSystemEntries(folder).Any())
            {
                throw new IOException($"{folder} has files, but no {LogName} of a former run: it is left alone. Name another folder with --output.");
            }

            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(log, "");
        return log;
    }
}
