using Benchmarks.Contenders;
using Benchmarks.Machine;
using Benchmarks.Measuring;
using Benchmarks.Networks;
using Benchmarks.OnnxRuntime;
using Benchmarks.PeerFiles;
using Benchmarks.Reports;
using Benchmarks.Startup;
using Spectre.Console;

namespace Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchmarkOptions(string? Peers, IReadOnlyList<string> Only, string? Json, string? Picture, bool InstallOnnxRuntime);

/// <summary>The whole benchmark: find the peers, compare outputs, measure, report.</summary>
internal static class BenchmarkSession
{
    /// <summary>Runs it; 0, or 1 when outputs differ, or 2 when the file for the figures cannot be written.</summary>
    public static int Run(BenchmarkOptions options)
    {
        FileStream? json;
        try
        {
            json = options.Json is { } path ? JsonReport.Open(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }

        using (json)
        {
            return Run(options, json);
        }
    }

    private static int Run(BenchmarkOptions options, FileStream? json)
    {
        NetworkCase[] networks = [.. NetworkCases.All.Where(network => Wants(options, network.Name))];
        StreamingCase[] streaming = [.. StreamingCase.All.Where(network => Wants(options, network.Name))];
        PeerFolder? peers = PeerFolder.Find(options.Peers, AppContext.BaseDirectory, out string reason);
        Skip("the peers' models", peers, reason);
        PyTorchPeer? pyTorch = PyTorchPeer.Find(peers, out reason);
        Skip(ContenderNames.PyTorch, pyTorch, reason);
        OrtApi? onnxRuntime = FindOnnxRuntime(peers, options.InstallOnnxRuntime, out reason);
        Skip(ContenderNames.OnnxRuntime, onnxRuntime, reason);

        var weights = new NetworkWeights(peers);
        var contenders = new List<IContender> { new GeneratedContender(weights), new DynamicContender(weights) };
        if (peers is not null && onnxRuntime is not null)
        {
            contenders.Add(new OnnxRuntimeContender(onnxRuntime, peers));
        }

        try
        {
            if (!OutputsAgree(networks, contenders, peers))
            {
                return 1;
            }

            using var limits = new MachineLimits();
            var run = new BenchmarkRun(networks, new Workload(networks, contenders), pyTorch, limits);
            IReadOnlyList<Figure> figures = Console.IsOutputRedirected ? run.Measure(static (_, _) => { }) : MeasureWithProgress(run);
            PrintLimits(limits, onnxRuntime, pyTorch);
            if (networks.Length > 0)
            {
                AnsiConsole.Write(FigureTable.Build(networks, figures, limits));
                AnsiConsole.WriteLine("dependent: each prediction reads what the last one wrote; in brackets: how many times longer than the generated code");
                AnsiConsole.Write(Goals.Build(figures));
            }

            if (streaming.Length > 0)
            {
                AnsiConsole.Write(StreamingTable.Build(streaming, limits));
            }

            if (networks.Any(network => network.Image is not null))
            {
                AnsiConsole.Write(KernelTable.Build(limits.FmaPeak));
            }

            // Before what starts other processes and may fail: the figures took minutes.
            if (json is not null)
            {
                JsonReport.Write(json, figures);
                AnsiConsole.MarkupLineInterpolated($"figures written to {options.Json}");
            }

            if (options.Picture is { } file)
            {
                SpeedPicture.Draw(figures).Save(file);
                AnsiConsole.MarkupLineInterpolated($"picture written to {file}");
            }

            if (options.Only.Count == 0)
            {
                PrintStartup();
            }

            return 0;
        }
        finally
        {
            contenders.ForEach(contender => contender.Dispose());
        }
    }

    private static IReadOnlyList<Figure> MeasureWithProgress(BenchmarkRun run) => AnsiConsole.Progress().AutoClear(true).Start(context =>
    {
        ProgressTask task = context.AddTask("measuring");
        return run.Measure((stage, done) =>
        {
            task.Description = stage;
            task.Value = 100 * done;
        });
    });

    private static bool Wants(BenchmarkOptions options, string network) => options.Only.Count == 0 || options.Only.Contains(network);

    private static void Skip(string name, object? found, string reason)
    {
        if (found is null)
        {
            AnsiConsole.MarkupLineInterpolated($"skipping {name}: {reason}");
        }
    }

    private static OrtApi? FindOnnxRuntime(PeerFolder? peers, bool install, out string reason)
    {
        if (peers is null)
        {
            reason = "it needs the peers' models";
            return null;
        }

        string? library = OrtLibrary.Find(peers.Folder);
        if (library is null && (install || Offer()) && OrtLibrary.Install() is { } problem)
        {
            reason = problem;
            return null;
        }

        library ??= OrtLibrary.Find(peers.Folder);
        if (library is null)
        {
            reason = $"its native library is neither in the peers' folder nor in $ONNXRUNTIME; --install-onnxruntime runs {OrtLibrary.InstallCommand}";
            return null;
        }

        reason = "";
        return OrtApi.Load(library);
    }

    private static bool Offer() =>
        AnsiConsole.Profile.Capabilities.Interactive && !Console.IsInputRedirected
        && AnsiConsole.Confirm(Markup.Escape($"ONNX Runtime was not found. Run {OrtLibrary.InstallCommand}?"), defaultValue: false);

    private static bool OutputsAgree(NetworkCase[] networks, List<IContender> contenders, PeerFolder? peers)
    {
        try
        {
            if (networks.Length == 0)
            {
                return true;
            }

            double largest = networks.Max(network => OutputComparison.Run(network, contenders, peers));
            string names = string.Join(", ", contenders.Select(contender => contender.Name)) + (peers is null ? "" : " and the recorded examples");
            AnsiConsole.MarkupLineInterpolated($"outputs of {names} agree within {largest.ToString("0.0e0", System.Globalization.CultureInfo.InvariantCulture)}");
            return true;
        }
        catch (InvalidDataException difference)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{difference.Message}[/]");
            return false;
        }
    }

    private static void PrintLimits(MachineLimits limits, OrtApi? onnxRuntime, PyTorchPeer? pyTorch)
    {
        string reads = string.Join(", ", limits.Bandwidths.Select(level => $"{level.Name} {Numbers.Giga(level.BytesPerSecond)}"));
        AnsiConsole.MarkupLineInterpolated($"limits of one thread: {Numbers.Giga(limits.FmaPeak)} GFLOP/s with {32 * FmaPeak.Lanes}-bit vectors; reads in GB/s: {reads}");
        AnsiConsole.MarkupLineInterpolated($"ONNX Runtime {onnxRuntime?.Version ?? "not measured"}; PyTorch {pyTorch?.Version ?? "not measured"}");
    }

    private static void PrintStartup()
    {
        foreach ((string name, double goal) in FirstCall.All)
        {
            AnsiConsole.MarkupLineInterpolated($"first {name} in a fresh process, JIT included: {Numbers.Milliseconds(FirstCall.Measure(name))} (goal: under {Numbers.Milliseconds(goal)})");
        }

        GeneratorFigures generator = GeneratorTime.Measure();
        AnsiConsole.MarkupLineInterpolated($"generator, 784-512-512-10: {Numbers.Milliseconds(generator.Cold)} cold in a warm compiler (goal: under 100 ms), {Numbers.Milliseconds(generator.FirstUse)} at its first use in a process");
        AnsiConsole.MarkupLineInterpolated($"after an edit in another file: {Numbers.Milliseconds(generator.AfterEdit)}, {generator.Regenerated} outputs regenerated (goal: 0)");
    }
}
