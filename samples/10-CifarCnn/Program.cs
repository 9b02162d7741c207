using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="MostEpochs">No network is trained for more epochs than this.</param>
/// <param name="Seeds">How many times the plain network is trained, with seeds from 1; the others are trained once.</param>
/// <param name="Output">The folder for pictures.</param>
/// <param name="Only">The name of the one run that is wanted, or null for all.</param>
public sealed record CifarOptions(int MostEpochs = int.MaxValue, int Seeds = 3, string Output = "artifacts/10-CifarCnn", string? Only = null);

/// <summary>What the networks reached on the test images.</summary>
/// <param name="Accuracies">The test accuracy by run: "plain" (the mean over seeds), "normalized", "augmented" and "both".</param>
public sealed record CifarResult(IReadOnlyDictionary<string, double> Accuracies);

/// <summary>Small colour photographs of ten things: a plain network, one with batch normalization, and training on mirrored and shifted images.</summary>
public static class CifarSample
{
    /// <summary>
    /// What train_pytorch.py printed for the plain network on the subset of ../shared/data/cifar10, the mean of seeds 1 to 3 after 8 epochs
    /// (60.74, 60.50 and 61.14 %; PyTorch 1.13). This sample, with the same settings: 0.6157 (62.72, 61.18 and 60.82 %).
    /// </summary>
    public const double PyTorchAccuracy = 0.6079;

    private const int LowEpochs = 3;

    private static readonly string[] Runs = ["plain", "normalized", "augmented", "both"];

    private delegate void Classifier(ReadOnlySpan<float> images, Span<int> classes);

    /// <summary>Options: --data FOLDER, --images N at most, --epochs N at most per network, --seeds N of the plain one, --only NAME of one run, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks; null without CIFAR-10.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static CifarResult? Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["data", "images", "epochs", "seeds", "only", "output"]);
        var options = new CifarOptions();
        options = new CifarOptions(
            arguments.Count("epochs", options.MostEpochs),
            arguments.Count("seeds", options.Seeds),
            arguments.Folder("output", options.Output),
            arguments.Text("only"));
        return ImageSplit.LoadCifar10(arguments.Text("data")) is { } images ? Run(images.Take(arguments), options) : null;
    }

    /// <summary>Trains the plain network for each seed, and the variants.</summary>
    /// <exception cref="ArgumentException">There is no run of the name asked for.</exception>
    public static CifarResult Run(ImageSplit images, CifarOptions options)
    {
        if (options.Only is not null && !Runs.Contains(options.Only))
        {
            throw new ArgumentException($"--only is \"{options.Only}\", but the runs are {string.Join(", ", Runs)}.");
        }

        Console.WriteLine($"{images.Train.Labels.Length} training and {images.Test.Labels.Length} test images: {images.Source}");
        bool Wanted(string run) => options.Only is null || options.Only == run;
        var accuracies = new Dictionary<string, double>();
        if (Wanted("plain"))
        {
            Console.WriteLine(PlainCifar.Description);
            accuracies["plain"] = Enumerable.Range(1, options.Seeds).Average(seed =>
            {
                var network = new PlainCifar(seed);
                return Train("plain", network, network.Classify, images, epochs: 8, augmented: false, options);
            });
            Console.WriteLine(FormattableString.Invariant(
                $"plain: mean test accuracy {accuracies["plain"]:0.0000} over {options.Seeds} seeds; PyTorch, 8 epochs on 10,000 of CIFAR-10's images: {PyTorchAccuracy:0.0000}"));
        }

        if (Wanted("normalized"))
        {
            Console.WriteLine(NormalizedCifar.Description);
            var network = new NormalizedCifar(seed: 1);
            accuracies["normalized"] = Train("normalized", network, network.Classify, images, epochs: 8, augmented: false, options);
        }

        if (Wanted("augmented"))
        {
            var network = new PlainCifar(seed: 1);
            accuracies["augmented"] = Train("augmented", network, network.Classify, images, epochs: 16, augmented: true, options);
        }

        if (Wanted("both"))
        {
            var network = new NormalizedCifar(seed: 1);
            accuracies["both"] = Train("both", network, network.Classify, images, epochs: 16, augmented: true, options);
        }

        foreach ((string name, double accuracy) in accuracies)
        {
            Console.WriteLine(FormattableString.Invariant($"{name,-12}test accuracy {accuracy:0.0000}"));
        }

        return new CifarResult(accuracies);
    }

    private static double Train(string name, INetwork network, Classifier classify, ImageSplit images, int epochs, bool augmented, CifarOptions options)
    {
        int count = Math.Min(epochs, options.MostEpochs);
        Dataset train = Dataset.Create(network.Description, images.Train.Images, OneHot(images.Train.Labels));
        Dataset test = Dataset.Create(network.Description, images.Test.Images, OneHot(images.Test.Labels));
        History history = network.Fit(train, new FitOptions
        {
            Epochs = count,
            Optimizer = new Adam(),
            ValidationData = test, // watched only: nothing is chosen by it
            Transforms = augmented ? [new ImageAugmentation { HorizontalFlip = true, VerticalShift = 2, HorizontalShift = 2, Fill = ImageFill.Edge }] : [],
            Callbacks = [new LearningRateScheduler((epoch, _) => epoch >= epochs - LowEpochs ? 0.0002 : 0.001)],
            Verbosity = Verbosity.Lines,
        });

        int[] predicted = new int[images.Test.Labels.Length];
        classify(images.Test.Images, predicted);
        ConfusionMatrix confusion = ConfusionText.Count(images.Test.Labels, predicted, Cifar10.ClassNames.Count);
        history.ToPlot().SaveTo(options.Output, $"{name}-learning-curve");
        new ConfusionPicture(confusion, Cifar10.ClassNames, $"CIFAR-10, {name}").SaveTo(options.Output, $"{name}-confusion-matrix");
        Console.WriteLine(FormattableString.Invariant(
            $"{name}, seed {network.Seed}: test accuracy {confusion.Accuracy:0.0000} after {count} epochs in {history.Duration.TotalSeconds:0} s; pictures are in {options.Output}"));
        return confusion.Accuracy;
    }

    private static float[] OneHot(int[] labels)
    {
        float[] targets = new float[labels.Length * Cifar10.ClassNames.Count];
        for (int i = 0; i < labels.Length; i++)
        {
            targets[(i * Cifar10.ClassNames.Count) + labels[i]] = 1;
        }

        return targets;
    }
}
