using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What the controlled trainings reached.</summary>
/// <param name="Suggestion">The learning rate that the finder suggests for Adam.</param>
/// <param name="Epochs">The epochs until early stopping, or all.</param>
/// <param name="BestEpoch">The epoch with the lowest validation loss, counted from 0.</param>
/// <param name="BestLoss">The lowest validation loss.</param>
/// <param name="RestoredLoss">The validation loss of the network afterwards.</param>
/// <param name="Reductions">How often the learning rate was lowered.</param>
/// <param name="TestAccuracy">Of the weights that early stopping restored.</param>
/// <param name="OneCycleAccuracy">Of a training by a one-cycle schedule.</param>
/// <param name="CheckpointAgrees">Whether the saved best weights are those that were restored.</param>
/// <param name="LoggedEpochs">The lines of the CSV file.</param>
/// <param name="EventValues">The values in TensorBoard's file of the training.</param>
/// <param name="First">What went bad first in a training with far too high a rate.</param>
public sealed record TrainingControlsResult(
    double Suggestion,
    int Epochs,
    int BestEpoch,
    double BestLoss,
    double RestoredLoss,
    int Reductions,
    double TestAccuracy,
    double OneCycleAccuracy,
    bool CheckpointAgrees,
    int LoggedEpochs,
    int EventValues,
    NonFiniteValue? First);

/// <summary>Schedules, the learning-rate finder and callbacks, on few digits.</summary>
public static class TrainingControlsSample
{
    private const int TrainImages = 3000;
    private const int TestImages = 2000;
    private const int BatchSize = 64;
    private const double ValidationShare = 1 / 3.0;

