using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="Epochs">How often it sees every training image.</param>
/// <param name="Output">The folder for weights and pictures.</param>
public sealed record DigitsOptions(int Epochs = 5, string Output = "artifacts/01-Digits");

/// <summary>What the sample reached.</summary>
/// <param name="TestAccuracy">The fraction of test images it recognises.</param>
/// <param name="LoadedAgrees">Whether the network read back from its file predicts the same bits.</param>
/// <param name="FinalLoss">The training loss of the last epoch.</param>
public sealed record DigitsResult(double TestAccuracy, bool LoadedAgrees, double FinalLoss);

/// <summary>The main sample: declare, train, judge, save, load, predict.</summary>
public static class DigitsSample
{
    /// <summary>Options: --epochs N, --data FOLDER, --output FOLDER, --offline (download nothing).</summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static DigitsResult Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["epochs", "data", "output"], ["offline"]);
        var options = new DigitsOptions();
        options = new DigitsOptions(arguments.Count("epochs", options.Epochs), arguments.Folder("output", options.Output));
        DigitImages digits = DigitSource.Load(arguments.Text("data"), useShared: false, mayDownload: !arguments.Has("offline"));
        DigitsResult result = Run(digits, options);
        Console.WriteLine(FormattableString.Invariant($"test accuracy {result.TestAccuracy:0.0000}"));
        return result;
    }

    /// <summary>Trains a network on the digits and reports what it reached.</summary>
    /// <exception cref="IOException">The output folder cannot be made, which is found before the training, or the weights cannot be saved.</exception>
    public static DigitsResult Run(DigitImages digits, DigitsOptions options)
    {
        Directory.CreateDirectory(options.Output);
        Console.WriteLine($"{digits.TrainLabels.Length} training and {digits.TestLabels.Length} test images: {digits.Source}");
        Console.WriteLine(Digits.Description);

        var network = new Digits(seed: 3);
        Dataset train = Dataset.Create<Digits>(digits.TrainImages, digits.TrainLabels);
        Dataset test = Dataset.Create<Digits>(digits.TestImages, digits.TestLabels);
        History history = network.Fit(train, new FitOptions
        {
            Epochs = options.Epochs,
            Optimizer = new Adam(),
            ValidationData = test, // watched only: nothing is chosen by it
            Verbosity = Console.IsOutputRedirected ? Verbosity.Lines : Verbosity.ProgressBar,
        });

        int[] predicted = new int[digits.TestLabels.Length];
        network.Classify(digits.TestImages, predicted);
        ConfusionMatrix confusion = ConfusionText.Count(digits.TestLabels, predicted, Digits.OutputLength);
        Console.WriteLine(ConfusionText.Format(confusion));

        Draw(history, confusion, options.Output);
        bool agrees = SaveAndLoad(network, digits.TestImages, Path.Combine(options.Output, "digits.safetensors"));
        Console.WriteLine($"weights and pictures are in {options.Output}; the network loaded from there predicts {(agrees ? "the same" : "something else")}");
        return new DigitsResult(confusion.Accuracy, agrees, history.Last("loss"));
    }

    // A picture that cannot be written must not cost the weights and the result.
    private static void Draw(History history, ConfusionMatrix confusion, string folder)
    {
        try
        {
            history.ToPlot().Save(Path.Combine(folder, "learning-curve.svg"));
            new ConfusionPicture(confusion, title: "digits").Save(Path.Combine(folder, "confusion-matrix.svg"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"the pictures are not complete: {exception.Message}");
        }
    }

    private static bool SaveAndLoad(Digits network, float[] images, string path)
    {
        network.Metadata["classes"] = "0123456789";
        network.Save(path);
        Digits loaded = Digits.Load(path);
        return network.Predict(images).AsSpan().SequenceEqual(loaded.Predict(images));
    }
}
