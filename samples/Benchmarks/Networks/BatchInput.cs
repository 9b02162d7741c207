using NetCompiler;

namespace Benchmarks.Networks;

/// <summary>The inputs of a batch: floats, or tokens; the other array is empty.</summary>
internal sealed record BatchInput(float[] Floats, int[] Tokens)
{
    /// <summary>The number of values.</summary>
    public int Length => Floats.Length + Tokens.Length;

    /// <summary>The values as the interpreter takes them.</summary>
    public Column Column => Tokens.Length > 0 ? Tokens : Floats;

    /// <summary>Makes <paramref name="value"/> the first input, a token without its fraction: what makes the next prediction wait for the last.</summary>
    public void Feed(float value)
    {
        if (Tokens.Length > 0)
        {
            Tokens[0] = (int)value;
        }
        else
        {
            Floats[0] = value;
        }
    }

    /// <summary>Random inputs with a fixed seed, as the peers are fed: tokens of the vocabulary, or floats in [0, 1).</summary>
    public static BatchInput Random(NetworkCase network, int batch)
    {
        var random = new Random(1);
        int length = batch * network.InputLength;
        float[] floats = new float[network.Vocabulary > 0 ? 0 : length];
        int[] tokens = new int[network.Vocabulary > 0 ? length : 0];
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = random.NextSingle();
        }

        for (int i = 0; i < tokens.Length; i++)
        {
            tokens[i] = random.Next(network.Vocabulary);
        }

        return new BatchInput(floats, tokens);
    }
}
