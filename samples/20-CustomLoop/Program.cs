using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What both ways of training reached.</summary>
/// <param name="Accuracy">The share of validation points on their spiral, after the loop.</param>
/// <param name="BestEpoch">The epoch with the smallest validation loss, counted from 0; both keep its weights.</param>
/// <param name="Epochs">The number of epochs until the loop stopped.</param>
/// <param name="FitEpochs">The number of epochs until Fit stopped.</param>
/// <param name="WeightsAgree">Whether both end with the same weights to the bit.</param>
/// <param name="CurvesAgree">Whether both measured the same losses and accuracies to the bit, of training and of validation.</param>
public sealed record CustomLoopResult(double Accuracy, int BestEpoch, int Epochs, int FitEpochs, bool WeightsAgree, bool CurvesAgree);

/// <summary>A training loop written by hand from the pieces of Fit: batches, steps, metrics, validation, callbacks such as early stopping with the best weights.</summary>
public static class CustomLoopSample
{
    private const int Seed = 5;
    private const int Patience = 10;

    /// <summary>Options: --epochs N, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() =>
    {
        var arguments = new SampleArguments(args, ["epochs", "output"]);
        Run(arguments.Count("epochs", 150), arguments.Folder("output", "artifacts/20-CustomLoop"));
    });

    /// <summary>Trains by the loop and by Fit, and compares.</summary>
    public static CustomLoopResult Run(int epochs, string output)
    {
        (float[] places, int[] spirals) = DrawSpirals(900);
        (Dataset train, Dataset validation) = Dataset.Create<Spirals>(places, spirals).Split(0.25);
        var stopping = new EarlyStopping(patience: Patience, restoreBestWeights: true);
        var options = new FitOptions { Epochs = epochs, Optimizer = new Adam(0.01), Verbosity = Verbosity.Silent };
        Directory.CreateDirectory(output);
        var byLoop = new Spirals(Seed);
        History looped = Train(byLoop, train, validation, options with { Callbacks = [stopping, new CsvLogger(Path.Combine(output, "loop.csv"))] });

        var byFit = new Spirals(Seed);
        History fitted = byFit.Fit(train, options with { ValidationData = validation, Callbacks = [new EarlyStopping(patience: Patience, restoreBestWeights: true)] });

        bool curvesAgree = looped.Names.SequenceEqual(fitted.Names) && looped.Names.All(name => looped[name].SequenceEqual(fitted[name]));
        var result = new CustomLoopResult(
            byLoop.Evaluate(validation).Accuracy, stopping.BestEpoch, looped.Epochs, fitted.Epochs, byLoop.Parameters.SequenceEqual(byFit.Parameters), curvesAgree);
        Console.WriteLine(FormattableString.Invariant($"the loop: {result.Epochs} epochs, best {result.BestEpoch + 1}, validation accuracy {result.Accuracy:0.000}"));
        Console.WriteLine($"Fit:      {result.FitEpochs} epochs");
        Console.WriteLine($"weights {(result.WeightsAgree ? "agree" : "differ")}, curves {(result.CurvesAgree ? "agree" : "differ")}, to the bit");
        Draw(byLoop, places, spirals, output);
        Console.WriteLine($"pictures are in {output}");
        return result;
    }

    /// <summary>The whole of Fit, callbacks and history included: what follows is all there is to it.</summary>
    private static History Train(Spirals network, Dataset train, Dataset validation, FitOptions options)
    {
        using ITraining training = network.CreateTraining(options.BatchSize);
        OptimizerState optimizer = options.Optimizer!.CreateState(training);
        using var callbacks = new CallbackList(training, optimizer, new MetricSet(network), options, hasValidation: true);
        callbacks.OnTrainBegin();
        while (callbacks.OnEpochBegin())
        {
            foreach (int count in train.Batches(training, Seed, callbacks.Epoch))
            {
                callbacks.OnBatchBegin(count);
                if (!callbacks.OnBatchEnd(training.Step(count, optimizer)))
                {
                    break;
                }
            }

            callbacks.OnEpochEnd(training.Evaluate(validation));
        }

        return callbacks.OnTrainEnd();
    }

    /// <summary>The regions that the network gives to each spiral, and the points.</summary>
    private static void Draw(Spirals network, float[] places, int[] spirals, string output)
    {
        const int Side = 121;
        const float Reach = 1.1f;
        float Place(int i) => Reach * ((2f * i / (Side - 1)) - 1);
        float[] grid = [.. Enumerable.Range(0, Side * Side).SelectMany(i => new[] { Place(i % Side), Place(i / Side) })];
        int[] regions = new int[Side * Side];
        network.Classify(grid, regions);
        Plot plot = new Plot("three spirals, learnt by a loop of one's own", "x", "y") { Size = (480, 480), XRange = (-Reach, Reach), YRange = (-Reach, Reach) }
            .AddRegions(regions, Side, (-Reach, Reach), (-Reach, Reach));
        for (int spiral = 0; spiral < 3; spiral++)
        {
            double[] Coordinates(int axis) => [.. spirals.Index().Where(point => point.Item == spiral).Select(point => (double)places[(2 * point.Index) + axis])];
            plot.AddPoints(FormattableString.Invariant($"spiral {spiral + 1}"), Coordinates(0), Coordinates(1));
        }

        plot.SaveTo(output, "spirals", scale: 1);
    }

    private static (float[] Places, int[] Spirals) DrawSpirals(int points)
    {
        var random = new Random(3);
        float[] places = new float[2 * points];
        int[] spirals = new int[points];
        for (int i = 0; i < points; i++)
        {
            spirals[i] = i % 3;
            double radius = 0.1 + (0.9 * random.NextDouble());
            double angle = (4 * radius) + (2 * Math.PI / 3 * spirals[i]) + (0.25 * (random.NextDouble() - 0.5));
            places[2 * i] = (float)(radius * Math.Cos(angle));
            places[(2 * i) + 1] = (float)(radius * Math.Sin(angle));
        }

        return (places, spirals);
    }
}
