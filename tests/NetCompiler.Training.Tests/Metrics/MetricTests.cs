using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Training.Metrics;

public sealed class MetricTests
{
    [Theory]
    [InlineData(double.NaN, 0.5, "threshold")]
    [InlineData(double.PositiveInfinity, 0.5, "threshold")]
    [InlineData(0.5, double.NaN, "targetThreshold")]
    public void ThresholdsThatAreNotFinite_AreRefused(double threshold, double targetThreshold, string name)
    {
        Func<Metric>[] metrics =
        [
            () => new Precision(threshold, targetThreshold), () => new Recall(threshold, targetThreshold), () => new F1Score(threshold, targetThreshold), () => new BinaryAccuracy(threshold, targetThreshold),
        ];
        Assert.All(metrics, make => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(make).ParamName));

        // A logit may be any number.
        Assert.Equal(7, new Precision(7).Threshold);
    }

    [SharedFact]
    public void Classification_EqualsTheGoldenValues()
    {
        Golden golden = Golden.Load("metric/classification");
        float[] outputs = golden.Tensors.Floats("input");
        int[] classes = golden.Tensors.Integers("target");
        int width = golden.Tensors.Shape("input")[1];
        MetricBatch batch = new(outputs, classes, width);
        golden.Compare("accuracy", [(float)new Accuracy().Compute(batch)]);
        golden.Compare("top3", [(float)new TopK(3).Compute(batch)]);
        ConfusionMatrix confusion = new(width);
        confusion.Add(batch);
        golden.Compare("confusion", [.. Enumerable.Range(0, width * width).Select(i => (float)confusion[i / width, i % width])]);
        golden.Compare("accuracy", [(float)confusion.Accuracy]);
    }

    [SharedFact]
    public void Binary_EqualsTheGoldenValues()
    {
        Golden golden = Golden.Load("metric/binary");
        MetricBatch batch = new(golden.Tensors.Floats("input"), golden.Tensors.Integers("target"), 1);
        golden.Compare("auc", [(float)new Auc().Compute(batch)]);
        golden.Compare("precision", [(float)new Precision().Compute(batch)]);
        golden.Compare("recall", [(float)new Recall().Compute(batch)]);
        golden.Compare("f1", [(float)new F1Score().Compute(batch)]);
    }

    [SharedFact]
    public void Regression_EqualsTheGoldenValues()
    {
        Golden golden = Golden.Load("metric/regression");
        float[] outputs = golden.Tensors.Floats("input"), targets = golden.Tensors.Floats("target");
        MetricBatch batch = new(outputs, targets, 2);
        golden.Compare("mae", [(float)new MeanAbsoluteError().Compute(batch)]);
        golden.Compare("rmse", [(float)new RootMeanSquaredError().Compute(batch)]);
        golden.Compare("r2", [(float)new RSquared().Compute(batch)]);

        // In batches as at once.
        MetricState state = new RSquared().CreateState();
        state.Add(new MetricBatch(outputs.AsSpan(0, 100), targets.AsSpan(0, 100), 2));
        state.Add(new MetricBatch(outputs.AsSpan(100), targets.AsSpan(100), 2));
        golden.Compare("r2", [(float)state.Value]);
    }

    [Fact]
    public void EveryGoldenMetricCase_HasARunner()
    {
        if (Shared.Folder is not null)
        {
            Assert.Equal(["metric/binary", "metric/classification", "metric/regression"], Golden.Cases("metric/").Select(golden => golden.Name).Order());
        }
    }

    [Fact]
    public void Auc_CountsTiesHalfAndIsNaNWithoutBothKinds()
    {
        Assert.Equal(0.5, new Auc().Compute(new MetricBatch([0.5f, 0.5f], [0, 1], 1)));
        Assert.Equal(1, new Auc().Compute(new MetricBatch([0.1f, 0.9f], [0, 1], 1)));
        Assert.True(double.IsNaN(new Auc().Compute(new MetricBatch([0.5f], [1], 1))));
    }

    [Fact]
    public void EmptyOrUndefined_IsNamedByItsValue()
    {
        Assert.True(double.IsNaN(new Accuracy().CreateState().Value));
        Assert.Equal(0, new Precision().Compute(new MetricBatch([0.1f], [1], 1)));
        Assert.Equal(1, new BinaryAccuracy(0, 0).Compute(new MetricBatch([-2f, 3f], [-1f, 1f], 1)));
        Assert.Throws<ArgumentException>(() => new Accuracy().Compute(new MetricBatch([1f, 2f], [0, 1], 2)));
    }

    [Fact]
    public void OutputsThatAreNaN_AreNoHits()
    {
        const float NaN = float.NaN;
        MetricBatch choices = new([NaN, 1, 2, NaN, NaN, NaN, 0, 3, NaN, 0, 1, 2], [0, 0, 1, 2], 3);
        Assert.Equal([0.25, 0.25], [new Accuracy().Compute(choices), new TopK(2).Compute(choices)]);
        MetricBatch scores = new([NaN, NaN, 0.9f, 0.1f], [0f, 1f, 1f, 0f], 1);
        Assert.Equal([0.5, 0.5, 0.5], [new BinaryAccuracy().Compute(scores), new Precision().Compute(scores), new Recall().Compute(scores)]);
        ConfusionMatrix matrix = new(3);
        Assert.Contains("Row 1 has an output that is NaN", Assert.Throws<ArgumentException>(() => matrix.Add(new MetricBatch([0, 1, 2, NaN, 0, 1], [0, 0], 3))).Message, StringComparison.Ordinal);
        Assert.Equal(0, matrix.Total);
    }

    [Fact]
    public void Batches_ThatDoNotFit_AreRefused()
    {
        Assert.All([new Accuracy(), new TopK(2)], (Metric metric) =>
        {
            Assert.Contains("The class of row 1 is 7, outside 0 to 2", Assert.Throws<ArgumentException>(() => metric.Compute(new MetricBatch([1f, 2f, 3f, 1f, 2f, 3f], [0, 7], 3))).Message, StringComparison.Ordinal);
            Assert.Equal(double.NaN, metric.Compute(default));
        });
        MetricState state = new RSquared().CreateState();
        state.Add(new MetricBatch([1f, 3f], [1f, 2f], 1));
        state.Add(default);
        Assert.Equal(-1, state.Value);
        Assert.Contains("rows of 2 outputs, but those before it had 1", Assert.Throws<ArgumentException>(() => state.Add(new MetricBatch([1f, 3f], [1f, 2f], 2))).Message, StringComparison.Ordinal);
        state.Reset();
        state.Add(new MetricBatch([1f, 3f, 2f, 4f], [1f, 3f, 2f, 4f], 2));
        Assert.Equal(1, state.Value);
        Assert.Equal("classes", Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(46341)).ParamName);
    }

    [Fact]
    public void ClassesOfTwoOutputs_AreJudgedByTheSecond()
    {
        float[] pairs = [0.9f, 0.1f, 0.2f, 0.8f, 0.6f, 0.4f, 0.3f, 0.7f], scores = [0.1f, 0.8f, 0.4f, 0.7f];
        int[] classes = [0, 1, 1, 0];
        Metric[] metrics = [new BinaryAccuracy(), new Precision(), new Recall(), new F1Score(), new Auc(), new MeanAbsoluteError(), new RootMeanSquaredError(), new RSquared()];
        Assert.All(metrics, metric => Assert.Equal(metric.Compute(new MetricBatch(scores, classes, 1)), metric.Compute(new MetricBatch(pairs, classes, 2))));
        Assert.All(metrics, metric => Assert.Contains(
            "classes and rows of 3 outputs", Assert.Throws<ArgumentException>(() => metric.Compute(new MetricBatch(new float[6], [0, 2], 3))).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Auc_ReadBetweenBatches_FollowsThem()
    {
        MetricState state = new Auc().CreateState();
        state.Add(new MetricBatch([0.1f, 0.9f], [0, 1], 1));
        Assert.Equal(1, state.Value);
        Assert.Equal(1, state.Value);
        state.Add(new MetricBatch([0.95f], [0], 1));
        Assert.Equal(0.5, state.Value);
        state.Reset();
        Assert.True(double.IsNaN(state.Value));
        state.Add(new MetricBatch([0.9f, 0.1f], [0, 1], 1));
        Assert.Equal(0, state.Value);
    }
}
