using Xunit;

namespace NetCompiler.Tests.Training.Data;

/// <summary>Whatever samples come from, operations on them mean the same.</summary>
public sealed class DatasetCompositionTests
{
    private static readonly string[] Names = ["memory", "items", "stream", "counted stream", "asynchronous stream"];

    private static readonly float[] FirstTen = [.. Enumerable.Range(0, 10).Select(i => (float)i)];

    public static TheoryData<string> Sources => [.. Names];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Samples_AreReadInOrder_InEveryEpoch(string source)
    {
        Dataset data = Create(source, 10);
        Assert.Equal(["0:0:1:0 1:1:1:1 2:2:1:2 3:3:1:3", "4:4:1:4 5:5:1:5 6:6:1:6 7:7:1:7", "8:8:1:8 9:9:1:9"], NumberedLines.Batches(data, 4));
        Assert.Equal(FirstTen, NumberedLines.Read(data, epoch: 1));
        Assert.Equal(FirstTen[8..], NumberedLines.Read(data, firstBatch: 2));
        Assert.Empty(NumberedLines.Read(data, firstBatch: 3));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Map_ChangesSamplesWhenTheyAreRead(string source)
    {
        Dataset data = Create(source, 6).Map(sample =>
        {
            sample.FloatTarget()[0] += 100 * sample.Epoch;
            sample.Weight = sample.Position + 2;
        }).Skip(1).Take(3);

        // The function sees the number before the part was taken.
        Assert.Equal(["1:1:3:0 2:2:4:1 3:3:5:2"], NumberedLines.Batches(data, 4));
        Assert.Equal([101f, 102f, 103f], NumberedLines.Read(data, epoch: 1));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Parts_EndWhereTheDataEnds(string source)
    {
        Assert.Equal([8f, 9f], NumberedLines.Read(Create(source, 10).Skip(8).Take(5)));
        Assert.Empty(NumberedLines.Read(Create(source, 10).Skip(12)));
        Assert.Empty(NumberedLines.Read(Create(source, 10).Take(0)));
        Assert.Equal([3f, 4f], NumberedLines.Read(Create(source, 10).Slice(3, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(source, 10).Take(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(source, 10).Skip(-1));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Concatenate_ContinuesPositions(string source)
    {
        Dataset data = Create(source, 2).Concatenate(NumberedLines.InMemory(1), NumberedLines.Stream(2));
        Assert.Equal(["0:0:1:0 1:1:1:1 0:0:1:2 0:0:1:3 1:1:1:4"], NumberedLines.Batches(data, 8));
        Assert.False(data.HasRandomAccess);
        Assert.True(Create("memory", 2).Concatenate(Create("items", 3)).HasRandomAccess);
        Assert.Equal([0f, 1f, 0f, 1f, 2f], NumberedLines.Read(Create("memory", 2).Concatenate(Create("items", 3))));
        Assert.Contains("cannot follow", Assert.Throws<ArgumentException>(() => Create(source, 2).Concatenate(Dataset.Create<Flowers>(new float[4], new int[1]))).Message);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Shuffle_IsAFunctionOfTheSeed(string source)
    {
        float[] once = NumberedLines.Read(Create(source, 100).Shuffle(3, 30)), again = NumberedLines.Read(Create(source, 100).Shuffle(3, 30)), other = NumberedLines.Read(Create(source, 100).Shuffle(4, 30));
        Assert.Equal(once, again);
        Assert.NotEqual(once, other);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (float)i), once.Order());
        Assert.NotEqual(once.Order(), once);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Position_IsTheNumberInTheSetThatIsMapped(string source)
    {
        Dataset part = Create(source, 10).Skip(2).Take(6);
        Dataset[] sets = [part, part.Shuffle(1, 4), part.Shuffle(1, 4).Skip(1)];
        Assert.All(sets, set =>
        {
            List<int> positions = [];
            float[] read = NumberedLines.Read(set.Map(sample => positions.Add(sample.Position)));
            Assert.Equal(Enumerable.Range(0, read.Length), positions);
        });
    }

    [Fact]
    public void StreamsShuffle_ReachesAsFarAsItsBuffer_AnewInEveryEpoch()
    {
        Dataset data = NumberedLines.Stream(200).Shuffle(seed: 1, bufferSize: 10);
        float[] first = NumberedLines.Read(data), second = NumberedLines.Read(data, epoch: 1);
        Assert.NotEqual(first, second);
        Assert.Equal(second, NumberedLines.Read(data, epoch: 1));
        Assert.Equal(first.Order(), second.Order());

        // The i-th to leave is one of those that entered by then.
        Assert.All(Enumerable.Range(0, 200), i => Assert.True(first[i] < i + 10));

        Assert.True(first.Zip(first.Skip(1)).Count(pair => pair.Second != pair.First + 1) > 100);
        Assert.Equal(first[8..], NumberedLines.Read(data, batchSize: 4, firstBatch: 2));
        Assert.Equal(FirstTen, NumberedLines.Read(NumberedLines.Stream(10).Shuffle(1, bufferSize: 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Shuffle(1, 0));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Cache_HoldsTheSamplesInMemory_WithWeights(string source)
    {
        int calls = 0;
        Dataset data = Create(source, 700).Map(sample =>
        {
            calls++;
            sample.Weight = 2;
        }).Cache();
        Assert.Equal(700, calls);
        Assert.True(data.HasRandomAccess);
        Assert.Equal(700, data.Count);
        Assert.Equal(Enumerable.Range(0, 700).Select(i => (float)i), NumberedLines.Read(data));
        Assert.Equal(700, calls);
        Assert.Equal(["699:699:2:0"], NumberedLines.Batches(data.Subset(699), 1));
        Assert.Equal(10, data.KFold(10).Count);
    }

    [Fact]
    public void Stream_SaysWhatItCannotDo()
    {
        Dataset stream = NumberedLines.Stream(10), counted = NumberedLines.Stream(10, isCounted: true);
        Assert.Contains("not known before it is read", Assert.Throws<InvalidOperationException>(() => stream.Count).Message);
        Assert.Throws<InvalidOperationException>(() => stream.Split(0.5));
        foreach (Dataset data in new[] { stream, counted })
        {
            Assert.Contains("KFold needs samples in any order, but this data set is a stream", Assert.Throws<InvalidOperationException>(() => data.KFold(2)).Message);
            Assert.Throws<InvalidOperationException>(() => data.Subset(1));
            Assert.Throws<InvalidOperationException>(() => data.Split(0.5, seed: 1));
            Assert.Throws<InvalidOperationException>(() => data.WithSampleWeights(new float[10]));
            using ITraining training = new Line().CreateTraining(1);
            Assert.Throws<InvalidOperationException>(() => data.CopyBatch(training, [0]));
        }

        Assert.Equal(10, counted.Count);
        (Dataset first, Dataset last) = counted.Split(0.3);
        Assert.Equal((7, 3), (first.Count, last.Count));
        Assert.Equal([7f, 8f, 9f], NumberedLines.Read(last));
    }

    [Fact]
    public void StratifiedSplit_GivesEveryClassItsShare()
    {
        int[] classes = [.. Enumerable.Range(0, 103).Select(i => i < 60 ? 0 : i < 90 ? 1 : 2)];
        Dataset data = Dataset.Create<Flowers>(Enumerable.Range(0, 103 * 4).Select(i => (float)(i / 4)).ToArray(), classes);
        (Dataset train, Dataset test) = data.Split(0.2, seed: 3, stratified: true);
        Assert.Equal((83, 20), (train.Count, test.Count));
        int[] tested = ClassesOf(test), trained = ClassesOf(train);
        Assert.InRange(tested.Count(c => c == 0), 11, 13);
        Assert.InRange(tested.Count(c => c == 1), 5, 7);
        Assert.InRange(tested.Count(c => c == 2), 1, 4);
        Assert.Equal(classes.Order(), tested.Concat(trained).Order());
        Assert.NotEqual(tested.Order(), tested);
        Assert.Equal(tested, ClassesOf(data.Split(0.2, seed: 3, stratified: true).Test));
        Assert.Equal(20, data.Split(0.2, seed: 3).Test.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(0.001, seed: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(double.NaN, seed: 3));
    }

    [Fact]
    public void StratifiedFolds_SpreadEveryClassEvenly_AlsoThroughMap()
    {
        int[] classes = [.. Enumerable.Range(0, 50).Select(i => i % 10 == 0 ? 1 : 0)];
        Dataset data = Dataset.Create<Flowers>(new float[200], classes);
        foreach (Dataset folded in new[] { data, data.Map(sample => sample.Weight = 1), data.Concatenate(data.Take(0)) })
        {
            IReadOnlyList<(Dataset Train, Dataset Validation)> folds = folded.KFold(5, seed: 1, stratified: true);
            Assert.All(folds, fold => Assert.Equal((40, 10, 1), (fold.Train.Count, fold.Validation.Count, ClassesOf(fold.Validation).Sum())));
        }

        IReadOnlyList<(int[] Train, int[] Validation)> indices = KFold.Create(50, 5, 1, classes);
        Assert.Equal(Enumerable.Range(0, 50), indices.SelectMany(fold => fold.Validation).Order());
        Assert.All(indices, fold => Assert.Empty(fold.Train.Intersect(fold.Validation)));
        Assert.Contains("49 classes, but 50 samples", Assert.Throws<ArgumentException>(() => KFold.Create(50, 5, 1, classes[1..])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.KFold(51));
    }

    [Fact]
    public void Fit_IsTheSameOverMemoryItemsAndStreams()
    {
        float[] expected = Trained(NumberedLines.InMemory(50));
        foreach (string source in Names)
        {
            Assert.Equal(expected, Trained(Create(source, 50)));
            Assert.Equal(expected, Trained(Create(source, 50).Prefetch()));
        }

        float[] shuffled = Trained(NumberedLines.InMemory(50), shuffle: true);
        Assert.NotEqual(expected, shuffled);
        Assert.Equal(shuffled, Trained(NumberedLines.Items(50).Prefetch(3), shuffle: true));
    }

    [Fact]
    public void ClassWeights_CountInStreamsToo()
    {
        int[] classes = [.. Enumerable.Range(0, 30).Select(i => i % 3)];
        float[] inputs = [.. Enumerable.Range(0, 120).Select(i => (i * 7 % 11) / 11f)];
        FitOptions options = new() { Epochs = 2, BatchSize = 8, Shuffle = false, ClassWeights = new Dictionary<int, double> { [1] = 3, [2] = 0.5 }, Verbosity = Verbosity.Silent };
        Flowers memory = new(1), stream = new(1);
        memory.Fit(Dataset.Create<Flowers>(inputs, classes), options);
        stream.Fit(
            Dataset.FromStream<Flowers, int>(
                Enumerable.Range(0, 30),
                (i, sample) =>
                {
                    inputs.AsSpan(4 * i, 4).CopyTo(sample.FloatInput());
                    sample.ClassTarget()[0] = classes[i];
                }),
            options);
        Assert.Equal(memory.Values.ToArray(), stream.Values.ToArray());
    }

    [Fact]
    public void StreamOfUnknownLength_ValidatesAndEvaluates()
    {
        Line network = new(1);
        List<int> batches = [];
        FitOptions options = new() { Epochs = 2, BatchSize = 8, ValidationData = NumberedLines.Stream(5).Map(Small), Verbosity = Verbosity.Silent, Callbacks = [new BatchCounter(batches)] };
        History history = network.Fit(NumberedLines.Stream(20).Map(Small), options);
        Assert.Equal(2, history["val_loss"].Count);
        Assert.Equal([0, 0, 0, 3, 3, 3], batches);
        Evaluation evaluation = network.Evaluate(NumberedLines.Stream(5).Map(Small));
        Assert.Equal(5, evaluation.Count);
        Assert.Equal(network.Evaluate(NumberedLines.InMemory(5).Map(Small)).Loss, evaluation.Loss);
        Assert.Contains("has no sample", Assert.Throws<InvalidDataException>(() => network.Evaluate(NumberedLines.Stream(0))).Message);
        Assert.Contains("no sample in epoch 1", Assert.Throws<InvalidDataException>(() => network.Fit(NumberedLines.Stream(0), options)).Message);
    }

    private static void Small(Sample sample)
    {
        sample.FloatInput()[0] /= 20;
        sample.FloatInput()[1] /= 20;
        sample.FloatTarget()[0] /= 20;
    }

    private static float[] Trained(Dataset data, bool shuffle = false)
    {
        Line network = new(3);
        network.Fit(data.Map(Small), new FitOptions { Epochs = 3, BatchSize = 8, Shuffle = shuffle, Verbosity = Verbosity.Silent });
        return network.Values.ToArray();
    }

    private static Dataset Create(string source, int count) => source switch
    {
        "memory" => NumberedLines.InMemory(count),
        "items" => NumberedLines.Items(count),
        "stream" => NumberedLines.Stream(count),
        "counted stream" => NumberedLines.Stream(count, isCounted: true),
        _ => NumberedLines.AsyncStream(count),
    };

    private static int[] ClassesOf(Dataset data)
    {
        using ITraining training = new Flowers().CreateTraining(data.Count);
        data.CopyBatch(training, [.. Enumerable.Range(0, data.Count)]);
        return training.ClassTarget(0).ToArray();
    }

    private sealed class BatchCounter(List<int> batches) : Callback
    {
        public override void OnBatchEnd(FitContext context) => batches.Add(context.Batches);
    }
}
