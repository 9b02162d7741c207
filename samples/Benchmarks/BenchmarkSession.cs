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
internal sealed record BenchmarkOptions(string? Peers, IReadOnlyList<string> Only, string? Json, string? Picture, string? Report, bool InstallOnnxRuntime, bool OnlyStartup, string? Published);

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
            if (options.OnlyStartup)
            {
                StartTables(options, networks, weights, peers, onnxRuntime);
                return 0;
            }

            if (!OutputsAgree(networks, contenders, peers))
            {
                return 1;
            }

            using var limits = new MachineLimits();
            var run = new BenchmarkRun(networks, new Workload(networks, contenders), pyTorch, limits);
            IReadOnlyList<Figure> figures = Console.IsOutputRedirected ? run.Measure(static (_, _) => { }) : MeasureWithProgress(run);
            if (json is not null)
            {
                // Before what starts other processes and may fail: the figures took minutes.
                JsonReport.Write(json, figures);
                AnsiConsole.MarkupLineInterpolated($"figures written to {options.Json}");
            }

            if (options.Picture is { } file)
            {
                SpeedPicture.Draw(figures).Save(file);
                AnsiConsole.MarkupLineInterpolated($"picture written to {file}");
            }

            IReadOnlyList<(string Name, string Value)> machine = BenchmarkReport.MachineFacts(limits, onnxRuntime?.Version, pyTorch?.Version);
            foreach ((string name, string value) in machine)
            {
                AnsiConsole.MarkupLineInterpolated($"{name}: {value}");
            }

            var tables = new List<ReportTable>();
            foreach (ReportTable table in Tables(networks, streaming, figures, limits, options.Only.Count == 0).Where(table => table.HasFigures))
            {
                Print(table);
                tables.Add(table);
            }

            if (options.Only.Count == 0)
            {
                tables.AddRange(StartTables(options, networks, weights, peers, onnxRuntime));
            }

            if (options.Report is { } folder)
            {
                new BenchmarkReport(machine, tables, networks.Length > 0 ? Roofline.Build(networks, figures, limits) : null).Save(folder);
                AnsiConsole.MarkupLineInterpolated($"report written to {folder}");
            }

            return 0;
        }
        catch (IOException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
        finally
        {
            contenders.ForEach(contender => contender.Dispose());
        }
    }

    private static IEnumerable<ReportTable> Tables(NetworkCase[] networks, StreamingCase[] streaming, IReadOnlyList<Figure> figures, MachineLimits limits, bool isWhole)
    {
        if (networks.Length > 0)
        {
            foreach (int threads in Workload.Threads)
            {
                yield return FigureTable.Build(networks, figures, limits, threads);
            }

            yield return MeanTable.Build(figures);
            yield return Goals.Build(figures);
        }

        if (streaming.Length > 0)
        {
            yield return StreamingTable.Build(streaming, limits);
        }

        if (networks.Any(network => network.Image is not null))
        {
            yield return KernelTable.Build();
        }

        if (isWhole)
        {
            yield return GeneratorTable.Build(GeneratorTime.Measure());
        }
    }

    // This program as it is built, and as it was published where that is given.
    private static List<ReportTable> StartTables(BenchmarkOptions options, NetworkCase[] networks, NetworkWeights weights, PeerFolder? peers, OrtApi? onnxRuntime)
    {
        string? library = onnxRuntime is null ? null : OrtLibrary.Find(peers!.Folder);
        var tables = new List<ReportTable>();
        foreach (string? program in options.Published is { } published ? [null, published] : (string?[])[null])
        {
            tables.Add(Print(FirstCallTable.Build(program)));
            tables.Add(Print(ColdStartTable.Build(ColdStart.Measure(networks, weights, peers, library, program), program)));
        }

        return tables;
    }

    private static ReportTable Print(ReportTable table)
    {
        table.ToConsole(isGrouped: table.Columns[0] == "network").WriteWhole(AnsiConsole.Console);
        if (table.Note.Length > 0)
        {
            AnsiConsole.WriteLine(table.Note);
        }

        return table;
    }

    private static IReadOnlyList<Figure> MeasureWithProgress(BenchmarkRun run) => AnsiConsole.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(context =>
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
}
