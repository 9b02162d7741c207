using System.Diagnostics;
using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="Samples">The samples that are played, 48,000 of which are a second.</param>
/// <param name="Epochs">Epochs of the training.</param>
/// <param name="Output">The folder for the pictures.</param>
public sealed record AudioStreamOptions(int Samples = 1_000_000, int Epochs = 40, string Output = "artifacts/29-AudioStream");

/// <summary>What the stream came to.</summary>
/// <param name="Latencies">How long each sample took.</param>
/// <param name="RealTimeFactor">Seconds of sound per second of computing.</param>
/// <param name="ErrorToSignal">The energy of the difference to the amplifier, as a share of the amplifier's.</param>
/// <param name="UntrainedErrorToSignal">The same of the sound as it came in.</param>
/// <param name="LargestDifference">Between the stream and Predict over a whole window.</param>
public sealed record AudioStreamResult(Latencies Latencies, double RealTimeFactor, double ErrorToSignal, double UntrainedErrorToSignal, double LargestDifference);

/// <summary>A recurrent network as an effect in a stream of sound: one sample comes, one sample goes, 48,000 times a second.</summary>
public static class AudioStreamSample
{
    private const int Window = Amplifier.InputLength, Windows = 1_000, TestSeed = 2;
    private const double Budget = 1e6 / PluckedStrings.Rate;

    /// <summary>Options: --samples N, --epochs N, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static AudioStreamResult Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["samples", "epochs", "output"]);
        var options = new AudioStreamOptions();
        return Run(new AudioStreamOptions(arguments.Count("samples", options.Samples), arguments.Count("epochs", options.Epochs), arguments.Folder("output", options.Output)));
    }

    /// <summary>Trains the network on short windows, then plays a long sound through it.</summary>
    public static AudioStreamResult Run(AudioStreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Console.WriteLine(Amplifier.Description);
        Amplifier network = Train(options.Epochs);
        float[] sound = PluckedStrings.Play(Math.Max(Window, options.Samples), TestSeed), wanted = PluckedStrings.Amplify(sound), heard = new float[sound.Length];
        Latencies latencies = Play(network, sound, heard, out TimeSpan elapsed, options.Output);
        Draw(sound, wanted, heard, options.Output);

        float[] window = network.Predict(sound.AsSpan(0, Window));
        var result = new AudioStreamResult(
            latencies,
            sound.Length / (double)PluckedStrings.Rate / elapsed.TotalSeconds,
            ErrorToSignal(heard, wanted),
            ErrorToSignal(sound, wanted),
            window.Zip(heard, (one, other) => Math.Abs(one - other)).Max());
        LatencyLog.Show(latencies, Budget, "one sample of sound through the network", "samples");
        Console.WriteLine(FormattableString.Invariant($"{result.RealTimeFactor:0.0} times as fast as the sound at {PluckedStrings.Rate} Hz, the clock's readings included"));
        Console.WriteLine(FormattableString.Invariant($"error to signal {result.ErrorToSignal:0.00000}, without the network {result.UntrainedErrorToSignal:0.00}; differs from Predict by {result.LargestDifference:0.0e0} at most"));
        Console.WriteLine($"pictures are in {options.Output}");
        return result;
    }

    private static Amplifier Train(int epochs)
    {
        // Windows from many notes; the amplifier is silent before each, as the network's state is.
        float[] sounds = new float[Windows * Window], wanted = new float[sounds.Length], played = PluckedStrings.Play(Windows * Window * 8, seed: 1);
        for (int i = 0; i < Windows; i++)
        {
            Span<float> sound = sounds.AsSpan(i * Window, Window);
            played.AsSpan(8 * i * Window, Window).CopyTo(sound);
            PluckedStrings.Amplify(sound).CopyTo(wanted, i * Window);
        }

        var network = new Amplifier(seed: 1);
        network.Fit(
            Dataset.Create<Amplifier>(sounds, wanted),
            new FitOptions { Epochs = epochs, Schedule = new CosineSchedule(0.01, epochs) { Unit = ScheduleUnit.Epochs }, Verbosity = Verbosity.Lines });
        return network;
    }

    private static Latencies Play(Amplifier network, float[] sound, float[] heard, out TimeSpan elapsed, string output)
    {
        var log = new LatencyLog(sound.Length);
        float[] state = new float[Amplifier.StateLength];
        network.WarmUp();

        // The system gives new memory page by page at the first write to each, which takes longer than a hundred samples: not in the stream.
        Array.Fill(heard, 0);
        Stream(network, sound.AsSpan(0, Window), state, heard, log);

        // Zeros are the state of silence.
        Array.Clear(state);
        long start = Stopwatch.GetTimestamp();
        Stream(network, sound, state, heard, log);
        elapsed = Stopwatch.GetElapsedTime(start);
        Latencies latencies = log.End(Budget);
        log.ToPlot(Budget, "a stream of sound: how long its samples take", "samples").SaveTo(output, "latencies");
        return latencies;
    }

    /// <summary>Some hundredths of a second of what goes in, what the amplifier makes of it, and what the network makes of it.</summary>
    private static void Draw(float[] sound, float[] wanted, float[] heard, string output)
    {
        const int From = PluckedStrings.Rate / 10, Count = PluckedStrings.Rate / 50;
        Range shown = Math.Min(From, sound.Length - Count)..Math.Min(From + Count, sound.Length);
        double[] milliseconds = [.. Enumerable.Range(0, Count).Select(i => 1000.0 * i / PluckedStrings.Rate)];
        double[] Part(float[] samples) => [.. samples[shown].Select(sample => (double)sample)];
        new Plot("a string through the network", "milliseconds", "sound")
            .AddLine("in", milliseconds, Part(sound))
            .AddLine("the network", milliseconds, Part(heard))
            .AddDashes("the amplifier", milliseconds, Part(wanted))
            .SaveTo(output, "sound");
    }

    private static void Stream(Amplifier network, ReadOnlySpan<float> sound, Span<float> state, Span<float> heard, LatencyLog log)
    {
        log.Begin();
        for (int i = 0; i < sound.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            network.PredictNext(sound.Slice(i, 1), state, heard.Slice(i, 1));
            log.Add(start);
        }
    }

    private static double ErrorToSignal(float[] heard, float[] wanted)
    {
        double error = 0, signal = 0;
        for (int i = 0; i < wanted.Length; i++)
        {
            error += ((double)heard[i] - wanted[i]) * (heard[i] - wanted[i]);
            signal += (double)wanted[i] * wanted[i];
        }

        return error / signal;
    }
}
