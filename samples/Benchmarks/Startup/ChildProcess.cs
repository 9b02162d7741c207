using System.Diagnostics;

namespace Benchmarks.Startup;

/// <summary>This program in a process of its own.</summary>
internal static class ChildProcess
{
    /// <summary>What a child with those arguments prints, without the line's end.</summary>
    /// <param name="published">This program as it was published elsewhere; null is the one that runs.</param>
    /// <param name="arguments">What the child is told.</param>
    /// <exception cref="InvalidOperationException">It ended with an error.</exception>
    public static string Run(string? published, params string[] arguments) => Run(published, environment: [], arguments);

    /// <summary>What a child prints with some variables of the environment set.</summary>
    /// <exception cref="InvalidOperationException">It ended with an error.</exception>
    public static string Run(string? published, IReadOnlyList<(string Name, string Value)> environment, string[] arguments)
    {
        // Under "dotnet Benchmarks.dll" the process is dotnet, and the first argument must be this assembly.
        string program = published ?? Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        string[] all = isHost ? [Path.Combine(AppContext.BaseDirectory, "Benchmarks.dll"), .. arguments] : arguments;
        var start = new ProcessStartInfo(program, all) { RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process child = Process.Start(start)!;
        string line = child.StandardOutput.ReadToEnd().Trim();
        child.WaitForExit();
        return child.ExitCode == 0 ? line : throw new InvalidOperationException($"A child process ({string.Join(' ', arguments)}) ended with exit code {child.ExitCode} and printed \"{line}\".");
    }
}
