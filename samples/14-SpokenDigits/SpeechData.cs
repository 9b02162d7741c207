using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>Recordings as the networks read them.</summary>
/// <param name="Frames">Samples of 20 frames with 13 coefficients each.</param>
/// <param name="Digits">What is said.</param>
public sealed record SpeechData(float[] Frames, int[] Digits)
{
    /// <summary>The number of frames: they are spread evenly over a recording, however long it is.</summary>
    public const int FrameCount = 20;

    /// <summary>Computes the coefficients of recordings.</summary>
    public static SpeechData Create(IReadOnlyList<SpokenDigit> recordings)
    {
        var options = new MfccOptions();
        var coefficients = new Mfcc(options);
        var frames = new List<float>(recordings.Count * FrameCount * coefficients.Coefficients);
        foreach (SpokenDigit recording in recordings)
        {
            float[] all = coefficients.Compute(recording.Samples);
            int count = all.Length / coefficients.Coefficients;
            for (int i = 0; i < FrameCount; i++)
            {
                int frame = i * (count - 1) / (FrameCount - 1);
                frames.AddRange(all.AsSpan(frame * coefficients.Coefficients, coefficients.Coefficients));
            }
        }

        return new SpeechData([.. frames], [.. recordings.Select(recording => recording.Digit)]);
    }

    /// <summary>The recordings of the data set, from the folder or beside the repository; where it is in neither, made up sounds, which is said.</summary>
    public static IReadOnlyList<SpokenDigit> Load(string? folder)
    {
        if (SharedFolder.FindFile(folder, "data/fsdd/recordings.tar.gz", out string reason) is { } path)
        {
            return SpokenDigits.Read(path);
        }

        Console.WriteLine($"making up sounds: {reason}");
        var random = new Random(1);
        return
        [
            .. from digit in Enumerable.Range(0, 10)
               from speaker in new[] { ("low", 0.8), ("middle", 1.0), ("high", 1.2) }
               from index in Enumerable.Range(0, 25)
               select new SpokenDigit(digit, speaker.Item1, index, MakeUp(digit, speaker.Item2, random)),
        ];
    }

    // Two tones that glide from one pitch to another, which depend on the digit and on the speaker's voice.
    private static float[] MakeUp(int digit, double voice, Random random)
    {
        float[] samples = new float[2400 + random.Next(1600)];
        double phase = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            double part = (double)i / samples.Length;
            double pitch = voice * ((300 * (1 + (digit % 5)) * (1 - part)) + (300 * (1 + (digit / 2)) * part));
            phase += 2 * Math.PI * pitch / SpokenDigits.SampleRate;
            samples[i] = (float)((0.3 * Math.Sin(phase)) + (0.1 * Math.Sin(2.5 * phase)) + (0.02 * (random.NextDouble() - 0.5)));
        }

        return samples;
    }
}
