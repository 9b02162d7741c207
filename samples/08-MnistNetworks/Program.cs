using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What the networks reached on the test images.</summary>
/// <param name="Accuracies">The test accuracy by network.</param>
public sealed record DigitNetworksResult(IReadOnlyDictionary<string, double> Accuracies);

/// <summary>Four dense networks on the same digits.</summary>
public static class DigitNetworksSample
{
    /// <summary>Options: --data FOLDER, --images N at most, --epochs N at most per network, --only NAME of one class, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static DigitNetworksResult Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["data", "images", "epochs", "only", "output"]);
        return Run(DigitSource.Load(arguments), arguments.Folder("output", "artifacts/08-MnistNetworks"), arguments.Count("epochs", int.MaxValue), arguments.Text("only"));
    }

    /// <summary>Trains each network for its number of epochs, or <paramref name="mostEpochs"/> where that is less.</summary>
    public static DigitNetworksResult Run(DigitImages digits, string output, int mostEpochs = int.MaxValue, string? only = null)
    {
        Console.WriteLine($"{digits.TrainLabels.Length} training and {digits.TestLabels.Length} test images: {digits.Source}");
        Console.WriteLine(NarrowDigits.Description);
        // Test accuracies differ by about 0.2 points from seed to seed: DropoutDigits reaches 97.4 to 97.9 % with seeds 1 to 6.
        (string Name, int Epochs, int BatchSize, Optimizer Optimizer, Func<INetwork> Create, Func<INetwork, int[]> Classify)[] networks =
        [
            (nameof(NarrowDigits), 3, 32, new Adam(), () => new NarrowDigits(seed: 1), network => Classify(digits, ((NarrowDigits)network).Classify)),
            (nameof(DropoutDigits), 5, 32, new Adam(), () => new DropoutDigits(seed: 3), network => Classify(digits, ((DropoutDigits)network).Classify)),
            (nameof(DeepDigits), 10, 64, new Adam(), () => new DeepDigits(seed: 1), network => Classify(digits, ((DeepDigits)network).Classify)),
            (nameof(WideDigits), 20, 128, new RmsProp(), () => new WideDigits(seed: 1), network => Classify(digits, ((WideDigits)network).Classify)),
        ];
        if (only is not null && networks.All(network => network.Name != only))
        {
            throw new ArgumentException($"--only is \"{only}\", but the networks are {string.Join(", ", networks.Select(network => network.Name))}.");
        }

        var accuracies = new Dictionary<string, double>();
        var plot = new Plot($"four networks on {(digits.IsMnist ? "MNIST" : "digits drawn by this program")}", "epoch", "training loss") { HasWholeX = true };
        foreach (var (name, epochs, batchSize, optimizer, create, classify) in networks.Where(network => only is null || network.Name == only))
        {
            INetwork network = create();
            Dataset data = Dataset.Create(network.Description, digits.TrainImages, digits.TrainLabels);
            int count = Math.Min(epochs, mostEpochs);
            History history = network.Fit(data, new FitOptions { Epochs = count, BatchSize = batchSize, Optimizer = optimizer, Verbosity = Verbosity.Lines });
            plot.AddLine(name, [.. Enumerable.Range(1, count).Select(epoch => (double)epoch)], history["loss"]);
            accuracies[name] = classify(network).Zip(digits.TestLabels).Count(pair => pair.First == pair.Second) / (double)digits.TestLabels.Length;
            Console.WriteLine(FormattableString.Invariant($"{name}: test accuracy {accuracies[name]:0.0000} after {count} epochs"));
        }

        plot.SaveTo(output, "training-loss");
        Console.WriteLine($"pictures are in {output}");
        return new DigitNetworksResult(accuracies);
    }

    private delegate void Classifier(ReadOnlySpan<float> images, Span<int> classes);

    private static int[] Classify(DigitImages digits, Classifier classify)
    {
        int[] classes = new int[digits.TestLabels.Length];
        classify(digits.TestImages, classes);
        return classes;
    }
}
