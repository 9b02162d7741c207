using NetCompiler;

namespace Samples;

/// <summary>Writes text one character after another, each drawn from what a network expects next.</summary>
public static class TextWriting
{
    /// <summary>The number of tokens that the networks know; a text may have fewer different ones.</summary>
    public const int KnownTokens = RecurrentText.OutputLength / RecurrentText.InputLength;

    /// <summary>Draws a token from a distribution sharpened (below 1) or flattened (above 1) by a temperature: p^(1 / temperature), scaled to sum 1.</summary>
    public static int Draw(ReadOnlySpan<float> distribution, double temperature, Random random)
    {
        double[] weights = new double[distribution.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Pow(distribution[i], 1 / temperature);
        }

        double rest = random.NextDouble() * weights.Sum();
        for (int i = 0; i < weights.Length - 1; i++)
        {
            rest -= weights[i];
            if (rest < 0)
            {
                return i;
            }
        }

        return weights.Length - 1;
    }

    /// <summary>Continues a text by steps: the state holds everything that was read and written.</summary>
    public static string Continue(RecurrentText network, Vocabulary vocabulary, string opening, int length, double temperature, int seed)
    {
        var random = new Random(seed);
        float[] state = new float[RecurrentText.StateLength], next = new float[KnownTokens];
        List<int> text = [.. vocabulary.Encode(opening)];
        for (int i = 0; i < text.Count && text.Count < length; i++)
        {
            network.PredictNext([text[i]], state, next);
            if (i == text.Count - 1)
            {
                text.Add(Draw(next.AsSpan(0, vocabulary.Size), temperature, random));
            }
        }

        return vocabulary.Decode([.. text]);
    }

    /// <summary>Continues a text by looking back over as much of its end as the network takes; behind the end, what stands in the input does not matter.</summary>
    public static string Continue(TransformerText network, Vocabulary vocabulary, string opening, int length, double temperature, int seed)
    {
        var random = new Random(seed);
        int[] window = new int[TransformerText.InputLength];
        float[] expected = new float[TransformerText.OutputLength];
        List<int> text = [.. vocabulary.Encode(opening)];
        while (text.Count < length)
        {
            int seen = Math.Min(text.Count, window.Length);
            text.CopyTo(text.Count - seen, window, 0, seen);
            network.Predict(window, expected);
            text.Add(Draw(expected.AsSpan((seen - 1) * KnownTokens, vocabulary.Size), temperature, random));
        }

        return vocabulary.Decode([.. text]);
    }

    /// <summary>The mean of -log2 p(next character) over a text that is read from its start, in bits.</summary>
    public static double BitsPerCharacter(RecurrentText network, ReadOnlySpan<int> text)
    {
        float[] state = new float[RecurrentText.StateLength], next = new float[KnownTokens];
        double bits = 0;
        for (int i = 0; i + 1 < text.Length; i++)
        {
            network.PredictNext(text.Slice(i, 1), state, next);
            bits -= Math.Log2(Math.Max(next[text[i + 1]], 1e-30));
        }

        return bits / (text.Length - 1);
    }
}
