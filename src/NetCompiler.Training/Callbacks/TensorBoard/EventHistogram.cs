namespace NetCompiler;

/// <summary>How often values fall between limits, as TensorBoard shows it.</summary>
/// <param name="Minimum">The smallest value.</param>
/// <param name="Maximum">The largest value.</param>
/// <param name="Count">The number of values.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="SumOfSquares">The sum of their squares.</param>
/// <param name="Limits">The upper end of every bucket.</param>
/// <param name="Buckets">The number of values in every bucket.</param>
public sealed record EventHistogram(double Minimum, double Maximum, double Count, double Sum, double SumOfSquares, IReadOnlyList<double> Limits, IReadOnlyList<double> Buckets)
{
    // As TensorFlow's summary.histogram.
    private const int BucketCount = 30;

    /// <summary>Counts finite values in 30 buckets of the same width; others are passed over.</summary>
    public static EventHistogram Of(ReadOnlySpan<float> values)
    {
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity, sum = 0, squares = 0;
        long count = 0;
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                minimum = Math.Min(minimum, value);
                maximum = Math.Max(maximum, value);
                sum += value;
                squares += (double)value * value;
                count++;
            }
        }

        if (count == 0)
        {
            return new EventHistogram(0, 0, 0, 0, 0, [0], [0]);
        }

        double width = (maximum - minimum) / BucketCount;
        if (width == 0)
        {
            return new EventHistogram(minimum, maximum, count, sum, squares, [maximum], [count]);
        }

        double[] limits = new double[BucketCount], buckets = new double[BucketCount];
        for (int i = 0; i < BucketCount; i++)
        {
            limits[i] = i == BucketCount - 1 ? maximum : minimum + (width * (i + 1));
        }

        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                buckets[Math.Min(BucketCount - 1, (int)((value - minimum) / width))]++;
            }
        }

        return new EventHistogram(minimum, maximum, count, sum, squares, limits, buckets);
    }
}
