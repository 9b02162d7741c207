using System.Globalization;
using Xunit.Sdk;

namespace NetCompiler.Tests.Generated;

/// <summary>Random arrays and comparisons of the tests of generated code.</summary>
internal static class Numbers
{
    /// <summary>Roughly normal numbers: the sum of twelve uniform ones less six.</summary>
    public static float[] Normal(int length, int seed, double scale = 1)
    {
        Random random = new(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
        {
            double sum = -6;
            for (int k = 0; k < 12; k++)
            {
                sum += random.NextDouble();
            }

            values[i] = (float)(scale * sum);
        }

        return values;
    }

    /// <summary>Class indices below <paramref name="classes"/>.</summary>
    public static int[] Classes(int length, int classes, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(classes))];
    }

    /// <summary>Writes random values into every weight: kernels of deviation 1 / sqrt(fan in), biases that are not zero, variances above zero.</summary>
    public static void Randomize(INetwork network, int seed)
    {
        foreach (WeightView view in network.Weights)
        {
            double scale = view.Shape.Length > 1 ? 1 / Math.Sqrt(view.Shape[0]) : 0.3;
            float[] values = Normal(view.Length, seed++, scale);
            view.CopyFrom(view.Name.EndsWith("variance", StringComparison.Ordinal) ? Array.ConvertAll(values, value => 0.5f + MathF.Abs(value)) : values);
        }
    }

    /// <summary>
    /// Fails unless |actual - expected| is at most tolerance times the larger of |expected| and a tenth of the largest expected size, plus 1e-6: a small value
    /// among large ones is a sum in which large terms cancelled.
    /// </summary>
    public static void AssertClose(string what, ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        if (expected.Length != actual.Length)
        {
            throw new XunitException($"{what}: {actual.Length} values instead of {expected.Length}.");
        }

        double largest = 0;
        foreach (double value in expected)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = (tolerance * Math.Max(Math.Abs(expected[i]), largest / 10)) + 1e-6;
            if (!(Math.Abs(actual[i] - expected[i]) <= allowed))
            {
                throw new XunitException(string.Create(CultureInfo.InvariantCulture, $"{what}[{i}] is {actual[i]:G9}, expected {expected[i]:G9} within {allowed:G3}."));
            }
        }
    }

    /// <summary>Fails unless all bits are equal.</summary>
    public static void AssertSameBits(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        if (expected.Length != actual.Length)
        {
            throw new XunitException($"{what}: {actual.Length} values instead of {expected.Length}.");
        }

        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
            {
                throw new XunitException(string.Create(CultureInfo.InvariantCulture, $"{what}[{i}] is {actual[i]:G9}, not {expected[i]:G9} to the bit."));
            }
        }
    }
}
