using System.CommandLine;
using Benchmarks.Networks;
using Benchmarks.Reports;
using Spectre.Console;

namespace Benchmarks;

/// <summary>The command line of the benchmark.</summary>
internal static class BenchmarkCommand
{
    /// <summary>Reads the arguments and runs what they ask for; the exit code.</summary>
    public static int Run(string[] args)
    {
        if (Console.IsOutputRedirected)
        {
            // A file has no width; the default of 80 columns would break the table's rows.
            AnsiConsole.Profile.Width = 180;
        }

        var peers = new Option<string?>("--peers") { Description = "The peers' folder (default: ../shared/peers beside the repository)." };
        string[] names = [.. NetworkCases.All.Select(network => network.Name), .. StreamingCase.All.Select(network => network.Name)];
        var only = new Option<string[]>("--only")
        {
            Description = "Some networks, without the times of startup and of the generator: " + string.Join(", ", names) + ".",
            CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
        };
        only.Validators.Add(result =>
        {
            if (result.GetValue(only)?.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
            {
                result.AddError($"--only: there is no network {unknown}; there are {string.Join(", ", names)}.");
            }
        });
        var json = new Option<string?>("--json") { Description = "A file for the figures as JSON." };
        var picture = new Option<string?>("--picture") { Description = "A file, .svg or .png, for a picture: every call by generated code against the others." };
        var startup = new Option<bool>("--startup") { Description = "Only the times of a start: of the first calls and the first prediction of a process." };
        var published = new Option<string?>("--published") { Description = "This program as published with its profile ReadyToRun: its start is measured beside that of this one." };
        published.Validators.Add(result =>
        {
            if (result.GetValue(published) is { } program && !File.Exists(program))
            {
                result.AddError($"--published: there is no file {program}; dotnet publish samples/Benchmarks -c Release -p:PublishProfile=ReadyToRun makes it.");
            }
        });
        var report = new Option<string?>("--report") { Description = $"A folder for the report: {string.Join(", ", BenchmarkReport.FileNames)}." };
        var install = new Option<bool>("--install-onnxruntime") { Description = "Fetch ONNX Runtime with npm into a per-user folder where it is missing." };
        var root = new RootCommand("Times generated code against the interpreter, ONNX Runtime and PyTorch, and against the machine's limits.") { peers, only, json, picture, startup, published, report, install };
        root.SetAction(parsed => BenchmarkSession.Run(new BenchmarkOptions(
            parsed.GetValue(peers), parsed.GetValue(only) ?? [], parsed.GetValue(json), parsed.GetValue(picture), parsed.GetValue(report), parsed.GetValue(install),
            parsed.GetValue(startup), parsed.GetValue(published))));
        return root.Parse(args).Invoke();
    }
}
