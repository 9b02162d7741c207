using System.Diagnostics;
using System.Globalization;
using Benchmarks.Measuring;
using Benchmarks.Networks;

namespace Benchmarks.Startup;

/// <summary>The time of the first Predict of a process, JIT included: each run is a process of its own.</summary>
internal static class FirstPrediction
{
    /// <summary>The hidden argument that makes this program a child.</summary>
    public const string ChildArgument = "--first-predict";

    private const int Runs = 5;

    /// <summary>What a child does: makes a network, then times one call. The seconds are its only output.</summary>
    public static void RunAsChild()
    {
        var network = new Mlp(seed: 1);
        float[] input = new float[784], output = new float[10];
        long start = Stopwatch.GetTimestamp();
        network.Predict(input, output);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Consumed.Take(output[0]);
        Console.WriteLine(seconds.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>The median seconds of five children.</summary>
    public static double Measure()
    {
        var runs = new List<double>();
        for (int run = 0; run < Runs; run++)
        {
            using Process child = Process.Start(StartOfChild())!;
            string line = child.StandardOutput.ReadToEnd().Trim();
            child.WaitForExit();
            runs.Add(double.TryParse(line, CultureInfo.InvariantCulture, out double seconds)
                ? seconds
                : throw new InvalidOperationException($"A child process ended with exit code {child.ExitCode} and printed \"{line}\" instead of seconds."));
        }

        return Median.Of(runs);
    }

    private static ProcessStartInfo StartOfChild()
    {
        // Under "dotnet Benchmarks.dll" the process is dotnet, and the first argument must be this assembly.
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        string[] arguments = isHost ? [Path.Combine(AppContext.BaseDirectory, "Benchmarks.dll"), ChildArgument] : [ChildArgument];
        return new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
    }
}
