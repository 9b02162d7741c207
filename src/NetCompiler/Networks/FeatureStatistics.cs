using System.ComponentModel;
using System.Globalization;

namespace NetCompiler;

/// <summary>Measures what a Normalization layer needs: mean and biased variance of every feature, in double precision.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FeatureStatistics
{
    /// <summary>Measures all samples and writes both statistics; without samples nothing changes.</summary>
    /// <param name="values">Any number of rows of as many values as the statistics have.</param>
    /// <param name="mean">Where the means go.</param>
    /// <param name="variance">Where the variances go: the mean of (x - mean)^2, as Keras's Normalization.</param>
    /// <param name="argument">The argument's name, for messages.</param>
    /// <exception cref="ArgumentException">A value is not finite, or a variance is more than a float holds; nothing was changed.</exception>
    public static void Measure(ReadOnlySpan<float> values, WeightView mean, WeightView variance, string argument) => Measure(values, mean.Length, argument).WriteTo(mean, variance);

    /// <summary>Measures all samples and writes nothing yet, so that several layers are measured before the first is changed.</summary>
    /// <param name="values">Any number of rows of as many values as there are features.</param>
    /// <param name="features">The number of features, at least 1.</param>
    /// <param name="argument">The argument's name, for messages.</param>
    /// <exception cref="ArgumentException">A value is not finite, or a variance is more than a float holds.</exception>
    public static MeasuredFeatures Measure(ReadOnlySpan<float> values, int features, string argument)
    {
        int rows = values.Length / features;
        if (rows == 0)
        {
            return new MeasuredFeatures([], []);
        }

        RequireFinite(values, features, argument);
        double[] sums = new double[features], squares = new double[features];
        for (int i = 0; i < values.Length; i++)
        {
            sums[i % features] += values[i];
        }

        for (int feature = 0; feature < features; feature++)
        {
            sums[feature] /= rows;
        }

        // Two passes: the difference of E[x^2] and E[x]^2 would lose the digits of features far from zero.
        for (int i = 0; i < values.Length; i++)
        {
            double distance = values[i] - sums[i % features];
            squares[i % features] += distance * distance;
        }

        float[] variances = Array.ConvertAll(squares, value => (float)(value / rows));
        int overflow = Array.FindIndex(variances, float.IsInfinity);
        if (overflow >= 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{argument}: the variance of feature {overflow} is {squares[overflow] / rows}, but a float holds at most {float.MaxValue}."), argument);
        }

        return new MeasuredFeatures(Array.ConvertAll(sums, value => (float)value), variances);
    }

    private static void RequireFinite(ReadOnlySpan<float> values, int features, string argument)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                string found = values[i].ToString(CultureInfo.InvariantCulture);
                throw new ArgumentException($"{argument}[{i}] (feature {i % features}) is {found}, but a mean needs finite values.", argument);
            }
        }
    }
}
