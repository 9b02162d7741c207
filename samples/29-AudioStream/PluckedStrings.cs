namespace Samples;

/// <summary>Sounds to train on and to play, and the amplifier that the network learns.</summary>
public static class PluckedStrings
{
    /// <summary>The samples of a second.</summary>
    public const int Rate = 48_000;

    private const int NoteLength = 12_000;

    /// <summary>Notes, one after another: each of three decaying overtones.</summary>
    public static float[] Play(int count, int seed)
    {
        var random = new Random(seed);
        float[] sound = new float[count];
        for (int start = 0; start < count; start += NoteLength)
        {
            double frequency = 80 * Math.Pow(2, 4 * random.NextDouble()), strength = 0.2 + (0.4 * random.NextDouble());
            for (int harmonic = 1; harmonic <= 3; harmonic++)
            {
                double turn = 2 * Math.PI * harmonic * frequency / Rate, phase = 2 * Math.PI * random.NextDouble(), decay = harmonic * 3.0 / Rate;
                for (int i = start; i < Math.Min(count, start + NoteLength); i++)
                {
                    sound[i] += (float)(strength / harmonic * Math.Exp(-decay * (i - start)) * Math.Sin((turn * i) + phase));
                }
            }
        }

        return sound;
    }

    /// <summary>A tube that saturates and a tone control behind it: y = y + 0.3 (tanh(4 x) - y).</summary>
    public static float[] Amplify(ReadOnlySpan<float> sound)
    {
        float[] result = new float[sound.Length];
        float y = 0;
        for (int i = 0; i < sound.Length; i++)
        {
            y += 0.3f * (MathF.Tanh(4 * sound[i]) - y);
            result[i] = y;
        }

        return result;
    }
}
