namespace Benchmarks.Measuring;

/// <summary>The middle of several runs.</summary>
internal static class Median
{
    /// <summary>The middle value; the mean of the two middle ones where their number is even.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("A median needs at least one value.", nameof(values));
        }

        double[] sorted = [.. values];
        Array.Sort(sorted);
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
