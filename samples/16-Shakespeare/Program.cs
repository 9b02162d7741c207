using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="Epochs">How often each network reads the text.</param>
/// <param name="Characters">How many characters of the text are used at most, the last tenth of them to judge.</param>
/// <param name="Only">The name of one network, or null for both.</param>
/// <param name="Temperature">How daring the written text is: 1 as the network expects, lower for safer.</param>
/// <param name="Rate">The learning rates, as a multiple of the usual ones.</param>
/// <param name="Output">The folder for weights and pictures.</param>
public sealed record ShakespeareOptions(
    int Epochs = 15, int Characters = int.MaxValue, string? Only = null, double Temperature = 0.7, double Rate = 1, string Output = "artifacts/16-Shakespeare");

/// <summary>What a network reached.</summary>
/// <param name="Bits">Bits per character of held-out text after each epoch, in pieces of 64 characters that start without memory.</param>
/// <param name="TrainBits">The same over the training text, while it was trained.</param>
/// <param name="Sample">What it writes.</param>
public sealed record TextResult(IReadOnlyList<double> Bits, IReadOnlyList<double> TrainBits, string Sample);

/// <summary>What the networks reached.</summary>
/// <param name="Networks">By name.</param>
/// <param name="StreamedBits">Bits per character of the recurrent network where it reads the held-out text in one go; null where it was not trained.</param>
public sealed record ShakespeareResult(IReadOnlyDictionary<string, TextResult> Networks, double? StreamedBits);

/// <summary>Learns to write as Shakespeare, a character at a time: a recurrent network, and a transformer with as many parameters.</summary>
public static class ShakespeareSample
{
    private const int BatchSize = 32, WrittenCharacters = 400;
    private const string Opening = "ROMEO:\n";

    /// <summary>Options: --data FOLDER with input.txt, --epochs N, --characters N, --only NAME, --temperature PERCENT of 1, --rate PERCENT of the usual one, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static ShakespeareResult Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["data", "epochs", "characters", "only", "temperature", "rate", "output"]);
        var options = new ShakespeareOptions();
        return Run(TextSource.Load(arguments.Text("data")), new ShakespeareOptions(
            arguments.Count("epochs", options.Epochs),
            arguments.Count("characters", options.Characters),
            arguments.Text("only"),
            arguments.Count("temperature", (int)(100 * options.Temperature)) / 100.0,
            arguments.Count("rate", (int)(100 * options.Rate)) / 100.0,
            arguments.Folder("output", options.Output)));
    }

    /// <summary>Trains the networks on the first nine tenths of a text, judges them on the rest, and lets them write.</summary>
    /// <exception cref="ArgumentException">No network has the name of <see cref="ShakespeareOptions.Only"/>, or the text has more characters than they know.</exception>
    public static ShakespeareResult Run(string text, ShakespeareOptions options)
    {
        Directory.CreateDirectory(options.Output);
        var vocabulary = Vocabulary.Build([text], tokenizer: Tokenizer.Characters);
        if (vocabulary.Size > TextWriting.KnownTokens)
        {
            throw new ArgumentException($"The text has {vocabulary.Tokens.Count} different characters, but the networks know {TextWriting.KnownTokens - 2}.");
        }

        int[] tokens = vocabulary.Encode(text[..Math.Min(text.Length, options.Characters)]);
        int[] train = tokens[..(tokens.Length * 9 / 10)], heldOut = tokens[train.Length..];
        Console.WriteLine($"{train.Length} characters to learn from, {heldOut.Length} to judge, {vocabulary.Tokens.Count} different ones");

        (INetwork Network, double LearningRate, Func<string> Write)[] networks = Networks(vocabulary, options.Temperature);
        if (options.Only is not null && networks.All(network => network.Network.Description.Name != options.Only))
        {
            throw new ArgumentException($"--only is \"{options.Only}\", but the networks are {string.Join(", ", networks.Select(network => network.Network.Description.Name))}.");
        }

        var results = new Dictionary<string, TextResult>();
        double? streamed = null;
        foreach (var (network, usualRate, write) in networks.Where(network => options.Only is null || network.Network.Description.Name == options.Only))
        {
            string name = network.Description.Name;
            double learningRate = usualRate * options.Rate;
            Console.WriteLine(network.Description);
            History history = network.Fit(Columns(network, train), new FitOptions
            {
                Epochs = options.Epochs,
                BatchSize = BatchSize,
                Optimizer = new Adam(learningRate) { ClipNorm = 1 },
                ValidationData = Columns(network, heldOut),
                Callbacks = [new LearningRateScheduler((epoch, _) => learningRate * (options.Epochs - epoch) / options.Epochs)],
                Verbosity = Verbosity.Lines,
            });
            vocabulary.Store(network);
            network.Save(Path.Combine(options.Output, name + ".safetensors"));
            results[name] = new TextResult(Bits(history["val_loss"]), Bits(history["loss"]), write());
            Console.WriteLine(FormattableString.Invariant($"{name}: {results[name].TrainBits[^1]:0.000} bits per character of the training text, ")
                + FormattableString.Invariant($"{results[name].Bits[^1]:0.000} of the held-out text, {options.Epochs} epochs in {history.Duration.TotalSeconds:0} s"));
            if (network is RecurrentText recurrent)
            {
                streamed = TextWriting.BitsPerCharacter(recurrent, heldOut);
                Console.WriteLine(FormattableString.Invariant($"{name}: {streamed:0.000} bits per character of the held-out text where it reads on with its state"));
            }

            Console.WriteLine(FormattableString.Invariant($"---- {name} writes at temperature {options.Temperature}:\n{results[name].Sample}\n----"));
        }

        Draw(results, options.Output);
        Console.WriteLine($"weights and pictures are in {options.Output}");
        return new ShakespeareResult(results, streamed);
    }

    private static (INetwork Network, double LearningRate, Func<string> Write)[] Networks(Vocabulary vocabulary, double temperature)
    {
        var recurrent = new RecurrentText(seed: 1);
        var transformer = new TransformerText(seed: 1);
        return
        [
            (recurrent, 0.004, () => TextWriting.Continue(recurrent, vocabulary, Opening, WrittenCharacters, temperature, seed: 1)),
            (transformer, 0.002, () => TextWriting.Continue(transformer, vocabulary, Opening, WrittenCharacters, temperature, seed: 1)),
        ];
    }

    private static Dataset Columns(INetwork network, int[] text)
    {
        TokenWindows windows = TokenWindows.Create(text, RecurrentText.InputLength);
        return Dataset.Create(network.Description, windows.Inputs, windows.Targets);
    }

    private static double[] Bits(IReadOnlyList<double> losses) => [.. losses.Select(loss => loss / Math.Log(2))];

    private static void Draw(Dictionary<string, TextResult> results, string folder)
    {
        var plot = new Plot("bits per character of held-out text", "epoch", "bits") { HasWholeX = true };
        foreach (var (name, result) in results)
        {
            double[] epochs = [.. Enumerable.Range(1, result.Bits.Count).Select(epoch => (double)epoch)];
            string shortName = name.Replace("Text", "", StringComparison.Ordinal);
            plot.AddLine(shortName, epochs, result.Bits).AddDashes($"{shortName}, training", epochs, result.TrainBits);
        }

        plot.SaveTo(folder, "bits-per-character");
    }
}
