using System.Diagnostics;
using System.Globalization;
using Benchmarks.Measuring;
using Benchmarks.Networks;
using NetCompiler;

namespace Benchmarks.Startup;

/// <summary>The time of the first call of a process, JIT included: each run is a process of its own.</summary>
internal static class FirstCall
{
    /// <summary>The hidden argument that makes this program a child; the call's name follows.</summary>
    public const string ChildArgument = "--first-call";

    private const int Runs = 5;

    /// <summary>The calls that are measured, with their goals in seconds.</summary>
    public static IReadOnlyList<(string Name, double Goal)> All { get; } = [("mlp Predict", 0.010), ("mnist_cnn Predict", 0.015), ("mnist_cnn Step", 0.030)];

    /// <summary>What a child does: makes everything the call needs, then times it. The seconds are its only output.</summary>
    /// <exception cref="ArgumentException">There is no such call.</exception>
    public static void RunAsChild(string name)
    {
        double seconds = name switch
        {
            "mlp Predict" => MlpPredict(),
            "mnist_cnn Predict" => MnistCnnPredict(),
            "mnist_cnn Step" => MnistCnnStep(),
            _ => throw new ArgumentException($"\"{name}\" is none of {string.Join(", ", All.Select(call => call.Name))}.", nameof(name)),
        };
        Console.WriteLine(seconds.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>The median seconds of five children.</summary>
    /// <param name="name">The call.</param>
    /// <param name="program">This program as it was published elsewhere; null is the one that runs.</param>
    public static double Measure(string name, string? program)
    {
        var runs = new List<double>();
        for (int run = 0; run < Runs; run++)
        {
            string line = ChildProcess.Run(program, ChildArgument, name);
            runs.Add(double.TryParse(line, CultureInfo.InvariantCulture, out double seconds)
                ? seconds
                : throw new InvalidOperationException($"A child process printed \"{line}\" instead of seconds."));
        }

        return Median.Of(runs);
    }

    private static double MlpPredict()
    {
        var network = new Mlp(seed: 1);
        float[] input = new float[Mlp.InputLength], output = new float[Mlp.OutputLength];
        long start = Stopwatch.GetTimestamp();
        network.Predict(input, output);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Consumed.Take(output[0]);
        return seconds;
    }

    private static double MnistCnnPredict()
    {
        var network = new MnistCnn(seed: 1);
        float[] input = new float[MnistCnn.InputLength], output = new float[MnistCnn.OutputLength];
        long start = Stopwatch.GetTimestamp();
        network.Predict(input, output);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Consumed.Take(output[0]);
        return seconds;
    }

    private static double MnistCnnStep()
    {
        const int Batch = 32;
        using MnistCnn.Training training = new MnistCnn(seed: 1).CreateTraining(Batch, threads: 1);
        OptimizerState adam = new Adam(0.001).CreateState(training);
        float[] input = new float[Batch * MnistCnn.InputLength];
        int[] target = new int[Batch];
        long start = Stopwatch.GetTimestamp();
        float loss = training.Step(input, target, adam);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Consumed.Take(loss);
        return seconds;
    }
}
