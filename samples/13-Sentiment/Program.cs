using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="Epochs">How often a network sees every review at most; training ends where the validation loss stops falling.</param>
/// <param name="Only">The name of one network, or null for all.</param>
/// <param name="Output">The folder for weights and pictures.</param>
public sealed record SentimentOptions(int Epochs = 4, string? Only = null, string Output = "artifacts/13-Sentiment");

/// <summary>What the networks reached.</summary>
/// <param name="Accuracies">The fraction of test reviews judged right, by network.</param>
/// <param name="LoadedAgrees">Whether the networks read back from their files judge the test reviews with the same bits.</param>
public sealed record SentimentResult(IReadOnlyDictionary<string, double> Accuracies, bool LoadedAgrees);

/// <summary>Tells positive reviews of films from negative ones.</summary>
public static class SentimentSample
{
    private const int VocabularySize = 10_000;

    /// <summary>
    /// Options: --data FOLDER with imdb-train.tsv.gz and imdb-test.tsv.gz, --reviews N at most, --epochs N, --only NAME, --output FOLDER, --review TEXT to judge
    /// (by the weights of a former run, if there are any).
    /// </summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks; null where saved weights judge a review, and nothing is trained.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static SentimentResult? Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["data", "reviews", "epochs", "only", "output", "review"]);
        var options = new SentimentOptions();
        options = new SentimentOptions(arguments.Count("epochs", options.Epochs), arguments.Text("only"), arguments.Folder("output", options.Output));
        string? review = arguments.Text("review");
        string weights = WeightsOf(options.Output, nameof(LongSentiment));
        SentimentResult? result = null;
        if (review is null || !File.Exists(weights))
        {
            (IReadOnlyList<Review> train, IReadOnlyList<Review> test) = ReviewSource.Load(arguments.Text("data"));
            (int trainCount, int testCount) = arguments.Parts("reviews");
            result = Run([.. train.Take(trainCount)], [.. test.Take(testCount)], review is null ? options : options with { Only = nameof(LongSentiment) });
        }

        if (review is not null)
        {
            float positive = Judge(LongSentiment.Load(weights), review);
            Console.WriteLine(FormattableString.Invariant($"\"{review}\" is {(positive > 0.5f ? "positive" : "negative")}: {positive:0.000}"));
        }

        return result;
    }

    /// <summary>Trains each network and judges the test reviews.</summary>
    /// <exception cref="ArgumentException">No network has the name of <see cref="SentimentOptions.Only"/>.</exception>
    public static SentimentResult Run(IReadOnlyList<Review> train, IReadOnlyList<Review> test, SentimentOptions options)
    {
        Directory.CreateDirectory(options.Output);
        Vocabulary vocabulary = Vocabulary.Build(train.Select(review => review.Text), VocabularySize);
        Console.WriteLine($"{train.Count} training and {test.Count} test reviews, {vocabulary.Size} words; the most frequent are {string.Join(", ", vocabulary.Tokens.Take(5))}");
        (string Name, int Words, Func<INetwork> Create, Func<string, INetwork> Load)[] networks =
        [
            (nameof(ShortSentiment), ShortSentiment.InputLength, () => new ShortSentiment(seed: 1), path => ShortSentiment.Load(path)),
            (nameof(LongSentiment), LongSentiment.InputLength, () => new LongSentiment(seed: 1), path => LongSentiment.Load(path)),
            (nameof(DeepSentiment), DeepSentiment.InputLength, () => new DeepSentiment(seed: 1), path => DeepSentiment.Load(path)),
        ];
        if (options.Only is not null && networks.All(network => network.Name != options.Only))
        {
            throw new ArgumentException($"--only is \"{options.Only}\", but the networks are {string.Join(", ", networks.Select(network => network.Name))}.");
        }

        var accuracies = new Dictionary<string, double>();
        var plot = new Plot("reviews", "epoch", "loss") { HasWholeX = true };
        bool agrees = true;
        foreach (var (name, words, create, load) in networks.Where(network => options.Only is null || network.Name == options.Only))
        {
            INetwork network = create();
            Console.WriteLine(network.Description);
            History history = network.Fit(Columns(network, vocabulary, train, words), new FitOptions
            {
                Epochs = options.Epochs,
                Optimizer = new Adam(),
                ValidationSplit = 0.1,
                Callbacks = [new EarlyStopping(restoreBestWeights: true)],
                Verbosity = Verbosity.Lines,
            });
            double[] epochs = [.. Enumerable.Range(1, history.Epochs).Select(epoch => (double)epoch)];
            plot.AddLine($"{name}, validation", epochs, history["val_loss"]).AddDashes($"{name}, training", epochs, history["loss"]);

            vocabulary.Store(network); // the weights are worth nothing without the numbers of the words
            string path = WeightsOf(options.Output, name);
            network.Save(path);
            float[] judged = Predict(network, vocabulary, test, words);
            INetwork loaded = load(path);
            agrees &= Predict(loaded, Vocabulary.Restore(loaded), test, words).AsSpan().SequenceEqual(judged);
            accuracies[name] = judged.Zip(test).Count(pair => pair.First > 0.5f == (pair.Second.Label == 1)) / (double)test.Count;
            Console.WriteLine(FormattableString.Invariant($"{name}: test accuracy {accuracies[name]:0.0000} with the last {words} words")
                + FormattableString.Invariant($", {history.Epochs} epochs in {history.Duration.TotalSeconds:0} s"));
        }

        plot.SaveTo(options.Output, "loss");
        Console.WriteLine($"weights and pictures are in {options.Output}; the networks loaded from there judge {(agrees ? "the same" : "otherwise")}");
        return new SentimentResult(accuracies, agrees);
    }

    /// <summary>The probability that a review is positive, by the words that the network was saved with.</summary>
    /// <exception cref="KeyNotFoundException">The network's metadata has no vocabulary.</exception>
    public static float Judge(LongSentiment network, string review) =>
        network.Predict(Vocabulary.Restore(network).Encode([review], LongSentiment.InputLength))[0];

    private static string WeightsOf(string folder, string name) => Path.Combine(folder, name + ".safetensors");

    private static Dataset Columns(INetwork network, Vocabulary vocabulary, IReadOnlyList<Review> reviews, int words) =>
        Dataset.Create(network.Description, vocabulary.Encode(reviews.Select(review => review.Text), words), reviews.Select(review => (float)review.Label).ToArray());

    private static float[] Predict(INetwork network, Vocabulary vocabulary, IReadOnlyList<Review> reviews, int words)
    {
        float[] judged = new float[reviews.Count];
        network.Predict([vocabulary.Encode(reviews.Select(review => review.Text), words)], [judged]);
        return judged;
    }
}
