using System.Runtime.InteropServices;
using Benchmarks.Machine;
using Benchmarks.Measuring;
using NetCompiler;

namespace Benchmarks.Reports;

/// <summary>Everything that one run found.</summary>
/// <param name="Machine">What it ran on, by name and value.</param>
/// <param name="Tables">The tables.</param>
/// <param name="Picture">The roofline; null where no network was measured.</param>
internal sealed record BenchmarkReport(IReadOnlyList<(string Name, string Value)> Machine, IReadOnlyList<ReportTable> Tables, Plot? Picture)
{
    public const string Title = "Generated code against the interpreter, ONNX Runtime, PyTorch and the machine";

    public const string Lead = "Times differ from machine to machine, and from run to run where others share it: the ratios within one run are what counts. Written by these commands:";

    public const string Command = """
        dotnet publish samples/Benchmarks -c Release -p:PublishProfile=ReadyToRun
        dotnet run -c Release --project samples/Benchmarks -- --published samples/Benchmarks/bin/readytorun/Benchmarks --report samples/Benchmarks
        """;

    private const string PageName = "RESULTS", PictureName = "roofline.svg";

    /// <summary>The files that <see cref="Save"/> writes.</summary>
    public static IReadOnlyList<string> FileNames { get; } = [PageName + ".md", PageName + ".html", PictureName];

    /// <summary>What the machine is and can do.</summary>
    public static IReadOnlyList<(string Name, string Value)> MachineFacts(MachineLimits limits, string? onnxRuntime, string? pyTorch) =>
    [
        ("processor", $"{ProcessorName.Read()}, {Environment.ProcessorCount} cores for this process, {32 * FmaPeak.Lanes}-bit vectors"),
        ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}"),
        ("multiply-adds, GFLOP/s", string.Join(", ", Workload.Threads.Select(threads => $"{Numbers.Threads(threads)} {Numbers.Giga(limits.FmaPeakOf(threads))}"))),
        ("reads of one thread, GB/s", string.Join(", ", limits.Bandwidths.Select(level => $"{level.Name} {Numbers.Giga(level.BytesPerSecond)}"))),
        ("ONNX Runtime", onnxRuntime ?? "not measured"),
        ("PyTorch", pyTorch ?? "not measured"),
    ];

    /// <summary>Writes the pages and the picture into a folder.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        Picture?.Save(Path.Combine(folder, PictureName));
        File.WriteAllText(Path.Combine(folder, PageName + ".md"), MarkdownReport.Write(this, Picture is null ? null : PictureName));
        File.WriteAllText(Path.Combine(folder, PageName + ".html"), HtmlReport.Write(this));
    }
}
