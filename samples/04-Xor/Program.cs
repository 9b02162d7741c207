using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What back-propagation reached.</summary>
/// <param name="LargestErrors">The largest distance of an output from the truth, by network.</param>
/// <param name="LoopEqualsFit">Whether a hand-written loop gave the same bits as Fit.</param>
/// <param name="BackwardError">The largest difference between the gradients of Backward and those of ComputeGradients, relative to 1e-5 + 1e-4 |gradient|.</param>
public sealed record XorResult(IReadOnlyDictionary<string, double> LargestErrors, bool LoopEqualsFit, double BackwardError);

/// <summary>XOR by back-propagation: four networks, then training by hand against Fit.</summary>
public static class XorSample
{
    private const double LearningRate = 0.5;

    private static readonly float[] Inputs = [0, 0, 0, 1, 1, 0, 1, 1];
    private static readonly float[] Targets = [0, 1, 1, 0];

    /// <summary>Options: --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() =>
    {
        Run(new SampleArguments(args, ["output"]).Folder("output", "artifacts/04-Xor"));
    });

    /// <summary>Trains everything.</summary>
    public static XorResult Run(string output)
    {
        WideEntropyXor? wide = null;
        var errors = new Dictionary<string, double>
        {
            ["2-2-1, squared error"] = Learn(seed => new SmallSquaredXor(seed), (network, output) => ((SmallSquaredXor)network).Predict(Inputs, output)),
            ["2-2-1, cross-entropy"] = Learn(seed => new SmallEntropyXor(seed), (network, output) => ((SmallEntropyXor)network).Predict(Inputs, output)),
            ["2-8-1, squared error"] = Learn(seed => new WideSquaredXor(seed), (network, output) => ((WideSquaredXor)network).Predict(Inputs, output)),
            ["2-8-1, cross-entropy"] = Learn(seed => wide = new WideEntropyXor(seed), (network, output) => ((WideEntropyXor)network).Predict(Inputs, output)),
        };
        foreach ((string name, double error) in errors)
        {
            Console.WriteLine(FormattableString.Invariant($"{name}: every output within {error:0.0e0} of the truth"));
        }

        Draw(wide!, output);
        bool equal = LoopEqualsFit(epochs: 200);
        Console.WriteLine($"a loop written by hand gives {(equal ? "the same bits as" : "other weights than")} Fit");
        double backward = CompareBackward();
        Console.WriteLine(FormattableString.Invariant($"Forward and Backward agree with ComputeGradients to {backward:0.0e0} of the tolerance"));
        Console.WriteLine($"pictures are in {output}");
        return new XorResult(errors, equal, backward);
    }

    /// <summary>What the network says of all points around the four that it was told.</summary>
    private static void Draw(WideEntropyXor network, string output)
    {
        const int Side = 81;
        const float From = -0.5f, Width = 2;
        float Place(int i) => From + (Width * i / (Side - 1));
        float[] grid = [.. Enumerable.Range(0, Side * Side).SelectMany(i => new[] { Place(i % Side), Place(i / Side) })];
        new Plot("XOR by 2-8-1, cross-entropy", "a", "b") { Size = (440, 440), XRange = (From, From + Width), YRange = (From, From + Width) }
            .AddHeatMap(network.Predict(grid), Side, (From, From + Width), (From, From + Width))
            .AddPoints("0", [0, 1], [0, 1])
            .AddPoints("1", [0, 1], [1, 0])
            .SaveTo(output, "xor");
    }

    /// <summary>Two hidden units can end in a local minimum, so a start that failed is followed by the next seed.</summary>
    private static double Learn(Func<int, INetwork> create, Action<INetwork, float[]> predict)
    {
        float[] outputs = new float[4];
        double error = 1;
        for (int seed = 1; seed <= 20 && error > 0.1; seed++)
        {
            INetwork network = create(seed);
            Dataset data = Dataset.Create(network.Description, Inputs, Targets);
            network.Fit(data, new FitOptions { Epochs = 3000, BatchSize = 4, Optimizer = new Adam(0.02), Verbosity = Verbosity.Silent, Threads = 1 });
            predict(network, outputs);
            error = outputs.Zip(Targets).Max(pair => Math.Abs(pair.First - pair.Second));
        }

        return error;
    }

    /// <summary>Gradient descent by hand: p = p - rate x gradient, rounded once where the machine can, as the optimizer does it.</summary>
    private static bool LoopEqualsFit(int epochs)
    {
        var fitted = new WideSquaredXor(seed: 7);
        fitted.Fit(Dataset.Create<WideSquaredXor>(Inputs, Targets), new FitOptions
        {
            Epochs = epochs,
            BatchSize = 4,
            Shuffle = false,
            Optimizer = new Sgd(LearningRate),
            Verbosity = Verbosity.Silent,
            Threads = 1,
        });

        var byHand = new WideSquaredXor(seed: 7);
        using WideSquaredXor.Training training = byHand.CreateTraining(batchSize: 4, threads: 1);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            training.ComputeGradients(Inputs, Targets);
            Span<float> parameters = training.Parameters, gradients = training.Gradients;
            for (int i = 0; i < parameters.Length; i++)
            {
                parameters[i] = float.MultiplyAddEstimate(-(float)LearningRate, gradients[i], parameters[i]);
            }
        }

        return fitted.Parameters.SequenceEqual(byHand.Parameters);
    }

    /// <summary>The gradient of the mean of (y - t)^2 over four samples is 2 (y - t) / 4: Backward takes it from there.</summary>
    private static double CompareBackward()
    {
        var network = new WideSquaredXor(seed: 7);
        using WideSquaredXor.Training training = network.CreateTraining(batchSize: 4, threads: 1);
        training.ComputeGradients(Inputs, Targets);
        float[] expected = training.Gradients.ToArray();

        float[] outputs = new float[4];
        training.Forward(Inputs, outputs);
        training.Backward([.. outputs.Zip(Targets).Select(pair => 2 * (pair.First - pair.Second) / 4)]);
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(training.Gradients[i] - expected[i]) / (1e-5 + (1e-4 * Math.Abs(expected[i]))));
        }

        return worst;
    }
}
