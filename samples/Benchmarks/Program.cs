using System.CommandLine;
using Benchmarks;
using Benchmarks.Networks;
using Benchmarks.Reports;
using Benchmarks.Startup;
using Spectre.Console;

if (args is [FirstCall.ChildArgument, var call])
{
    FirstCall.RunAsChild(call);
    return 0;
}

if (args is [ColdStart.ChildArgument, .. var cold])
{
    ColdStart.RunAsChild(cold);
    return 0;
}

if (args is [EveryKernel.Argument])
{
    EveryKernel.Run();
    return 0;
}

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
var report = new Option<string?>("--report") { Description = $"A folder for the report: {string.Join(", ", BenchmarkReport.FileNames)}." };
var install = new Option<bool>("--install-onnxruntime") { Description = "Fetch ONNX Runtime with npm into a per-user folder where it is missing." };
var root = new RootCommand("Times generated code against the interpreter, ONNX Runtime and PyTorch, and against the machine's limits.") { peers, only, json, picture, report, install };
root.SetAction(parsed => BenchmarkSession.Run(new BenchmarkOptions(
    parsed.GetValue(peers), parsed.GetValue(only) ?? [], parsed.GetValue(json), parsed.GetValue(picture), parsed.GetValue(report), parsed.GetValue(install))));
return root.Parse(args).Invoke();
