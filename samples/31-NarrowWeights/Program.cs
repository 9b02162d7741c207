using System.Diagnostics;
using NetCompiler;
using Samples.Data;
using Spectre.Console;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="Epochs">How often each network sees its training data.</param>
/// <param name="Blocks">How often each form is timed.</param>
/// <param name="Output">The folder for pictures.</param>
public sealed record NarrowWeightsOptions(int Epochs = 3, int Blocks = 1000, string Output = "artifacts/31-NarrowWeights");

/// <summary>A network with its weights in one format.</summary>
/// <param name="Weights">The format, and whether its ranges were found in data.</param>
/// <param name="Accuracy">The test accuracy.</param>
/// <param name="Changed">The test samples that are judged otherwise than with floats.</param>
/// <param name="MostChange">The largest change of a probability.</param>
/// <param name="Microseconds">The shortest time of one sample.</param>
public sealed record NarrowForm(string Weights, double Accuracy, int Changed, double MostChange, double Microseconds);

/// <summary>All forms of one network, with the same weights.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Samples">The test samples.</param>
/// <param name="Forms">The forms, the one with floats first.</param>
public sealed record NarrowWeightsResult(string Name, int Samples, IReadOnlyList<NarrowForm> Forms)
{
    /// <summary>How many times faster than with floats a form reads one sample.</summary>
    public double Ratio(NarrowForm form) => Forms[0].Microseconds / (form ?? throw new ArgumentNullException(nameof(form))).Microseconds;
}

/// <summary>Trains networks, gives their weights to the same networks with bfloat16 and with integers of 8 bits in inference, and tells what is lost and what is gained.</summary>
public static class NarrowWeightsSample
{
    private const string Calibrated = nameof(WeightFormat.Int8) + "-calibrated";

    private const int CalibrationSamples = 1000;

    private sealed record Candidate(string Weights, INetwork Network, Action PredictOne, Action? Calibrate = null);

