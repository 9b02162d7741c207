using System.CommandLine;
using Benchmarks;
using Benchmarks.Networks;
using Benchmarks.Startup;
using Spectre.Console;

if (args is [FirstPrediction.ChildArgument])
{
    FirstPrediction.RunAsChild();
    return 0;
}

if (Console.IsOutputRedirected)
{
    // A file has no width; the default of 80 columns would break the table's rows.
    AnsiConsole.Profile.Width = 140;
}

var peers = new Option<string?>("--peers") { Description = "The peers' folder (default: ../shared/peers beside the repository)." };
var only = new Option<string?>("--only") { Description = "One network: " + string.Join(", ", NetworkCases.All.Select(network => network.Name)) + "." };
only.AcceptOnlyFromAmong([.. NetworkCases.All.Select(network => network.Name)]);
var json = new Option<string?>("--json") { Description = "A file for the figures as JSON." };
var install = new Option<bool>("--install-onnxruntime") { Description = "Fetch ONNX Runtime with npm into a per-user folder where it is missing." };
var root = new RootCommand("Times generated code against the interpreter, ONNX Runtime and PyTorch, and against the machine's limits.") { peers, only, json, install };
root.SetAction(parsed => BenchmarkSession.Run(new BenchmarkOptions(parsed.GetValue(peers), parsed.GetValue(only), parsed.GetValue(json), parsed.GetValue(install))));
return root.Parse(args).Invoke();
