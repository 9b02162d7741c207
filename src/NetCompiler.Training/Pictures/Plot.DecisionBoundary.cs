namespace NetCompiler;

public sealed partial class Plot
{
    private const int BoundaryCells = 128;
    private const double BoundaryMargin = 0.08;

    /// <summary>What a network of two inputs decides everywhere, and the points that it was shown.</summary>
    /// <param name="predict">
    /// From samples of two values each to one output each (the probability of class 1: the boundary is at 0.5) or to one output per class (the largest decides):
    /// <c>samples => network.Predict(samples)</c>.
    /// </param>
    /// <param name="points">Two values per point.</param>
    /// <param name="classes">One class per point, counted from 0.</param>
    /// <param name="names">One name per class; null means their numbers.</param>
    /// <param name="title">The line above.</param>
    /// <param name="xLabel">What the first input is.</param>
    /// <param name="yLabel">What the second input is.</param>
    /// <exception cref="ArgumentException">
    /// There are no points or none is finite, there are more or fewer classes than points, a class has no name, or the network gives no whole number of outputs per sample.
    /// </exception>
    public static Plot DecisionBoundary(
        Func<float[], float[]> predict,
        IReadOnlyList<float> points,
        IReadOnlyList<int> classes,
        IReadOnlyList<string>? names = null,
        string title = "",
        string xLabel = "",
        string yLabel = "")
    {
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(classes);
        if (points.Count == 0 || points.Count != 2 * classes.Count)
        {
            throw new ArgumentException($"A decision boundary needs points of two values with one class each; there are {points.Count} values and {classes.Count} classes.", nameof(points));
        }

        double[] xs = [.. Enumerable.Range(0, classes.Count).Select(i => (double)points[2 * i])], ys = [.. Enumerable.Range(0, classes.Count).Select(i => (double)points[(2 * i) + 1])];
        (double From, double To) x = Around(xs), y = Around(ys);
        float[] grid = new float[2 * BoundaryCells * BoundaryCells];
        for (int i = 0; i < BoundaryCells * BoundaryCells; i++)
        {
            grid[2 * i] = (float)(x.From + ((x.To - x.From) * ((i % BoundaryCells) + 0.5) / BoundaryCells));
            grid[(2 * i) + 1] = (float)(y.From + ((y.To - y.From) * ((i / BoundaryCells) + 0.5) / BoundaryCells));
        }

        float[] outputs = predict(grid);
        int width = outputs.Length / (BoundaryCells * BoundaryCells);
        if (width == 0 || outputs.Length % (BoundaryCells * BoundaryCells) != 0)
        {
            throw new ArgumentException($"The network gave {outputs.Length} outputs for {BoundaryCells * BoundaryCells} samples: no whole number for each.", nameof(predict));
        }

        Plot plot = new(title, xLabel, yLabel);
        return (width == 1
            ? plot.AddHeatMap(outputs, BoundaryCells, x, y)
            : plot.AddRegions([.. outputs.Chunk(width).Select(row => MetricBatch.LargestOf(row))], BoundaryCells, x, y)).AddClasses(xs, ys, classes, names);
    }

    private static (double From, double To) Around(double[] values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            throw new ArgumentException("No point is finite.", "points");
        }

        double least = finite.Min(), most = finite.Max();
        double margin = most > least ? (most - least) * BoundaryMargin : least == 0 ? 1 : Math.Abs(least) / 2;
        return (least - margin, most + margin);
    }
}
