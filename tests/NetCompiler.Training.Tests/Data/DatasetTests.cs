using NetCompiler.Tests.Training.Search;
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

    [Theory]
    [InlineData(Loss.BinaryCrossentropy, false, 2f, "2 is outside 0 to 1, which BinaryCrossentropy needs.")]
    [InlineData(Loss.BinaryCrossentropy, true, -1f, "-1 is outside 0 to 1, which BinaryCrossentropy needs.")]
    [InlineData(Loss.CategoricalCrossentropy, false, 1.01f, "1.01 is outside 0 to 1, which CategoricalCrossentropy needs.")]
    [InlineData(Loss.CategoricalCrossentropy, true, 255f, "255 is outside 0 to 1, which CategoricalCrossentropy needs.")]
    [InlineData(Loss.KullbackLeibler, false, -0.5f, "-0.5 is outside 0 to 1, which KullbackLeibler needs.")]
    [InlineData(Loss.Hinge, false, 0f, "0 is neither -1 nor 1, which are the targets of Hinge.")]
    public void TargetsThatTheLossDoesNotTake_AreRefused(Loss loss, bool fromLogits, float target, string expected)
    {
        NetworkDescription description = Judged(new LossDescription(loss.ToString()) { Kind = loss, FromLogits = fromLogits, Targets = [0] });
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => Dataset.Create(description, new float[2], new[] { 1, 1, 1, target }));
        Assert.StartsWith($"The target \"target\", row 1, value 1: {expected}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Loss.BinaryCrossentropy, 0f, 0.05f, 0.95f, 1.0000001f)]
    [InlineData(Loss.CategoricalCrossentropy, 0f, 0.05f, 0.95f, 1.0000001f)]
    [InlineData(Loss.KullbackLeibler, 0f, 0.05f, 0.95f, 1f)]
    [InlineData(Loss.Hinge, -1f, 1f, -1f, 1f)]
    [InlineData(Loss.MeanSquaredError, -7f, 0f, 255f, 1e30f)]
    [InlineData(Loss.CosineSimilarity, -7f, 0f, 255f, 1e30f)]
    public void TargetsThatTheLossTakes_ArePassed(Loss loss, params float[] targets)
        => Assert.Equal(2, Dataset.Create(Judged(new LossDescription(loss.ToString()) { Kind = loss, Targets = [0] }), new float[2], targets).Count);

    [Fact]
    public void TargetsThatTheLossDoesNotTake_AreRefusedWhereverTheyComeFrom()
    {
        Dataset items = Dataset.FromItems<YesOrNo, int>([0, 1, 2], static (item, sample) => sample.FloatTarget()[0] = item);
        const string Expected = "Sample 2 (counted from 0) could not be read: The target \"target\", row 2: 2 is outside 0 to 1, which BinaryCrossentropy needs.";
        Assert.StartsWith(Expected, Assert.Throws<SampleException>(() => new YesOrNo(1).Evaluate(items)).Message, StringComparison.Ordinal);
        Assert.StartsWith(Expected, Assert.Throws<SampleException>(() => new YesOrNo(1).Fit(items, new FitOptions { Shuffle = false })).Message, StringComparison.Ordinal);
        Assert.Contains("row 0: 2 is outside", Assert.Throws<ArgumentOutOfRangeException>(() => new DatasetBuilder<YesOrNo>().Target("target", new float[] { 2 })).Message, StringComparison.Ordinal);

        // A function of the user's may do what it likes with its target.
        Assert.Equal(1, Dataset.Create(Judged(new LossDescription("Own") { Targets = [0] }), new float[1], new float[] { 2, 3 }).Count);
    }

    [Fact]
    public void TargetsOfADataSetForAnotherLoss_AreAskedAboutWhenTheyAreTrainedWith()
    {
        // Three numbers in any order: the data set took them all, for a mean squared error.
        Dataset measured = Dataset.Create<Line>(new float[6], new float[] { 1, 7, 0 });
        const string Expected = "The target \"target\", row 1: 7 is outside 0 to 1, which BinaryCrossentropy needs.";
        YesOrNo network = new(1);
        Assert.StartsWith(Expected, Assert.Throws<ArgumentOutOfRangeException>(() => network.Fit(measured, new FitOptions { Seed = 3 })).Message, StringComparison.Ordinal);
        Assert.StartsWith(Expected, Assert.Throws<ArgumentOutOfRangeException>(() => network.Evaluate(measured)).Message, StringComparison.Ordinal);

        network.Fit(Dataset.Create<Line>(new float[6], new float[] { 1, 0.5f, 0 }));
        new Line(1).Fit(Dataset.Create<YesOrNo>(new float[6], new float[] { 1, 1, 0 }));
    }

    [Fact]
    public void ValuesThatAreNotFinite_AreNamedWithWhatHelps()
    {
        float[] missing = [1, float.NaN], endless = [1, float.PositiveInfinity];
        string message = Message(() => Dataset.Create<Line>(missing, new float[1]));
        Assert.Equal("The input \"input\", row 0, value 1: the value is NaN. Fill it, or declare that values may be missing: DatasetBuilder.Input(.., allowMissing: true), as FromItems, FromStream and FromCsv take it too.", message);
        Assert.Equal("The target \"target\", row 1: the value is NaN. Fill it.", Message(() => Dataset.Create<Line>(new float[4], missing)));
        Assert.Equal("The input \"input\", row 0, value 1: the value is Infinity. Values are finite.", Message(() => Dataset.Create<Line>(endless, new float[1])));
        Assert.Equal("The target \"target\", row 1: the value is -Infinity. Values are finite.", Message(() => Dataset.Create<Line>(new float[4], new[] { 1, float.NegativeInfinity })));
        Assert.Contains("the value is Infinity", Message(() => new DatasetBuilder<Line>().Input("input", endless, allowMissing: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void IntegersForFloats_AreToldWhatIsExpected()
    {
        Assert.Equal("The target \"target\" holds floats (float[], 1 per sample, for BinaryCrossentropy), but integers were given.", Message(() => Dataset.Create<YesOrNo>(new float[4], new int[2])));
        Assert.Equal("The target \"target\" holds floats (float[], 1 per sample, for MeanSquaredError), but integers were given.", Message(() => Dataset.Create<Line>(new float[4], new int[2])));
        Assert.Equal("The input \"input\" holds floats (float[], 2 per sample), but integers were given.", Message(() => Dataset.Create<Line>(new int[4], new float[2])));
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

    /// <summary>One value in, two out, judged by a loss.</summary>
    private static NetworkDescription Judged(LossDescription loss) => new()
    {
        Name = "Judged",
        Inputs = [new InputDescription("input", [1])],
        Layers = [],
        Outputs = [new OutputDescription("output", 0, [2])],
        Targets = [new TargetDescription("target", 2, 0)],
        Losses = [loss],
        ParameterCount = 0,
        StatisticsCount = 0,
        ArchitectureHash = "",
    };

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
