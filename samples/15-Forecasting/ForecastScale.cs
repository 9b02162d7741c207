namespace Samples;

/// <summary>Brings a series to mean 0 and deviation 1, by the part of it that is trained on; a growing one by its logarithm.</summary>
/// <param name="Mean">Of the part trained on.</param>
/// <param name="Deviation">Of the part trained on.</param>
/// <param name="IsLogarithmic">Whether the logarithm comes first.</param>
public sealed record ForecastScale(float Mean, float Deviation, bool IsLogarithmic)
{
    /// <summary>Measures the first <paramref name="count"/> values of a series.</summary>
    public static ForecastScale Fit(Series series, int count)
    {
        double[] values = [.. series.Values.Take(count).Select(value => series.IsGrowing ? Math.Log(value) : value)];
        double mean = values.Average();
        return new ForecastScale((float)mean, (float)Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), series.IsGrowing);
    }

    /// <summary>From the series' own unit.</summary>
    public float[] Apply(float[] values) => [.. values.Select(value => ((IsLogarithmic ? MathF.Log(value) : value) - Mean) / Deviation)];

    /// <summary>Back to the series' own unit.</summary>
    public float[] Undo(float[] values) => [.. values.Select(value => (value * Deviation) + Mean).Select(value => IsLogarithmic ? MathF.Exp(value) : value)];
}