    /// <summary>Options: --digits FOLDER of MNIST, --reviews FOLDER with imdb-train.tsv.gz and imdb-test.tsv.gz, --epochs N, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() =>
    {
        var arguments = new SampleArguments(args, ["digits", "reviews", "epochs", "output"]);
        var options = new NarrowWeightsOptions();
        options = options with { Epochs = arguments.Count("epochs", options.Epochs), Output = arguments.Folder("output", options.Output) };
        (IReadOnlyList<Review> train, IReadOnlyList<Review> test) = ReviewSource.Load(arguments.Text("reviews"));
        Run(DigitSource.Load(arguments.Text("digits"), useShared: true, mayDownload: false), train, test, options);
    });

    /// <summary>All networks, each in all forms.</summary>
    public static IReadOnlyList<NarrowWeightsResult> Run(DigitImages digits, IReadOnlyList<Review> train, IReadOnlyList<Review> test, NarrowWeightsOptions options)
    {
        ArgumentNullException.ThrowIfNull(digits);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(options);
        Console.WriteLine($"digits: {digits.TrainLabels.Length} for training, {digits.TestLabels.Length} for testing: {digits.Source}");
        Console.WriteLine($"reviews: {train.Count} for training, {test.Count} for testing");
        NarrowWeightsResult[] results = [Layers(digits, options), Convolution(digits, options), Reviews(train, test, options)];
        Table table = new Table().AddColumns("network", "test samples", "weights", "accuracy", "judged otherwise", "largest change", "one sample, us", "times faster");
        foreach (NarrowWeightsResult result in results)
        {
            foreach (NarrowForm form in result.Forms)
            {
                table.AddRow(result.Name, Text($"{result.Samples}"), form.Weights, Text($"{form.Accuracy:0.0000}"), Text($"{form.Changed}"), Text($"{form.MostChange:0.0000}"),
                    Text($"{form.Microseconds:0.00}"), Text($"{result.Ratio(form):0.00}"));
            }
        }

        table.Show("accuracy and the shortest time of one sample, by the format of the weights");
        Console.WriteLine($"pictures are in {options.Output}");
        foreach (NarrowWeightsResult result in results)
        {
            Console.WriteLine(Text($"{result.Name}: accuracy {result.Forms[0].Accuracy:0.0000} with floats")
                + string.Concat(result.Forms.Skip(1).Select(form => Text($"; {form.Accuracy:0.0000} with {form.Weights}, one sample {result.Ratio(form):0.00} times faster"))));
        }

        return results;
    }

    private static NarrowWeightsResult Layers(DigitImages digits, NarrowWeightsOptions options)
    {
        DigitLayers exact = new(seed: 1);
        BFloat16DigitLayers half = new();
        Int8DigitLayers quarter = new(), calibrated = new();
        exact.Fit(Dataset.Create<DigitLayers>(digits.TrainImages, digits.TrainLabels), Settings(options));
        float[] one = digits.TestImages[..DigitLayers.InputLength], output = new float[DigitLayers.OutputLength];
        return Compare("layers", digits.TestImages, digits.TestLabels, options,
        [
            new(nameof(WeightFormat.Float32), exact, () => exact.Predict(one, output)),
            new(nameof(WeightFormat.BFloat16), half, () => half.Predict(one, output)),
            new(nameof(WeightFormat.Int8), quarter, () => quarter.Predict(one, output)),
            new(Calibrated, calibrated, () => calibrated.Predict(one, output), () => calibrated.Calibrate(First(digits.TrainImages, DigitLayers.InputLength))),
        ]);
    }

    private static NarrowWeightsResult Convolution(DigitImages digits, NarrowWeightsOptions options)
    {
        DigitReader exact = new(seed: 1);
        BFloat16DigitReader half = new();
        Int8DigitReader quarter = new(), calibrated = new();
        exact.Fit(Dataset.Create<DigitReader>(digits.TrainImages, digits.TrainLabels), Settings(options));
        float[] one = digits.TestImages[..DigitReader.InputLength], output = new float[DigitReader.OutputLength];
        return Compare("convolution", digits.TestImages, digits.TestLabels, options,
        [
            new(nameof(WeightFormat.Float32), exact, () => exact.Predict(one, output)),
            new(nameof(WeightFormat.BFloat16), half, () => half.Predict(one, output)),
            new(nameof(WeightFormat.Int8), quarter, () => quarter.Predict(one, output)),
            new(Calibrated, calibrated, () => calibrated.Predict(one, output), () => calibrated.Calibrate(First(digits.TrainImages, DigitReader.InputLength))),
        ]);
    }

    private static NarrowWeightsResult Reviews(IReadOnlyList<Review> train, IReadOnlyList<Review> test, NarrowWeightsOptions options)
    {
        Vocabulary vocabulary = Vocabulary.Build(train.Select(review => review.Text), 10_000);
        int[] Tokens(IReadOnlyList<Review> reviews) => vocabulary.Encode(reviews.Select(review => review.Text), ReviewJudge.InputLength);
        int[] trainTokens = Tokens(train);
        ReviewJudge exact = new(seed: 1);
        BFloat16ReviewJudge half = new();
        Int8ReviewJudge quarter = new(), calibrated = new();
        exact.Fit(Dataset.Create<ReviewJudge>(trainTokens, train.Select(review => (float)review.Label).ToArray()), Settings(options));
        int[] tokens = Tokens(test), one = tokens[..ReviewJudge.InputLength];
        float[] output = new float[ReviewJudge.OutputLength];
        return Compare("reviews", tokens, [.. test.Select(review => review.Label)], options,
        [
            new(nameof(WeightFormat.Float32), exact, () => exact.Predict(one, output)),
            new(nameof(WeightFormat.BFloat16), half, () => half.Predict(one, output)),
            new(nameof(WeightFormat.Int8), quarter, () => quarter.Predict(one, output)),
            new(Calibrated, calibrated, () => calibrated.Predict(one, output), () => calibrated.Calibrate(First(trainTokens, ReviewJudge.InputLength))),
        ]);
    }

    private static ReadOnlySpan<T> First<T>(T[] values, int length) => values.AsSpan(0, Math.Min(CalibrationSamples, values.Length / length) * length);

    private static FitOptions Settings(NarrowWeightsOptions options) => new() { Epochs = options.Epochs, Optimizer = new Adam(), Verbosity = Verbosity.Lines };

    // The first network is trained, and gives its weights to the others.
    private static NarrowWeightsResult Compare(string name, Column inputs, int[] labels, NarrowWeightsOptions options, IReadOnlyList<Candidate> candidates)
    {
        Directory.CreateDirectory(options.Output);
        foreach (Candidate candidate in candidates.Skip(1))
        {
            GiveWeights(candidates[0].Network, candidate.Network);
            candidate.Calibrate?.Invoke();
        }

        double[] times = Shortest([.. candidates.Select(candidate => candidate.PredictOne)], options.Blocks);
        float[] exact = [];
        var forms = new List<NarrowForm>();
        foreach ((Candidate candidate, double time) in candidates.Zip(times))
        {
            float[] outputs = new float[labels.Length * candidate.Network.Description.Outputs[0].Shape[0]];
            candidate.Network.Predict([inputs], [outputs]);
            exact = exact.Length == 0 ? outputs : exact;
            double[] changes = [.. exact.Zip(outputs, (before, after) => (double)after - before)];
            if (candidate != candidates[0])
            {
                Plot.Histogram(changes, title: $"{name}: {candidate.Weights} against {candidates[0].Weights}", xLabel: "change of a probability").Save(Path.Combine(options.Output, $"{name}-{candidate.Weights}.svg"));
            }

            int[] classes = Classes(outputs, labels.Length), exactClasses = Classes(exact, labels.Length);
            forms.Add(new NarrowForm(candidate.Weights, classes.Zip(labels).Count(pair => pair.First == pair.Second) / (double)labels.Length,
                classes.Zip(exactClasses).Count(pair => pair.First != pair.Second), changes.Max(Math.Abs), time));
        }

        return new NarrowWeightsResult(name, labels.Length, forms);
    }

    // Files do the same: they hold floats, whatever inference makes of them.
    private static void GiveWeights(INetwork from, INetwork to)
    {
        foreach ((WeightView given, WeightView taken) in from.Weights.Zip(to.Weights))
        {
            taken.CopyFrom(given.ToArray());
        }
    }

    // The most probable class, or of one probability whether it is above one half.
    private static int[] Classes(float[] outputs, int samples)
    {
        int length = outputs.Length / samples;
        return [.. outputs.Chunk(length).Select(own => length == 1 ? (own[0] > 0.5f ? 1 : 0) : Array.IndexOf(own, own.Max()))];
    }

    // By turns and in short blocks, so that what else the machine does meets all alike; the shortest block of each.
    private static double[] Shortest(Action[] calls, int blocks)
    {
        const int Calls = 5;
        double[] least = [.. calls.Select(_ => double.MaxValue)];
        for (int block = 0; block < blocks; block++)
        {
            for (int i = 0; i < calls.Length; i++)
            {
                // At first the weights come back to the caches that the others have filled.
                Repeat(calls[i]);
                long start = Stopwatch.GetTimestamp();
                Repeat(calls[i]);
                least[i] = Math.Min(least[i], Stopwatch.GetElapsedTime(start).TotalMicroseconds / Calls);
            }
        }

        return least;

        static void Repeat(Action call)
        {
            for (int i = 0; i < Calls; i++)
            {
                call();
            }
        }
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
