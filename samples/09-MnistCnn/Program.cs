using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="MostEpochs">No network is trained for more epochs than this.</param>
/// <param name="Output">The folder for pictures.</param>
/// <param name="Only">The name of the one run that is wanted, or null for all.</param>
public sealed record MnistCnnOptions(int MostEpochs = int.MaxValue, string Output = "artifacts/09-MnistCnn", string? Only = null);

/// <summary>What the networks reached on the test images.</summary>
/// <param name="Accuracies">The test accuracy by run: "small", "deep" and "fashion".</param>
public sealed record MnistCnnResult(IReadOnlyDictionary<string, double> Accuracies);

/// <summary>Convolutional networks on digits and on clothes.</summary>
public static class MnistCnnSample
{
    private static readonly string[] Clothes = ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"];
    private static readonly string[] Digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    private static readonly string[] Runs = ["small", "deep", "fashion"];

    private delegate void Classifier(ReadOnlySpan<float> images, Span<int> classes);

    /// <summary>Options: --data FOLDER of MNIST, --fashion FOLDER, --images N at most of each, --epochs N at most per network, --only NAME of one run, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static MnistCnnResult Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["data", "fashion", "images", "epochs", "only", "output"]);
        var options = new MnistCnnOptions();
        options = new MnistCnnOptions(arguments.Count("epochs", options.MostEpochs), arguments.Folder("output", options.Output), arguments.Text("only"));
        return Run(ImageSplit.From(DigitSource.Load(arguments)), ImageSplit.LoadFashion(arguments.Text("fashion"))?.Take(arguments), options);
    }

    /// <summary>Trains the small network on digits, the deep one on digits, and the deep one on clothes where they are given.</summary>
    /// <exception cref="ArgumentException">There is no run of the name asked for.</exception>
    public static MnistCnnResult Run(ImageSplit digits, ImageSplit? clothes, MnistCnnOptions options)
    {
        if (options.Only is not null && !Runs.Contains(options.Only))
        {
            throw new ArgumentException($"--only is \"{options.Only}\", but the runs are {string.Join(", ", Runs)}.");
        }

        var accuracies = new Dictionary<string, double>();
        if (options.Only is null or "small")
        {
            Console.WriteLine(SmallCnn.Description);
            var network = new SmallCnn(seed: 1);
            accuracies["small"] = Train("small", network, network.Classify, digits, Digits, new FitOptions { Epochs = 5, ValidationSplit = 0.2 }, options);
        }

        if (options.Only is null or "deep")
        {
            Console.WriteLine(DeepCnn.Description);
            var network = new DeepCnn(seed: 1);
            accuracies["deep"] = Train("deep", network, network.Classify, digits, Digits, new FitOptions { Epochs = 6, BatchSize = 64, ValidationSplit = 0.1 }, options);
        }

        if (clothes is not null && options.Only is null or "fashion")
        {
            var network = new DeepCnn(seed: 1);
            accuracies["fashion"] = Train("fashion", network, network.Classify, clothes, Clothes, new FitOptions { Epochs = 10, BatchSize = 64, ValidationSplit = 0.1 }, options);
        }

        return new MnistCnnResult(accuracies);
    }

    private static double Train(string name, INetwork network, Classifier classify, ImageSplit images, string[] classes, FitOptions settings, MnistCnnOptions options)
    {
        Console.WriteLine($"{name}: {images.Train.Labels.Length} training and {images.Test.Labels.Length} test images: {images.Source}");
        Dataset train = Dataset.Create(network.Description, images.Train.Images, images.Train.Labels);
        int epochs = Math.Min(settings.Epochs, options.MostEpochs);

        // A third of the rate in the last quarter: the steps of Adam no longer throw the network about, and seeds differ less.
        var slower = new LearningRateScheduler((epoch, _) => epoch >= 0.75 * settings.Epochs ? 0.0003 : 0.001);
        History history = network.Fit(train, settings with { Epochs = epochs, Optimizer = new Adam(), Callbacks = [slower], Verbosity = Verbosity.Lines });

        int[] predicted = new int[images.Test.Labels.Length];
        classify(images.Test.Images, predicted);
        ConfusionMatrix confusion = ConfusionText.Count(images.Test.Labels, predicted, classes.Length);
        Console.WriteLine(ConfusionText.Format(confusion));
        Directory.CreateDirectory(options.Output);
        history.ToPlot().Save(Path.Combine(options.Output, $"{name}-learning-curve.svg"));
        new ConfusionPicture(confusion, classes, name).Save(Path.Combine(options.Output, $"{name}-confusion-matrix.svg"));
        Console.WriteLine(FormattableString.Invariant($"{name}: test accuracy {confusion.Accuracy:0.0000} after {epochs} epochs in {history.Duration.TotalSeconds:0} s; pictures are in {options.Output}"));
        return confusion.Accuracy;
    }
}
