using NetCompiler;
using Samples.Data;
using Samples.Data.Drawing;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="FullBatchSteps">Steps of gradient descent over all images at once.</param>
/// <param name="Epochs">Passes in mini-batches afterwards.</param>
/// <param name="Output">The folder for pictures.</param>
public sealed record HandMadeOptions(int FullBatchSteps = 40, int Epochs = 5, string Output = "artifacts/07-MnistByHand");

/// <summary>What it reached.</summary>
/// <param name="FullBatchTestAccuracy">After gradient descent over all images.</param>
/// <param name="TrainAccuracy">After the mini-batches.</param>
/// <param name="TestAccuracy">After the mini-batches.</param>
public sealed record HandMadeResult(double FullBatchTestAccuracy, double TrainAccuracy, double TestAccuracy);

/// <summary>Training by hand: full-batch gradient descent, then mini-batches, with the update written out.</summary>
public static class HandMadeSample
{
    private const int BatchSize = 64;
    private const int Chunk = 5000;

    /// <summary>Options: --steps N over all images, --epochs N of mini-batches, --images N at most, --data FOLDER, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static HandMadeResult Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["steps", "epochs", "images", "data", "output"]);
        var options = new HandMadeOptions();
        options = new HandMadeOptions(arguments.Count("steps", options.FullBatchSteps), arguments.Count("epochs", options.Epochs), arguments.Folder("output", options.Output));
        return Run(DigitSource.Load(arguments), options);
    }

    /// <summary>Draws the first digits, then trains in two ways.</summary>
    public static HandMadeResult Run(DigitImages digits, HandMadeOptions options)
    {
        Console.WriteLine($"{digits.TrainLabels.Length} training and {digits.TestLabels.Length} test images: {digits.Source}");
        Console.WriteLine(HandMadeDigits.Description);
        string[] captions = [.. digits.TrainLabels.Take(32).Select(label => FormattableString.Invariant($"{label}"))];
        Directory.CreateDirectory(options.Output);
        string sheet = Path.Combine(options.Output, "first-digits.svg");
        new ImageGrid(digits.TrainImages.AsSpan(0, captions.Length * DigitPainter.PixelCount), DigitPainter.Size, DigitPainter.Size, captions: captions).Save(sheet);
        Console.WriteLine($"the first {captions.Length} images are in {sheet}");

        var network = new HandMadeDigits(seed: 1);
        DescendOverAll(network, digits, options.FullBatchSteps);
        double full = Report(network, digits, $"after {options.FullBatchSteps} steps over all images").Test;
        DescendInBatches(network, digits, options.Epochs);
        (double train, double test) = Report(network, digits, $"after {options.Epochs} epochs of mini-batches");
        return new HandMadeResult(full, train, test);
    }

    /// <summary>
    /// One step per pass. The gradient of the mean over all images is the sum of the gradients of the parts' means, each times its
    /// part; equal parts, accumulated, need one division at the end.
    /// </summary>
    private static void DescendOverAll(HandMadeDigits network, DigitImages digits, int steps)
    {
        int chunk = Math.Min(Chunk, digits.TrainLabels.Length), chunks = digits.TrainLabels.Length / chunk;
        using HandMadeDigits.Training training = network.CreateTraining(chunk);
        for (int step = 0; step < steps; step++)
        {
            double loss = 0;
            for (int part = 0; part < chunks; part++)
            {
                ReadOnlySpan<float> images = digits.TrainImages.AsSpan(part * chunk * DigitPainter.PixelCount, chunk * DigitPainter.PixelCount);
                loss += training.ComputeGradients(images, digits.TrainLabels.AsSpan(part * chunk, chunk), accumulate: part > 0) / chunks;
            }

            Descend(training, learningRate: 0.3f / chunks);
            if (step % 10 == 0)
            {
                Console.WriteLine(FormattableString.Invariant($"  step {step}: loss {loss:0.0000}"));
            }
        }
    }

    private static void DescendInBatches(HandMadeDigits network, DigitImages digits, int epochs)
    {
        using HandMadeDigits.Training training = network.CreateTraining(BatchSize);
        float[] images = new float[BatchSize * DigitPainter.PixelCount];
        int[] labels = new int[BatchSize], order = [.. Enumerable.Range(0, digits.TrainLabels.Length)];
        var random = new Random(1);
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            random.Shuffle(order);
            double loss = 0;
            int batches = order.Length / BatchSize;
            for (int batch = 0; batch < batches; batch++)
            {
                for (int i = 0; i < BatchSize; i++)
                {
                    int image = order[(batch * BatchSize) + i];
                    digits.TrainImages.AsSpan(image * DigitPainter.PixelCount, DigitPainter.PixelCount).CopyTo(images.AsSpan(i * DigitPainter.PixelCount));
                    labels[i] = digits.TrainLabels[image];
                }

                loss += training.ComputeGradients(images, labels);
                Descend(training, learningRate: 0.1f);
            }

            Console.WriteLine(FormattableString.Invariant($"  epoch {epoch}: loss {loss / batches:0.0000}"));
        }
    }

    /// <summary>p = p - rate x gradient.</summary>
    private static void Descend(HandMadeDigits.Training training, float learningRate)
    {
        Span<float> parameters = training.Parameters, gradients = training.Gradients;
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] -= learningRate * gradients[i];
        }
    }

    private static (double Train, double Test) Report(HandMadeDigits network, DigitImages digits, string when)
    {
        double train = Accuracy(network, digits.TrainImages, digits.TrainLabels), test = Accuracy(network, digits.TestImages, digits.TestLabels);
        Console.WriteLine(FormattableString.Invariant($"{when}: train accuracy {train:0.0000}, test accuracy {test:0.0000}"));
        return (train, test);
    }

    private static double Accuracy(HandMadeDigits network, float[] images, int[] labels)
    {
        int[] predicted = new int[labels.Length];
        network.Classify(images, predicted);
        return predicted.Zip(labels).Count(pair => pair.First == pair.Second) / (double)labels.Length;
    }
}
