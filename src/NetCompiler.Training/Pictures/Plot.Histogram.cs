namespace NetCompiler;

public sealed partial class Plot
{
    private const int MostBins = 60;

    /// <summary>How often values fall into intervals of equal width.</summary>
    /// <param name="values">Any number of values; those that are not finite are counted in the horizontal axis's label.</param>
    /// <param name="bins">The number of intervals; 0 means twice the cube root of the number of values (Rice's rule), at most 60.</param>
    /// <param name="title">The line above.</param>
    /// <param name="xLabel">What the values are.</param>
    /// <exception cref="ArgumentException">No value is finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of intervals is negative.</exception>
    public static Plot Histogram(IReadOnlyList<double> values, int bins = 0, string title = "", string xLabel = "")
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(bins);
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            throw new ArgumentException($"A histogram needs a finite value; there are {values.Count} values, none of them finite.", nameof(values));
        }

        bins = bins > 0 ? bins : Math.Clamp((int)Math.Ceiling(2 * Math.Cbrt(finite.Length)), 1, MostBins);
        (double least, double most) = LinearAxis.Spread(finite.Min(), finite.Max());

        double[] counts = new double[bins];
        foreach (double value in finite)
        {
            counts[(int)Math.Clamp((value - least) / (most - least) * bins, 0, bins - 1)]++;
        }

        int odd = values.Count - finite.Length;
        Plot plot = new(title, odd == 0 ? xLabel : $"{xLabel} ({odd} not finite)".TrimStart(), "count");
        plot._series.Add(new PlotSeries("", PlotForm.Bars, 0, [.. Enumerable.Range(0, bins + 1).Select(i => least + ((most - least) * i / bins))], counts));
        return plot;
    }
}
