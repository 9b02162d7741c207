using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What a network reached.</summary>
/// <param name="KnownSpeakers">The fraction of digits recognised in recordings that it did not see, by speakers that it was trained with.</param>
/// <param name="UnknownSpeaker">The same for a speaker whom it never heard.</param>
public sealed record SpeechResult(double KnownSpeakers, double UnknownSpeaker);

/// <summary>Recognises spoken digits.</summary>
public static class SpeechSample
{
    private const int TestRecordings = 5;

    /// <summary>Options: --data FOLDER with recordings.tar.gz, --epochs N, --only NAME, --unknown SPEAKER, --output FOLDER, --brief (each speaker is not left out in turn at the end).</summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static IReadOnlyDictionary<string, SpeechResult> Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["data", "epochs", "only", "unknown", "output"], ["brief"]);
        IReadOnlyList<SpokenDigit> recordings = SpeechData.Load(arguments.Text("data"));
        int epochs = arguments.Count("epochs", 30);
        IReadOnlyDictionary<string, SpeechResult> results = Run(recordings, epochs, arguments.Text("only"), arguments.Text("unknown"), arguments.Folder("output", "artifacts/14-SpokenDigits"));
        if (arguments.Text("unknown") is null && !arguments.Has("brief"))
        {
            Console.WriteLine("LstmSpeech with each speaker left out in turn:");
            foreach (string speaker in recordings.Select(recording => recording.Speaker).Distinct().Order(StringComparer.Ordinal))
            {
                var network = new LstmSpeech(seed: 1);
                SpeechData others = SpeechData.Create([.. recordings.Where(one => one.Speaker != speaker)]);
                network.Adapt(others.Frames);
                Train(network, others, epochs);
                double accuracy = Judge(network, SpeechData.Create([.. recordings.Where(one => one.Speaker == speaker)])).Accuracy;
                Console.WriteLine(FormattableString.Invariant($"  {speaker,-10} {accuracy:0.000}"));
            }
        }

        return results;
    }

    /// <summary>Trains each network on all speakers but one, without the first five recordings of each digit, which judge it.</summary>
    /// <param name="recordings">All recordings.</param>
    /// <param name="epochs">How often a network hears each.</param>
    /// <param name="only">The name of one network, or null for all.</param>
    /// <param name="unknown">The speaker left out, or null for the last in order of names.</param>
    /// <param name="output">The folder for pictures.</param>
    /// <exception cref="ArgumentException">There is no such network or speaker.</exception>
    public static IReadOnlyDictionary<string, SpeechResult> Run(IReadOnlyList<SpokenDigit> recordings, int epochs, string? only, string? unknown, string output)
    {
        string[] speakers = [.. recordings.Select(recording => recording.Speaker).Distinct().Order(StringComparer.Ordinal)];
        unknown ??= speakers[^1];
        if (!speakers.Contains(unknown))
        {
            throw new ArgumentException($"--unknown is \"{unknown}\", but the speakers are {string.Join(", ", speakers)}.");
        }

        (string Name, Func<INetwork> Create, Action<INetwork, float[]> Adapt)[] networks =
        [
            (nameof(LstmSpeech), () => new LstmSpeech(seed: 1), (network, frames) => ((LstmSpeech)network).Adapt(frames)),
            (nameof(GruSpeech), () => new GruSpeech(seed: 1), (network, frames) => ((GruSpeech)network).Adapt(frames)),
            (nameof(BidirectionalSpeech), () => new BidirectionalSpeech(seed: 1), (network, frames) => ((BidirectionalSpeech)network).Adapt(frames)),
        ];
        if (only is not null && networks.All(network => network.Name != only))
        {
            throw new ArgumentException($"--only is \"{only}\", but the networks are {string.Join(", ", networks.Select(network => network.Name))}.");
        }

        Directory.CreateDirectory(output);
        SpeechData train = SpeechData.Create([.. recordings.Where(one => one.Speaker != unknown && one.Index >= TestRecordings)]);
        SpeechData known = SpeechData.Create([.. recordings.Where(one => one.Speaker != unknown && one.Index < TestRecordings)]);
        SpeechData stranger = SpeechData.Create([.. recordings.Where(one => one.Speaker == unknown)]);
        Console.WriteLine($"{train.Digits.Length} recordings to learn from, {known.Digits.Length} of the same speakers to judge, {stranger.Digits.Length} of {unknown}, who is unknown");

        var results = new Dictionary<string, SpeechResult>();
        var plot = new Plot("spoken digits", "epoch", "training loss") { HasWholeX = true };
        foreach (var (name, create, adapt) in networks.Where(network => only is null || network.Name == only))
        {
            INetwork network = create();
            adapt(network, train.Frames);
            History history = Train(network, train, epochs);
            plot.AddLine(name, [.. Enumerable.Range(1, history.Epochs).Select(epoch => (double)epoch)], history["loss"]);

            ConfusionMatrix confusion = Judge(network, known);
            results[name] = new SpeechResult(confusion.Accuracy, Judge(network, stranger).Accuracy);
            Console.WriteLine(FormattableString.Invariant($"{name}: accuracy {results[name].KnownSpeakers:0.000} with known speakers, {results[name].UnknownSpeaker:0.000} with {unknown}")
                + FormattableString.Invariant($"; {epochs} epochs in {history.Duration.TotalSeconds:0.0} s"));
            Console.WriteLine(ConfusionText.Format(confusion));
            new ConfusionPicture(confusion, title: name).Save(Path.Combine(output, name + "-confusion.svg"));
        }

        plot.Save(Path.Combine(output, "training-loss.svg"));
        Console.WriteLine($"pictures are in {output}");
        return results;
    }

    private static History Train(INetwork network, SpeechData data, int epochs) =>
        network.Fit(Dataset.Create(network.Description, data.Frames, data.Digits), new FitOptions
        {
            Epochs = epochs,
            Optimizer = new Adam(),
            Callbacks = [new LearningRateScheduler((epoch, _) => 0.003 * (epochs - epoch) / epochs)],
            Verbosity = Verbosity.Silent,
        });

    private static ConfusionMatrix Judge(INetwork network, SpeechData data)
    {
        float[] outputs = new float[10 * data.Digits.Length];
        network.Predict([data.Frames], [outputs]);
        int[] predicted = [.. outputs.Chunk(10).Select(row => Array.IndexOf(row, row.Max()))];
        return ConfusionText.Count(data.Digits, predicted, 10);
    }
}
