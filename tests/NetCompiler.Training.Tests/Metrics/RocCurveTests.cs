using Xunit;

namespace NetCompiler.Tests.Training.Metrics;

public sealed class RocCurveTests
{
    [Fact]
    public void Points_AreThoseOfTheFieldsExample()
    {
        // scikit-learn's documentation of roc_curve, without dropping collinear points.
        RocCurve curve = RocCurve.FromScores([0.1f, 0.4f, 0.35f, 0.8f], [0, 0, 1, 1]);
        Assert.Equal([0, 0, 0.5, 0.5, 1], curve.FalsePositiveRates);
        Assert.Equal([0, 0.5, 0.5, 1, 1], curve.TruePositiveRates);
        Assert.Equal([double.PositiveInfinity, 0.8f, 0.4f, 0.35f, 0.1f], curve.Thresholds);
        Assert.Equal(0.75, curve.Area);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Area_IsWhatTheMetricMeasures(int seed)
    {
        // Scores of one digit have ties.
        Random random = new(seed);
        float[] labels = [.. Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? 1f : 0f)];
        float[] scores = [.. labels.Select(label => (float)Math.Round((0.3 * label) + random.NextDouble(), 1))];
        MetricState metric = new Auc().CreateState();
        metric.Add(new MetricBatch(scores, labels, 1));
        Assert.Equal(metric.Value, RocCurve.FromScores(scores, labels).Area, 1e-12);
    }

    [Fact]
    public void EqualScores_AreGuessing() => Assert.Equal(0.5, RocCurve.FromScores([1, 1, 1], [0, 1, 1]).Area);

    [Fact]
    public void SamplesWithoutACurve_AreRefused()
    {
        Assert.Contains("2 scores, but 1 labels", Message([1, 2], [1]), StringComparison.Ordinal);
        Assert.Contains("2 positive and 0 negative", Message([1, 2], [1, 1]), StringComparison.Ordinal);
        Assert.Contains("0 positive and 0 negative", Message([], []), StringComparison.Ordinal);
        Assert.Contains("sample 1 is NaN", Message([1, float.NaN], [1, 0]), StringComparison.Ordinal);
    }

    private static string Message(float[] scores, float[] labels) => Assert.Throws<ArgumentException>(() => RocCurve.FromScores(scores, labels)).Message;
}
