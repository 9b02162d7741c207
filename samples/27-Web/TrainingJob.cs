using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>Trains the network beside the server that already answers, and keeps its weights for the next start.</summary>
/// <param name="options">How long, and where to.</param>
/// <param name="load">Finds the images.</param>
/// <param name="reader">Where the network is published.</param>
/// <param name="board">What the page shows.</param>
public sealed class TrainingJob(WebOptions options, Func<DigitImages> load, DigitReader reader, TrainingBoard board) : BackgroundService
{
    private const string AccuracyKey = "test accuracy", SourceKey = "trained on";

    /// <summary>What is said of a network whose weights were there already.</summary>
    public static TrainingState Describe(DrawnDigits network, string note)
    {
        ArgumentNullException.ThrowIfNull(network);
        string source = network.Metadata.TryGetValue(SourceKey, out string? found) ? found : "images of digits";
        double? accuracy = network.Metadata.TryGetValue(AccuracyKey, out string? text) && double.TryParse(text, out double value) ? value : null;
        string share = accuracy is null ? "" : FormattableString.Invariant($" It reads {100 * accuracy:0.0} % of the test images.");
        return new TrainingState(TrainingPhase.Ready, CanPredict: true, $"The network has learnt from {source}.{share}{note}") { Fraction = 1, TestAccuracy = accuracy };
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (reader.IsReady)
        {
            return;
        }

        try
        {
            await TrainAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Console.WriteLine("Training was canceled; the next start begins it again.");
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or ArithmeticException or ArgumentException)
        {
            Console.Error.WriteLine($"Training failed: {exception.Message}");
            board.Show(new TrainingState(TrainingPhase.Failed, reader.IsReady, $"Training failed: {exception.Message}"));
        }
    }

    private async Task TrainAsync(CancellationToken stoppingToken)
    {
        DigitImages digits = load();
        Console.WriteLine($"{digits.TrainLabels.Length} training and {digits.TestLabels.Length} test images: {digits.Source}");
        var network = new DrawnDigits(seed: 1);
        FitOptions fit = new()
        {
            Epochs = options.Epochs,
            BatchSize = 64,
            Schedule = new CosineSchedule(0.002, options.Epochs) { Unit = ScheduleUnit.Epochs },
            // A hand at a mouse writes larger, smaller and more askew than those who wrote for MNIST.
            Transforms = [new ImageAugmentation { Rotation = 12, Zoom = 0.12, VerticalShift = 1, HorizontalShift = 1 }],
            Callbacks = [board],
            Verbosity = Verbosity.Silent,
        };
        await network.FitAsync(Dataset.Create<DrawnDigits>(digits.TrainImages, digits.TrainLabels), fit, stoppingToken);
        double accuracy = network.Evaluate(Dataset.Create<DrawnDigits>(digits.TestImages, digits.TestLabels))["probabilities_accuracy"];
        network.Metadata[AccuracyKey] = FormattableString.Invariant($"{accuracy:0.0000}");
        network.Metadata[SourceKey] = FormattableString.Invariant($"{digits.TrainLabels.Length:N0} images {(digits.IsMnist ? "of MNIST" : "drawn by this program")}");
        reader.Publish(network);
        board.Show(Describe(network, Save(network)));
        Console.WriteLine(FormattableString.Invariant($"test accuracy {accuracy:0.0000}"));
    }

    // A full disk must not cost the network that was trained: this run goes on with it.
    private string Save(DrawnDigits network)
    {
        try
        {
            network.Save(options.Weights);
            return "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"the weights are not saved: {exception.Message}");
            return " Its weights could not be saved; the next start trains again.";
        }
    }
}
