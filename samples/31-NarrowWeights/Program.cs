using System.Diagnostics;
using NetCompiler;
using Samples.Data;
using Spectre.Console;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="Epochs">How often each network sees its training data.</param>
/// <param name="Blocks">How often each form is timed.</param>
/// <param name="Output">The folder for pictures.</param>
public sealed record NarrowWeightsOptions(int Epochs = 3, int Blocks = 500, string Output = "artifacts/31-NarrowWeights");

/// <summary>Both forms of one network, with the same weights.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Samples">The test samples.</param>
/// <param name="Accuracy">The test accuracy with floats.</param>
/// <param name="NarrowAccuracy">The test accuracy with bfloat16.</param>
/// <param name="Changed">The test samples that are judged otherwise.</param>
/// <param name="MostChange">The largest change of a probability.</param>
/// <param name="Microseconds">The shortest time of one sample with floats.</param>
/// <param name="NarrowMicroseconds">The shortest time of one sample with bfloat16.</param>
public sealed record NarrowWeightsResult(string Name, int Samples, double Accuracy, double NarrowAccuracy, int Changed, double MostChange, double Microseconds, double NarrowMicroseconds);

/// <summary>Trains networks, gives their weights to the same networks with bfloat16 in inference, and tells what is lost and what is gained.</summary>
public static class NarrowWeightsSample
{
    /// <summary>Options: --digits FOLDER of MNIST, --reviews FOLDER with imdb-train.tsv.gz and imdb-test.tsv.gz, --epochs N, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() =>
    {
        var arguments = new SampleArguments(args, ["digits", "reviews", "epochs", "output"]);
        var options = new NarrowWeightsOptions();
        options = options with { Epochs = arguments.Count("epochs", options.Epochs), Output = arguments.Text("output") ?? options.Output };
        (IReadOnlyList<Review> train, IReadOnlyList<Review> test) = ReviewSource.Load(arguments.Text("reviews"));
        Run(DigitSource.Load(arguments.Text("digits"), useShared: true, mayDownload: false), train, test, options);
    });

    /// <summary>Both networks, each in both forms.</summary>
    public static IReadOnlyList<NarrowWeightsResult> Run(DigitImages digits, IReadOnlyList<Review> train, IReadOnlyList<Review> test, NarrowWeightsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        NarrowWeightsResult[] results = [Digits(digits, options), Reviews(train, test, options)];
        Table table = new Table().AddColumns("network", "test samples", "float32", "bfloat16", "judged otherwise", "largest change", "one sample, us", "bfloat16, us", "ratio");
        foreach (NarrowWeightsResult result in results)
        {
            table.AddRow(result.Name, Text($"{result.Samples}"), Text($"{result.Accuracy:0.0000}"), Text($"{result.NarrowAccuracy:0.0000}"), Text($"{result.Changed}"), Text($"{result.MostChange:0.0000}"),
                Text($"{result.Microseconds:0.00}"), Text($"{result.NarrowMicroseconds:0.00}"), Text($"{result.Microseconds / result.NarrowMicroseconds:0.00}"));
        }

        table.Show("accuracy and the shortest time of one sample, with weights as float32 and as bfloat16");
        Console.WriteLine($"pictures are in {options.Output}");
        foreach (NarrowWeightsResult result in results)
        {
            Console.WriteLine(Text($"{result.Name}: accuracy {result.Accuracy:0.0000} with floats, {result.NarrowAccuracy:0.0000} with bfloat16; one sample {result.Microseconds / result.NarrowMicroseconds:0.00} times faster"));
        }

        return results;
    }

    private static NarrowWeightsResult Digits(DigitImages digits, NarrowWeightsOptions options)
    {
        Console.WriteLine($"digits: {digits.TrainLabels.Length} for training, {digits.TestLabels.Length} for testing: {digits.Source}");
        DigitReader network = new(seed: 1);
        NarrowDigitReader narrow = new();
        network.Fit(Dataset.Create<DigitReader>(digits.TrainImages, digits.TrainLabels), Settings(options));
        GiveWeights(network, narrow);

        int[] classes = new int[digits.TestLabels.Length], narrowClasses = new int[classes.Length];
        network.Classify(digits.TestImages, classes);
        narrow.Classify(digits.TestImages, narrowClasses);
        float[] image = digits.TestImages[..DigitReader.InputLength], output = new float[DigitReader.OutputLength];
        return Compare("digits", digits.TestLabels, classes, narrowClasses, network.Predict(digits.TestImages), narrow.Predict(digits.TestImages),
            () => network.Predict(image, output), () => narrow.Predict(image, output), options);
    }

    private static NarrowWeightsResult Reviews(IReadOnlyList<Review> train, IReadOnlyList<Review> test, NarrowWeightsOptions options)
    {
        Console.WriteLine($"reviews: {train.Count} for training, {test.Count} for testing");
        Vocabulary vocabulary = Vocabulary.Build(train.Select(review => review.Text), 10_000);
        int[] Tokens(IReadOnlyList<Review> reviews) => vocabulary.Encode(reviews.Select(review => review.Text), ReviewJudge.InputLength);
        ReviewJudge network = new(seed: 1);
        NarrowReviewJudge narrow = new();
        network.Fit(Dataset.Create<ReviewJudge>(Tokens(train), train.Select(review => (float)review.Label).ToArray()), Settings(options));
        GiveWeights(network, narrow);

        int[] tokens = Tokens(test), one = tokens[..ReviewJudge.InputLength];
        float[] judged = network.Predict(tokens), narrowJudged = narrow.Predict(tokens), output = new float[1];
        int[] Classes(float[] probabilities) => Array.ConvertAll(probabilities, probability => probability > 0.5f ? 1 : 0);
        return Compare("reviews", [.. test.Select(review => review.Label)], Classes(judged), Classes(narrowJudged), judged, narrowJudged,
            () => network.Predict(one, output), () => narrow.Predict(one, output), options);
    }

    private static FitOptions Settings(NarrowWeightsOptions options) => new() { Epochs = options.Epochs, Optimizer = new Adam(), Verbosity = Verbosity.Lines };

    // Files do the same: they hold floats, whatever inference makes of them.
    private static void GiveWeights(INetwork from, INetwork to)
    {
        foreach ((WeightView given, WeightView taken) in from.Weights.Zip(to.Weights))
        {
            taken.CopyFrom(given.ToArray());
        }
    }

    private static NarrowWeightsResult Compare(
        string name, int[] labels, int[] classes, int[] narrowClasses, float[] outputs, float[] narrowOutputs, Action predict, Action predictNarrow, NarrowWeightsOptions options)
    {
        double[] changes = [.. outputs.Zip(narrowOutputs, (before, after) => (double)after - before)];
        Directory.CreateDirectory(options.Output);
        Plot.Histogram(changes, title: $"{name}: bfloat16 against float32", xLabel: "change of a probability").Save(Path.Combine(options.Output, $"{name}-changes.svg"));
        (double time, double narrowTime) = Shortest(predict, predictNarrow, options.Blocks);
        double Accuracy(int[] judged) => judged.Zip(labels).Count(pair => pair.First == pair.Second) / (double)labels.Length;
        return new NarrowWeightsResult(name, labels.Length, Accuracy(classes), Accuracy(narrowClasses), classes.Zip(narrowClasses).Count(pair => pair.First != pair.Second),
            changes.Max(Math.Abs), time, narrowTime);
    }

    // By turns and in short blocks, so that what else the machine does meets both alike; the shortest block of each.
    private static (double First, double Second) Shortest(Action first, Action second, int blocks)
    {
        const int Calls = 5;
        double Time(Action call)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Calls; i++)
            {
                call();
            }

            return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Calls;
        }

        double least = double.MaxValue, other = double.MaxValue;
        for (int block = 0; block < blocks; block++)
        {
            least = Math.Min(least, Time(first));
            other = Math.Min(other, Time(second));
        }

        return (least, other);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
