using System.Diagnostics;
using System.Globalization;
using Benchmarks.Measuring;
using Benchmarks.Networks;
using NetCompiler;

namespace Benchmarks.Startup;

/// <summary>
/// The time of the first call of a process, JIT included: each run is a process of its own. Another core begins to compile the kernels when the network or the training
/// is made, so that time is told as well, from there to the end of the call.
/// </summary>
internal static class FirstCall
{
    /// <summary>The hidden argument that makes this program a child; the call's name follows.</summary>
    public const string ChildArgument = "--first-call";

    private const int Runs = 5;

    /// <summary>The calls that are measured, with their goals in seconds.</summary>
    public static IReadOnlyList<(string Name, double Goal)> All { get; } = [("mlp Predict", 0.010), ("mnist_cnn Predict", 0.015), ("mnist_cnn Step", 0.030)];

    /// <summary>What a child does: makes everything the call needs, then times it. Its only output are the seconds of the call, and those with the making.</summary>
    /// <exception cref="ArgumentException">There is no such call.</exception>
    public static void RunAsChild(string name)
    {
        (double call, double whole) = name switch
        {
            "mlp Predict" => MlpPredict(),
            "mnist_cnn Predict" => MnistCnnPredict(),
            "mnist_cnn Step" => MnistCnnStep(),
            _ => throw new ArgumentException($"\"{name}\" is none of {string.Join(", ", All.Select(call => call.Name))}.", nameof(name)),
        };
        Console.WriteLine(FormattableString.Invariant($"{call:R} {whole:R}"));
    }

    /// <summary>The median seconds of five children: of the call, and from the making of the network or the training to its end.</summary>
    /// <param name="name">The call.</param>
    /// <param name="program">This program as it was published elsewhere; null is the one that runs.</param>
    public static (double Call, double Whole) Measure(string name, string? program)
    {
        List<double> calls = [], wholes = [];
        for (int run = 0; run < Runs; run++)
        {
            string line = ChildProcess.Run(program, ChildArgument, name);
            if (line.Split(' ') is not [var first, var second]
                || !double.TryParse(first, CultureInfo.InvariantCulture, out double call) || !double.TryParse(second, CultureInfo.InvariantCulture, out double whole))
            {
                throw new InvalidOperationException($"A child process printed \"{line}\" instead of two numbers of seconds.");
            }

            calls.Add(call);
            wholes.Add(whole);
        }

        return (Median.Of(calls), Median.Of(wholes));
    }

    private static (double Call, double Whole) MlpPredict()
    {
        long making = Stopwatch.GetTimestamp();
        var network = new Mlp(seed: 1);
        float[] input = new float[Mlp.InputLength], output = new float[Mlp.OutputLength];
        long start = Stopwatch.GetTimestamp();
        network.Predict(input, output);
        double call = Stopwatch.GetElapsedTime(start).TotalSeconds, whole = Stopwatch.GetElapsedTime(making).TotalSeconds;
        Consumed.Take(output[0]);
        return (call, whole);
    }

    private static (double Call, double Whole) MnistCnnPredict()
    {
        long making = Stopwatch.GetTimestamp();
        var network = new MnistCnn(seed: 1);
        float[] input = new float[MnistCnn.InputLength], output = new float[MnistCnn.OutputLength];
        long start = Stopwatch.GetTimestamp();
        network.Predict(input, output);
        double call = Stopwatch.GetElapsedTime(start).TotalSeconds, whole = Stopwatch.GetElapsedTime(making).TotalSeconds;
        Consumed.Take(output[0]);
        return (call, whole);
    }

    private static (double Call, double Whole) MnistCnnStep()
    {
        const int Batch = 32;
        var network = new MnistCnn(seed: 1);
        long making = Stopwatch.GetTimestamp();
        using MnistCnn.Training training = network.CreateTraining(Batch, threads: 1);
        OptimizerState adam = new Adam(0.001).CreateState(training);
        float[] input = new float[Batch * MnistCnn.InputLength];
        int[] target = new int[Batch];
        long start = Stopwatch.GetTimestamp();
        float loss = training.Step(input, target, adam);
        double call = Stopwatch.GetElapsedTime(start).TotalSeconds, whole = Stopwatch.GetElapsedTime(making).TotalSeconds;
        Consumed.Take(loss);
        return (call, whole);
    }
}
