using NetCompiler;
using Samples.Data;
using Samples.Data.Drawing;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="Epochs">Epochs of the siamese pair.</param>
/// <param name="Output">The folder for pictures.</param>
public sealed record CustomLayersOptions(int Epochs = 6, string Output = "artifacts/11-CustomLayers");

/// <summary>What the sample found.</summary>
/// <param name="PredictionDifference">The largest difference between predictions of the own layers and of the built-in ones with the same weights.</param>
/// <param name="TrainedDifference">The same after one epoch of training each.</param>
/// <param name="OwnAccuracy">The test accuracy of the own layers after that epoch.</param>
/// <param name="PairAccuracy">The fraction of test pairs that the siamese pair judges rightly; half of them are of the same digit.</param>
/// <param name="IsSymmetric">Whether swapping its inputs leaves its outputs as they were.</param>
public sealed record CustomLayersResult(double PredictionDifference, double TrainedDifference, double OwnAccuracy, double PairAccuracy, bool IsSymmetric);

/// <summary>Layers written by the user, and weights that two inputs share.</summary>
public static class CustomLayersSample
{
    /// <summary>Options: --data FOLDER, --images N at most, --epochs N, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static CustomLayersResult Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["data", "images", "epochs", "output"]);
        var options = new CustomLayersOptions();
        options = new CustomLayersOptions(arguments.Count("epochs", options.Epochs), arguments.Folder("output", options.Output));
        return Run(DigitSource.Load(arguments), options);
    }

    /// <summary>Compares own layers with built-in ones, then trains the siamese pair.</summary>
    public static CustomLayersResult Run(DigitImages digits, CustomLayersOptions options)
    {
        Console.WriteLine($"{digits.TrainLabels.Length} training and {digits.TestLabels.Length} test images: {digits.Source}");
        (double before, double after, double accuracy) = Compare(digits);
        (double pairs, bool symmetric) = TrainPair(digits, options);
        return new CustomLayersResult(before, after, accuracy, pairs, symmetric);
    }

    private static (double Before, double After, double Accuracy) Compare(DigitImages digits)
    {
        Console.WriteLine(OwnDigits.Description);
        var own = new OwnDigits(seed: 1);
        var builtIn = new BuiltInDigits(seed: 1);

        // Both declare their weights in the same order: kernel and bias of each layer in turn.
        float[] weights = new float[OwnDigits.ParameterCount];
        own.ExportParameters(weights);
        builtIn.ImportParameters(weights);
        double before = Difference(own, builtIn, digits.TestImages);

        var options = new FitOptions { Optimizer = new Adam(), Verbosity = Verbosity.Lines };
        own.Fit(Dataset.Create<OwnDigits>(digits.TrainImages, digits.TrainLabels), options);
        builtIn.Fit(Dataset.Create<BuiltInDigits>(digits.TrainImages, digits.TrainLabels), options);
        double after = Difference(own, builtIn, digits.TestImages);
        double accuracy = own.Evaluate(Dataset.Create<OwnDigits>(digits.TestImages, digits.TestLabels)).Accuracy;
        double builtInAccuracy = builtIn.Evaluate(Dataset.Create<BuiltInDigits>(digits.TestImages, digits.TestLabels)).Accuracy;
        Console.WriteLine(FormattableString.Invariant($"own and built-in layers: predictions differ by {before:0.0e0} with the same weights, by {after:0.0e0} after an epoch"));
        Console.WriteLine(FormattableString.Invariant($"own layers: test accuracy {accuracy:0.0000}; built-in layers: test accuracy {builtInAccuracy:0.0000}"));
        return (before, after, accuracy);
    }

    private static double Difference(OwnDigits own, BuiltInDigits builtIn, float[] images) =>
        own.Predict(images).Zip(builtIn.Predict(images)).Max(pair => Math.Abs(pair.First - pair.Second));

    private static (double Accuracy, bool IsSymmetric) TrainPair(DigitImages digits, CustomLayersOptions options)
    {
        Console.WriteLine(SameDigit.Description);
        var network = new SameDigit(seed: 1);
        Pairs train = Pairs.Draw(digits.TrainImages, digits.TrainLabels, seed: 1), test = Pairs.Draw(digits.TestImages, digits.TestLabels, seed: 2);
        History history = network.Fit(train.ToDataset(), new FitOptions { Epochs = options.Epochs, Optimizer = new Adam(), ValidationData = test.ToDataset(), Verbosity = Verbosity.Lines });

        float[] outputs = network.Predict(test.Left, test.Right), swapped = network.Predict(test.Right, test.Left);
        double accuracy = outputs.Zip(test.Same).Count(pair => (pair.First > 0.5f) == (pair.Second > 0.5f)) / (double)outputs.Length;
        bool symmetric = outputs.AsSpan().SequenceEqual(swapped);
        Directory.CreateDirectory(options.Output);
        history.ToPlot().Save(Path.Combine(options.Output, "pairs-learning-curve.svg"));
        DrawPairs(test, outputs, Path.Combine(options.Output, "pairs.svg"));
        Console.WriteLine(FormattableString.Invariant($"pairs judged rightly: {accuracy:0.0000}; swapped inputs give {(symmetric ? "the same" : "other")} outputs; pictures are in {options.Output}"));
        return (accuracy, symmetric);
    }

    /// <summary>The first pairs, the two images of each side by side, over the probability that they are the same.</summary>
    private static void DrawPairs(Pairs pairs, float[] outputs, string path)
    {
        const int Count = 16, Size = DigitPainter.Size;
        float[] sheet = new float[Math.Min(Count, outputs.Length) * 2 * DigitPainter.PixelCount];
        string[] captions = [.. outputs.Take(Count).Select(output => FormattableString.Invariant($"{output:0.00}"))];
        for (int row = 0; row < captions.Length * Size; row++)
        {
            pairs.Left.AsSpan(row * Size, Size).CopyTo(sheet.AsSpan(2 * row * Size));
            pairs.Right.AsSpan(row * Size, Size).CopyTo(sheet.AsSpan(((2 * row) + 1) * Size));
        }

        new ImageGrid(sheet, Size, 2 * Size, captions: captions, title: "probability of the same digit").Save(path);
    }
}
