namespace Samples.Data;

/// <summary>
/// A sample cut down to some seconds: fewer images, fewer epochs. The one list of them, for the program that runs all samples and for their tests, which assert what the short
/// forms reach.
/// </summary>
/// <param name="Sample">The folder of the sample.</param>
/// <param name="Arguments">Its command line; {output} stands for the folder of what it writes, which otherwise follows as --output.</param>
/// <param name="Picture">The most telling picture that it writes, without an ending; empty where it writes none.</param>
/// <param name="Reached">What the line has in it that tells what the sample reached, the last of such lines.</param>
public sealed record ShortForm(string Sample, string Arguments, string Picture, string Reached)
{
    private const string OutputPlace = "{output}";

    /// <summary>One for each sample, in the order of their folders.</summary>
    public static IReadOnlyList<ShortForm> All { get; } =
    [
        new("01-Digits", "--epochs 2 --offline", "confusion-matrix", "test accuracy"),
        new("02-Neurons", "", "logistic-neuron", "four features"),
        new("03-LinearRegression", "", "line", "gradient descent:"),
        new("04-Xor", "", "xor", "2-8-1, cross-entropy"),
        new("05-Activations", "", "activations", "of the tolerance"),
        new("06-Microchips", "", "boundary", "gradient descent:"),
        new("07-MnistByHand", "--images 20000 --steps 20 --epochs 2", "first-digits", "after 2 epochs"),
        new("08-MnistNetworks", "--images 8000 --epochs 5", "training-loss", "test accuracy"),
        new("09-MnistCnn", "--images 8000 --epochs 1", "fashion-confusion-matrix", "test accuracy"),
        new("10-CifarCnn", "--images 4000 --epochs 2 --seeds 1", "both-confusion-matrix", "test accuracy"),
        new("11-CustomLayers", "--images 12000 --epochs 2", "pairs", "pairs"),
        new("12-ImageAndText", "", "accuracy", "test accuracy:"),
        new("13-Sentiment", "--reviews 2500 --epochs 3 --only ShortSentiment", "loss", "test accuracy"),
        new("14-SpokenDigits", "--epochs 8 --brief", "BidirectionalSpeech-confusion", "accuracy"),
        new("15-Forecasting", "--effort 40", "airline-passengers", "naive"),
        new("16-Shakespeare", "--epochs 5 --characters 200000", "bits-per-character", "bits"),
        new("17-HousePrices", "", "predicted-against-true", "held out, a price"),
        new("18-CreditRisk", "--only fair-german", "fair-german-gap", "gap"),
        new("19-Recommender", "", "learning-curve", "held out, a rating"),
        new("20-CustomLoop", "", "spirals", "the loop:"),
        new("21-TrainingControls", "", "schedules", "test accuracy"),
        new("22-SmallTables", "", "folds", "held out:"),
        new("23-Gan", "--images 12000 --epochs 12 --every 6", "digits-012", "as varied as"),
        new("24-Saliency", "--images 10000 --epochs 1", "saliency", "test accuracy"),
        new("25-Autoencoder", "--images 12000 --epochs 4", "digits", "come back"),
        new("26-HyperparameterSearch", "--images 3000", "hyperband", "is the best with"),
        new("27-Web", "--train --epochs 2 --offline --weights {output}/digits.safetensors", "", "test accuracy"),
        new("28-LatencyBudget", "--turns 200000", "latencies", "the pole"),
        new("29-AudioStream", "--samples 200000 --epochs 15", "sound", "error to signal"),
        new("30-Deployment", "", "marks", "first prediction"),
        new("31-NarrowWeights", "--epochs 1", "reviews-Int8", "times faster"),
        new("Benchmarks", "--only xor,mlp --picture {output}/speed.svg", "speed", "outputs of generated"),
    ];

    /// <summary>The short form of a sample.</summary>
    /// <exception cref="ArgumentException">There is no such sample.</exception>
    public static ShortForm Of(string sample) => All.FirstOrDefault(form => form.Sample == sample)
        ?? throw new ArgumentException($"There is no sample {sample}; there are {string.Join(", ", All.Select(form => form.Sample))}.");

    /// <summary>The command line, with a folder for what the sample writes.</summary>
    public string[] WithOutput(string folder)
    {
        string[] arguments = [.. Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(argument => argument.Replace(OutputPlace, folder, StringComparison.Ordinal))];
        return Arguments.Contains(OutputPlace, StringComparison.Ordinal) ? arguments : [.. arguments, "--output", folder];
    }
}
