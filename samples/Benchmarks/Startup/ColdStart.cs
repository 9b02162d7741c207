using System.Diagnostics;
using System.Globalization;
using Benchmarks.Contenders;
using Benchmarks.Measuring;
using Benchmarks.Networks;
using Benchmarks.OnnxRuntime;
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

    /// <summary>What a child does; its only output are the seconds in its program, those since the process was started, and the bytes that it occupies.</summary>
    public static void RunAsChild(ReadOnlySpan<string> arguments)
    {
        long entered = Stopwatch.GetTimestamp();
        (string contender, string name, string file, string library) = (arguments[0], arguments[1], arguments[2], arguments[3]);
        if (contender != Nothing)
        {
            NetworkCase network = NetworkCases.All.Single(candidate => candidate.Name == name);
            BatchInput input = BatchInput.Random(network, 1);
            float[] output = new float[network.OutputLength];
            if (contender == ContenderNames.Generated)
            {
                network.Predict(network.Open(File.ReadAllBytes(file)), input, output);
            }
            else
            {
                OrtApi api = OrtApi.Load(library);
                var matrices = new OrtMatrices(api, 1, network);
                matrices.Fill(input);
                matrices.Run(new OrtSession(api, file, threads: 1));
                matrices.Output.CopyTo(output);
            }

            Consumed.Take(output[0]);
        }

        long now = Stopwatch.GetTimestamp(), started = long.Parse(arguments[4], CultureInfo.InvariantCulture);
        double inProgram = Stopwatch.GetElapsedTime(entered, now).TotalSeconds, sinceStart = Stopwatch.GetElapsedTime(started, now).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{inProgram:R} {sinceStart:R} {Environment.WorkingSet}"));
    }

    /// <summary>The medians for each network, by turns: a process that predicts nothing, the generated code, ONNX Runtime where it was found.</summary>
    /// <exception cref="InvalidOperationException">A child failed.</exception>
    public static IReadOnlyList<ColdStartFigure> Measure(IReadOnlyList<NetworkCase> networks, NetworkWeights weights, PeerFolder? peers, string? library)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("benchmarks-");
        try
        {
            return [.. networks.SelectMany(network => Measure(network, weights, peers, library, folder.FullName))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<ColdStartFigure> Measure(NetworkCase network, NetworkWeights weights, PeerFolder? peers, string? library, string folder)
    {
        string file = Path.Combine(folder, network.Name + ".safetensors");
        weights.Create(network).Save(file);
        string model = peers?.Model(network.PeerName) ?? "";
        (string Contender, string File)[] contenders =
            [(Nothing, ""), (ContenderNames.Generated, file), .. peers is null || library is null ? [] : ((string, string)[])[(ContenderNames.OnnxRuntime, model)]];
        List<double[]>[] runs = [.. contenders.Select(_ => new List<double[]>())];
        for (int run = 0; run < Runs; run++)
        {
            for (int i = 0; i < contenders.Length; i++)
            {
                runs[i].Add(RunChild(contenders[i].Contender, network.Name, contenders[i].File, library ?? ""));
            }
        }

        return contenders.Select((contender, i) => new ColdStartFigure(network.Name, contender.Contender == Nothing ? null : contender.Contender,
            Median.Of([.. runs[i].Select(run => run[0])]), Median.Of([.. runs[i].Select(run => run[1])]), Median.Of([.. runs[i].Select(run => run[2])])));
    }

    private static double[] RunChild(params ReadOnlySpan<string> arguments)
    {
        // The clock is the system's: what a child reads of it can be compared with what is read here.
        string started = Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture);
        string line = ChildProcess.Run([ChildArgument, .. arguments, started]);
        double[] numbers = [.. line.Split(' ').Select(number => double.TryParse(number, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
        return numbers is [_, _, _] && !numbers.Contains(double.NaN)
            ? numbers
            : throw new InvalidOperationException($"A child process for {arguments[1]} by {arguments[0]} printed \"{line}\" instead of two times and a size.");
    }
}

/// <summary>What one contender needs up to the first prediction.</summary>
/// <param name="Network">The network.</param>
/// <param name="Contender">The contender; null for a process that predicts nothing.</param>
/// <param name="InProgram">The seconds since the program's first statement.</param>
/// <param name="SinceStart">The seconds since the process was started.</param>
/// <param name="Bytes">The memory that the process occupies after the prediction (its resident set).</param>
internal sealed record ColdStartFigure(string Network, string? Contender, double InProgram, double SinceStart, double Bytes);