    /// <summary>Options: --data FOLDER with MNIST, --epochs N at most, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() =>
    {
        var arguments = new SampleArguments(args, ["data", "epochs", "output"]);
        Run(DigitSource.Load(arguments.Text("data"), useShared: true, mayDownload: false), arguments.Count("epochs", 60), arguments.Folder("output", "artifacts/21-TrainingControls"));
    });

    /// <summary>Draws the schedules, finds a rate, trains under the callbacks, by one cycle, and once so that it fails.</summary>
    public static TrainingControlsResult Run(DigitImages digits, int epochs, string output)
    {
        digits = digits.Take(TrainImages, TestImages);
        Console.WriteLine($"{digits.TrainLabels.Length} training images, a third of them to validate, and {digits.TestLabels.Length} test images: {digits.Source}");
        Directory.CreateDirectory(output);
        DrawSchedules().Save(Path.Combine(output, "schedules.svg"));
        Dataset train = Dataset.Create<ControlledDigits>(digits.TrainImages, digits.TrainLabels);
        var options = new FitOptions { Epochs = epochs, BatchSize = BatchSize, ValidationSplit = ValidationShare, Optimizer = new Adam(), Verbosity = Verbosity.Silent };
        double rate = FindRate(train, options, output);
        TrainingControlsResult result = TrainUnderCallbacks(train, digits, options with { Optimizer = new Adam(rate) }, output);
        double oneCycle = TrainByOneCycle(train, digits, options with { Epochs = Math.Min(epochs, 15) }, rate);
        NonFiniteValue? first = TrainUntilItFails(train, options);
        Console.WriteLine($"pictures, the CSV file, the best weights and the folder for tensorboard --logdir are in {output}");
        return result with { Suggestion = rate, OneCycleAccuracy = oneCycle, First = first };
    }

    /// <summary>Schedules are values: sampled over 40 epochs of 10 steps into one picture.</summary>
    private static Plot DrawSchedules()
    {
        const int Epochs = 40, Steps = 10;
        const double Rate = 0.01;
        (string Name, LearningRateSchedule Schedule)[] schedules =
        [
            ("step", new StepSchedule(Rate, 0.5, 10) { Unit = ScheduleUnit.WholeEpochs }),
            ("exponential", new ExponentialSchedule(Rate, Math.Exp(-0.1)) { Start = 9, Unit = ScheduleUnit.WholeEpochs }),
            ("inverse", new InverseTimeSchedule(Rate, 0.1) { Unit = ScheduleUnit.Epochs }),
            ("restarts", new CosineRestartsSchedule(Rate, 6, RateFactor: 0.8) { Unit = ScheduleUnit.Epochs }),
            ("1cycle", new OneCycleSchedule(Rate, Epochs) { Unit = ScheduleUnit.Epochs }),
            ("warm-up", new WarmupSchedule(5, new PolynomialSchedule(0.006, 35) { Unit = ScheduleUnit.Epochs }) { Unit = ScheduleUnit.Epochs }),
        ];
        var plot = new Plot("learning rates by schedule", "epoch", "learning rate");
        foreach ((string name, LearningRateSchedule schedule) in schedules)
        {
            schedule.AddTo(plot, name, Epochs, Steps);
        }

        return plot;
    }

    private static double FindRate(Dataset train, FitOptions options, string output)
    {
        var network = new ControlledDigits(seed: 1);
        float[] before = network.Weights.Dense1Kernel.ToArray();
        LearningRateSearch search = network.FindLearningRate(train, options, minimum: 1e-6, maximum: 10, steps: 150, smoothing: 0.9);
        search.ToPlot().Save(Path.Combine(output, "learning-rate-finder.svg"));
        double rate = search.Suggestion ?? throw new InvalidOperationException("The loss never fell.");
        bool isRestored = network.Weights.Dense1Kernel.ToArray().AsSpan().SequenceEqual(before);
        Console.WriteLine(FormattableString.Invariant(
            $"finder: {search.Rates.Count} rates up to {search.Rates[^1]:0.###}, suggestion {rate:0.#####}; the network is {(isRestored ? "as it was" : "CHANGED")}"));
        return rate;
    }

    private static TrainingControlsResult TrainUnderCallbacks(Dataset train, DigitImages digits, FitOptions options, string output)
    {
        string log = Path.Combine(output, "log.csv"), best = Path.Combine(output, "best.safetensors"), board = Path.Combine(output, "tensorboard", $"run-{DateTime.UtcNow:yyyyMMdd-HHmmss-fff}");
        var plateau = new ReduceLearningRateOnPlateau(factor: 0.3, patience: 2);
        var stopping = new EarlyStopping(patience: 8, restoreBestWeights: true);
        var network = new ControlledDigits(seed: 1);
        History history = network.Fit(train, options with
        {
            Callbacks =
            [
                plateau,
                new ModelCheckpoint(best, saveBestOnly: true),
                new CsvLogger(log),
                new TensorBoard(board, histogramFrequency: 5, updateFrequency: 10),
                new TerminateOnNaN(),
                new LambdaCallback(onEpochEnd: context => Console.WriteLine(FormattableString.Invariant(
                    $"  epoch {context.Epoch + 1,2}: loss {context.Loss:0.0000}, val_loss {context.History.Last("val_loss"):0.0000}, rate {context.Optimizer.LearningRate:0.######}"))),
                stopping,
            ],
        });
        history.ToPlot().Save(Path.Combine(output, "loss.svg"));

        (_, Dataset validation) = train.Split(ValidationShare);
        double restored = network.Evaluate(validation, BatchSize).Loss, lowest = history["val_loss"].Min();
        double accuracy = Accuracy(network, digits);
        string events = Directory.GetFiles(Path.Combine(board, "train")).Single();
        IReadOnlyList<EventValue> values = EventFile.Read(events);
        DrawRates(values).Save(Path.Combine(output, "learning-rate.svg"));
        bool agrees = ControlledDigits.Load(best).Predict(digits.TestImages).AsSpan().SequenceEqual(network.Predict(digits.TestImages));
        int lines = CsvTable.Read(log)["epoch"].ToIntegers().Length;
        Console.WriteLine(FormattableString.Invariant(
            $"callbacks: {(stopping.StoppedEpoch < 0 ? "all" : "stopped after")} {history.Epochs} epochs, the rate lowered {plateau.Reductions} times; epoch {stopping.BestEpoch + 1} was best with val_loss {lowest:0.0000}, and the network is back at {restored:0.0000}"));
        Console.WriteLine(FormattableString.Invariant(
            $"test accuracy {accuracy:0.0000}; the checkpoint predicts {(agrees ? "the same" : "SOMETHING ELSE")}; {lines} lines in the CSV file, {values.Count} values in TensorBoard's"));
        return new TrainingControlsResult(0, history.Epochs, stopping.BestEpoch, lowest, restored, plateau.Reductions, accuracy, 0, agrees, lines, values.Count, null);
    }

    /// <summary>The learning rate of every epoch, read back from TensorBoard's file.</summary>
    private static Plot DrawRates(IReadOnlyList<EventValue> values)
    {
        EventValue[] rates = [.. values.Where(value => value.Tag == "epoch_learning_rate")];
        return new Plot("learning rate, lowered on plateaus", "epoch", "learning rate") { HasWholeX = true }
            .AddLine("learning rate", [.. rates.Select(value => value.Step + 1.0)], [.. rates.Select(value => value.Scalar!.Value)]);
    }

    private static double TrainByOneCycle(Dataset train, DigitImages digits, FitOptions options, double rate)
    {
        var network = new ControlledDigits(seed: 1);
        network.Fit(train, options with { Schedule = new OneCycleSchedule(rate, options.Epochs) { Unit = ScheduleUnit.Epochs } });
        double accuracy = Accuracy(network, digits);
        Console.WriteLine(FormattableString.Invariant($"one cycle: test accuracy {accuracy:0.0000} after {options.Epochs} epochs"));
        return accuracy;
    }

    /// <summary>Plain descent with a rate that no network stands: the error says where it began.</summary>
    private static NonFiniteValue? TrainUntilItFails(Dataset train, FitOptions options)
    {
        try
        {
            new ControlledDigits(seed: 1).Fit(train, options with { Optimizer = new Sgd(1e15), Callbacks = [new TerminateOnNaN()] });
            Console.WriteLine("a rate of 1e15 did no harm");
            return null;
        }
        catch (NonFiniteLossException exception)
        {
            Console.WriteLine($"a rate of 1e15: {exception.Message}");
            return exception.First;
        }
    }

    private static double Accuracy(ControlledDigits network, DigitImages digits)
    {
        int[] classes = new int[digits.TestLabels.Length];
        network.Classify(digits.TestImages, classes);
        return classes.Zip(digits.TestLabels).Count(pair => pair.First == pair.Second) / (double)classes.Length;
    }
}
