using System.Diagnostics;
using System.Text;
using Xunit;

namespace NetCompiler.Tests.Packages;

/// <summary>What a command printed, to both streams, and how it ended.</summary>
internal sealed record DotNetResult(int ExitCode, string Output)
{
    /// <summary>The output of a command that must have succeeded.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, Output);
        return Output;
    }

    /// <summary>The output of a command that must have failed.</summary>
    public string Failed()
    {
        Assert.True(ExitCode != 0, "It was expected to fail:\n" + Output);
        return Output;
    }
}

/// <summary>Runs the dotnet command as a user would: nothing that the test run set for its own build is passed on, and no server is left running.</summary>
internal static class DotNet
{
    public static DotNetResult Run(string folder, params IEnumerable<string> arguments) => Run(folder, new Dictionary<string, string>(), arguments);

    public static DotNetResult Run(string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) => Start("dotnet", folder, environment, arguments);

    /// <summary>Runs a program that was published, in the same surroundings.</summary>
    public static DotNetResult RunPublished(string program, string folder, params IEnumerable<string> arguments) => Start(program, folder, new Dictionary<string, string>(), arguments);

    private static DotNetResult Start(string program, string folder, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var output = new StringBuilder();
        using Process process = new() { StartInfo = Describe(program, folder, environment, arguments) };
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return new DotNetResult(process.ExitCode, output.ToString());

        void Append(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }
    }

    /// <summary>The command, before it is started: its output is redirected.</summary>
    public static ProcessStartInfo Describe(string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) => Describe("dotnet", folder, environment, arguments);

    private static ProcessStartInfo Describe(string program, string folder, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] inherited = [.. start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || key is "NUGET_PACKAGES" or "Configuration")];
        foreach (string variable in inherited)
        {
            start.Environment.Remove(variable);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
