namespace NetCompiler.Tests.Training.Pictures;

/// <summary>One picture of every kind, at awkward values too.</summary>
internal static class PictureGallery
{
    private static readonly double[] Ten = [.. Enumerable.Range(0, 10).Select(i => (double)i)];

    public static IReadOnlyDictionary<string, Func<Picture>> All { get; } = new Dictionary<string, Func<Picture>>
    {
        ["line"] = () => Line([0.5, 0.4, 0.3, 0.25, 0.2, 0.18, 0.17, 0.165, 0.16, 0.159]),
        ["one point"] = () => new Plot("one", "x", "y").AddLine("a", [1], [2]).AddLine("b", [1], [3]),
        ["constant"] = () => Line([.. Ten.Select(_ => 0.1)]),
        ["gaps"] = () => Line([1, double.NaN, 2, 3, double.PositiveInfinity, 4, 5, double.NegativeInfinity, 6, 7]),
        ["nothing finite"] = () => Line([.. Ten.Select(_ => double.NaN)]),
        ["tiny"] = () => Line([.. Ten.Select(x => x * 1e-12)]),
        ["huge"] = () => Line([.. Ten.Select(x => 1e9 + x)]),
        ["extreme"] = () => Line([double.MaxValue, double.MinValue, double.Epsilon, 0, 1, 2, 3, 4, 5, 6]),
        ["log"] = () => new Plot("log", "x", "y") { HasLogX = true, HasLogY = true }.AddLine("a", [1e-6, 0, 1], [1, 2, 1e5]).AddPoints("b", [1e-3], [10]),
        ["range"] = () => new Plot("range") { XRange = (0, 4), YRange = (0.2, 0.3), Size = (200, 160) }.AddLine("a", Ten, Ten),
        ["far outside"] = () => new Plot("far") { XRange = (0, 4), YRange = (0, 1) }.AddLine("a", Ten, [.. Ten.Select(x => x * 1e300)]).AddDashes("b", Ten, [.. Ten.Select(x => (x % 2) - 1e12)]),
        ["many"] = () => Enumerable.Range(0, 30).Aggregate(new Plot("many"), (plot, i) => plot.AddLine($"series {i}", Ten, [.. Ten.Select(x => x * i)])),
        ["scatter"] = () => Plot.Scatter(Ten, Ten, [0, 1, 2, 3, 4, 5, 0, 1, 2, 3], ["<a>", "b & c", "d", "e", "f", "g"], "scatter"),
        ["boundary"] = () => Plot.DecisionBoundary(grid => [.. grid.Chunk(2).Select(point => point[0])], [0, 0, 1, 1], [0, 1], title: "boundary"),
        ["regions"] = () => Plot.DecisionBoundary(grid => [.. grid.Chunk(2).SelectMany(point => new[] { point[0], 0.5f, point[1] })], [0, 0, 1, 1], [0, 2], title: "regions"),
        ["histogram"] = () => Plot.Histogram([1, 2, 2, 3, double.NaN], title: "histogram"),
        ["roc"] = () => RocCurve.FromScores([0.1f, 0.4f, 0.35f, 0.8f], [0, 0, 1, 1]).ToPlot(),
        ["regression"] = () => Plot.PredictedAgainstTrue([1, 2, 3], [1.1f, 1.9f, 3], "regression", "price"),
        ["confusion"] = () => new ConfusionPicture(Matrix(10), title: "confusion"),
        ["confusion of 20"] = () => new ConfusionPicture(Matrix(20), [.. Enumerable.Range(0, 20).Select(i => $"a long name of class {i}")]),
        ["heat map"] = () => new HeatMap([1, float.NaN, -3, 4, 5, 6], 3, HeatPalette.Signed, rowNames: ["a", "b"], columnNames: ["one", "two", "a very long name"], title: "heat"),
        ["one cell"] = () => new HeatMap([0.5f], 1),
        ["images"] = () => new ImageGrid(new float[3 * 4], 2, 2, captions: ["3", "8", "a caption that is too long"], title: "images"),
        ["coloured images"] = () => new ImageGrid(new float[2 * 12], 2, 2, channels: 3),
        ["parallel"] = () => Parallel(),
        ["grid"] = () => new PictureGrid([Line(Ten), new HeatMap([1, 2], 2)], 2, "grid"),
    };

    public static ParallelCoordinates Parallel() => new ParallelCoordinates("loss", [0.5, 0.1, double.NaN, 0.9], title: "trials")
        .AddAxis("learning rate", [1e-4, 1e-3, 1e-2, 1e-1], isLog: true)
        .AddAxis("units", [16.0, 32, 64, 128])
        .AddAxis("optimizer", ["Adam", "Sgd", "Adam", "<Lion>"]);

    private static Plot Line(double[] y) => new Plot("line", "x", "y").AddLine("a", Ten, y).AddDashes("b", Ten, [.. y.Reverse()]);

    private static ConfusionMatrix Matrix(int classes)
    {
        ConfusionMatrix matrix = new(classes);
        for (int i = 0; i < 40 * classes; i++)
        {
            matrix.Add(i % classes, i % 7 == 0 ? i * 31 % classes : i % classes);
        }

        return matrix;
    }
}
