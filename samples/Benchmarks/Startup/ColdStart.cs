using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Benchmarks.Contenders;
using Benchmarks.Measuring;
using Benchmarks.Networks;
using Benchmarks.PeerFiles;
using NetCompiler;

namespace Benchmarks.Startup;

/// <summary>
/// What a fresh process pays before it has its first prediction of one sample: reading the weights or the model, preparing, predicting,
/// with everything that is compiled or loaded on the way. Each run is a process of its own.
/// </summary>
internal static class ColdStart
{
    /// <summary>The hidden argument that makes this program a child: the contender, the network, the file, ONNX Runtime's library and the time of the start follow.</summary>
    public const string ChildArgument = "--cold-start";

    /// <summary>The processes that a figure is the median of.</summary>
    public const int Runs = 7;

    private const string Nothing = "nothing";

    /// <summary>
    /// What a child does; its only output are the seconds in its program, those since the process was started, the bytes that it occupies, and the number of
    /// methods that were compiled just in time with the seconds that this took.
    /// </summary>
    public static void RunAsChild(string[] arguments)
    {
        long entered = Stopwatch.GetTimestamp();
        (string contender, string network, string file, string library) = (arguments[1], arguments[2], arguments[3], arguments[4]);
        if (contender == ContenderNames.Generated)
        {
            FirstPrediction.ByGeneratedCode(network, file);
        }
        else if (contender == ContenderNames.OnnxRuntime)
        {
            FirstPrediction.ByOnnxRuntime(network, file, library);
        }

        long now = Stopwatch.GetTimestamp();
        long methods = JitInfo.GetCompiledMethodCount();
        double compiling = JitInfo.GetCompilationTime().TotalSeconds;
        long started = long.Parse(arguments[5], CultureInfo.InvariantCulture);
        double inProgram = Stopwatch.GetElapsedTime(entered, now).TotalSeconds, sinceStart = Stopwatch.GetElapsedTime(started, now).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{inProgram:R} {sinceStart:R} {Environment.WorkingSet} {methods} {compiling:R}"));
    }

    /// <summary>The medians for each network, by turns: a process that predicts nothing, the generated code, ONNX Runtime where it was found.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="peers">Where ONNX Runtime's models are; null leaves it out.</param>
    /// <param name="library">ONNX Runtime's library; null leaves it out.</param>
    /// <param name="program">This program as it was published elsewhere; null is the one that runs.</param>
    /// <exception cref="InvalidOperationException">A child failed.</exception>
    public static IReadOnlyList<ColdStartFigure> Measure(IReadOnlyList<NetworkCase> networks, NetworkWeights weights, PeerFolder? peers, string? library, string? program)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("benchmarks-");
        try
        {
            return [.. networks.SelectMany(network => Measure(network, weights, peers, library, program, folder.FullName))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<ColdStartFigure> Measure(NetworkCase network, NetworkWeights weights, PeerFolder? peers, string? library, string? program, string folder)
    {
        string file = Path.Combine(folder, network.Name + ".safetensors");
        weights.Create(network).Save(file);
        string model = peers?.Model(network.PeerName) ?? "";

        // A peer's model that stands for a larger network of ours has less to read.
        bool isCompared = peers is not null && library is not null && network.PeerName == network.Name;
        (string Contender, string File)[] contenders =
            [(Nothing, ""), (ContenderNames.Generated, file), .. !isCompared ? [] : ((string, string)[])[(ContenderNames.OnnxRuntime, model)]];
        List<double[]>[] runs = [.. contenders.Select(_ => new List<double[]>())];
        for (int run = 0; run < Runs; run++)
        {
            for (int i = 0; i < contenders.Length; i++)
            {
                runs[i].Add(RunChild(program, contenders[i].Contender, network.Name, contenders[i].File, library ?? ""));
            }
        }

        return contenders.Select((contender, i) => new ColdStartFigure(network.Name, contender.Contender == Nothing ? null : contender.Contender,
            Middle(runs[i], 0), Middle(runs[i], 1), Middle(runs[i], 2), Middle(runs[i], 3), Middle(runs[i], 4)));
    }

    private static double Middle(List<double[]> runs, int number) => Median.Of([.. runs.Select(run => run[number])]);

    private static double[] RunChild(string? program, params ReadOnlySpan<string> arguments)
    {
        // The clock is the system's: what a child reads of it can be compared with what is read here.
        string started = Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture);
        string line = ChildProcess.Run(program, [ChildArgument, .. arguments, started]);
        double[] numbers = [.. line.Split(' ').Select(number => double.TryParse(number, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
        return numbers is [_, _, _, _, _] && !numbers.Contains(double.NaN)
            ? numbers
            : throw new InvalidOperationException($"A child process for {arguments[1]} by {arguments[0]} printed \"{line}\" instead of two times, a size, a number of methods and their time.");
    }
}

/// <summary>What one contender needs up to the first prediction.</summary>
/// <param name="Network">The network.</param>
/// <param name="Contender">The contender; null for a process that predicts nothing.</param>
/// <param name="InProgram">The seconds since the program's first statement.</param>
/// <param name="SinceStart">The seconds since the process was started.</param>
/// <param name="Bytes">The memory that the process occupies after the prediction (its resident set).</param>
/// <param name="Methods">The methods that were compiled just in time.</param>
/// <param name="Compiling">The seconds that compiling them took.</param>
internal sealed record ColdStartFigure(string Network, string? Contender, double InProgram, double SinceStart, double Bytes, double Methods, double Compiling);
