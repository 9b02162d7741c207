using Xunit;

namespace NetCompiler.Tests.Training.Data;

public sealed class DatasetTests
{
    [Fact]
    public void Columns_AreCheckedAgainstTheDescription()
    {
        Assert.Contains("takes 2 columns (input \"input\", target \"target\"), but 1 were given", Message(() => Dataset.Create<Line>(new float[4])), StringComparison.Ordinal);
        Assert.Contains("target \"target\" has 3 samples, but the input \"input\" has 2", Message(() => Dataset.Create<Line>(new float[4], new float[3])), StringComparison.Ordinal);
        Assert.Contains("has 2 values per sample, but 5 values", Message(() => Dataset.Create<Line>(new float[5], new float[3])), StringComparison.Ordinal);
        Assert.Contains("class indices (int[], 0 to 2), but floats", Message(() => Dataset.Create<Flowers>(new float[4], new float[1])), StringComparison.Ordinal);
        Assert.Contains("row 1: 3 is outside 0 to 2", Message(() => Dataset.Create<Flowers>(new float[8], new[] { 0, 3 })), StringComparison.Ordinal);
        Assert.Contains("row 1, value 1: the value is NaN", Message(() => Dataset.Create<Line>(new float[] { 1, 2, 3, float.NaN }, new float[2])), StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_AreCheckedAgainstTheVocabulary()
    {
        NetworkDescription description = new()
        {
            Name = "Words",
            Inputs = [new InputDescription("text", [3]) { Vocabulary = 10 }, new InputDescription("author", [1])],
            Layers = [],
            Outputs = [new OutputDescription("output", 0, [1])],
            ParameterCount = 0,
            StatisticsCount = 0,
            ArchitectureHash = "",
        };
        Assert.Equal(2, Dataset.Create(description, new[] { 0, 9, 1, 2, 3, 4 }, new float[2]).Count);
        Assert.Contains("input \"text\", row 1, value 2: 10 is outside 0 to 9", Message(() => Dataset.Create(description, new[] { 0, 9, 1, 2, 3, 10 }, new float[2])), StringComparison.Ordinal);
        Assert.Contains("input \"author\" has 1 samples, but the input \"text\" has 2", Message(() => Dataset.Create(description, new int[6], new float[1])), StringComparison.Ordinal);
        Assert.Contains("holds tokens (int[], 0 to 9), but floats", Message(() => Dataset.Create(description, new float[6], new float[2])), StringComparison.Ordinal);
    }

    [Fact]
    public void Builder_NamesColumnsWithoutCase()
    {
        Dataset data = new DatasetBuilder<Line>().Input("INPUT", new float[] { 1, float.NaN }, allowMissing: true).Target("Target", new float[1]).SampleWeights(new float[] { 2 }).Build();
        Assert.True(data.HasSampleWeights);
        Assert.Contains("has no target \"score\"; it has target", Message(() => new DatasetBuilder<Line>().Target("score", new float[1])), StringComparison.Ordinal);
        Assert.Contains("target \"target\" of Line was not given", Message(() => new DatasetBuilder<Line>().Input("input", new float[2]).Build()), StringComparison.Ordinal);
        Assert.Contains("1 sample weights, but 2 samples", Message(() => Create(2).WithSampleWeights(new float[1])), StringComparison.Ordinal);
    }

    [Fact]
    public void Split_TakesTheLastFraction()
    {
        (Dataset first, Dataset last) = Create(10).Split(0.2);
        Assert.Equal((8, 2), (first.Count, last.Count));
        Assert.Equal([8f, 9f], Targets(last));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(10).Split(0.01 - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(10).Split(1));
    }

    [Fact]
    public void ViewsOfViews_KeepTheirRows()
    {
        Dataset data = Create(10).Subset(9, 8, 7, 6).Slice(1, 2);
        Assert.Equal([8f, 7f], Targets(data));
        Assert.Equal([7f, 8f], Targets(data.Subset(1, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Subset(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Slice(1, 2));
    }

    [Fact]
    public void SampleWeights_BelongToPositionsNotToRows()
    {
        Dataset data = Create(10).Subset(3, 3, 5).WithSampleWeights(new float[] { 1, 2, 3 });
        Assert.Equal([1f, 2f, 3f], Weights(data));
        Assert.Equal([3f, 2f, 1f], Weights(data.Subset(2, 1, 0)));
        Assert.Equal([2f, 3f], Weights(data.Slice(1, 2)));
        Assert.Equal([8f, 9f], Weights(data.Slice(1, 2).WithSampleWeights(new float[] { 8, 9 })));
        Assert.Equal([6f, 7f], Weights(Create(10).Slice(6, 2).WithSampleWeights(new float[] { 6, 7 })));
        Assert.Equal([7f, 6f], Weights(Create(10).WithSampleWeights(Enumerable.Range(0, 10).Select(i => (float)i).ToArray()).Slice(5, 5).Subset(2, 1)));
    }

    [Fact]
    public void CopyBatch_RefusesMoreSamplesThanTheTrainingPlansFor()
    {
        using ITraining training = new Line().CreateTraining(2);
        Create(10).CopyBatch(training, [7, 8]);
        Assert.Contains("The batch has 3 samples, but the training was made for at most 2.", Message(() => Create(10).CopyBatch(training, [1, 2, 3])), StringComparison.Ordinal);
        Assert.Equal([7f, 8f], training.FloatTarget(0).ToArray());
    }

    [Fact]
    public void KFold_HoldsOutEverySampleOnce()
    {
        IReadOnlyList<(Dataset Train, Dataset Validation)> folds = Create(10).KFold(3, seed: 5);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (float)i), folds.SelectMany(fold => Targets(fold.Validation)).Order());
        Assert.All(folds, fold => Assert.Empty(Targets(fold.Train).Intersect(Targets(fold.Validation))));
    }

    [Fact]
    public void Shuffle_IsAPermutationOfTheSeedAlone()
    {
        float[] once = Targets(Create(101).Shuffle(3)), again = Targets(Create(101).Shuffle(3)), other = Targets(Create(101).Shuffle(4));
        Assert.Equal(once, again);
        Assert.NotEqual(once, other);
        Assert.Equal(Enumerable.Range(0, 101).Select(i => (float)i), once.Order());
    }

    [Fact]
    public void CopyBatch_GathersSamplesAndWeights_WithoutAllocating()
    {
        Dataset data = Create(10).WithSampleWeights(Enumerable.Range(0, 10).Select(i => i / 10f).ToArray());
        using ITraining training = new Line().CreateTraining(4);
        int[] indices = [7, 2, 5];
        data.CopyBatch(training, indices);
        long before = GC.GetAllocatedBytesForCurrentThread();
        data.CopyBatch(training, indices);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal([7f, -7f, 2f, -2f, 5f, -5f], training.FloatInput(0)[..6].ToArray());
        Assert.Equal([7f, 2f, 5f], training.FloatTarget(0)[..3].ToArray());
        Assert.Equal([0.7f, 0.2f, 0.5f, 1f], training.SampleWeights.ToArray());
        Assert.Throws<ArgumentException>(() => data.CopyBatch(training, new int[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.CopyBatch(training, [10]));
    }

    private static string Message(Action action) => Record.Exception(action)!.Message;

    private static Dataset Create(int count) => Dataset.Create<Line>(
        Enumerable.Range(0, count).SelectMany(i => new float[] { i, -i }).ToArray(), Enumerable.Range(0, count).Select(i => (float)i).ToArray());

    private static float[] Weights(Dataset data)
    {
        using ITraining training = new Line().CreateTraining(data.Count);
        data.CopyBatch(training, [.. Enumerable.Range(0, data.Count)]);
        return training.SampleWeights.ToArray();
    }

    private static float[] Targets(Dataset data)
    {
        using ITraining training = new Line().CreateTraining(data.Count);
        data.CopyBatch(training, [.. Enumerable.Range(0, data.Count)]);
        return training.FloatTarget(0).ToArray();
    }
}
