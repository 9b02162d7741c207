using NetCompiler.Tests.Training.Fit;
using NetCompiler.Tests.Training.Search;
using Xunit;

namespace NetCompiler.Tests.Training.Data;

/// <summary>Passes over whole data, outside of a training, tell how far they are and can be canceled.</summary>
public sealed class DataProgressTests
{
    private const int Count = 700;

    private static readonly string[] Texts = [.. Enumerable.Range(0, Count).Select(i => $"word{i % 7} word")];

    [Fact]
    public void Cache_TellsOfTheSamplesAndTheTimeLeft()
    {
        List<DataProgress> told = [];
        Dataset cached = FitTests.LineData(Count).Map(static sample => sample.FloatTarget()[0] *= 2).Cache(new Told<DataProgress>(told.Add));
        Assert.Equal(Count, cached.Count);
        AssertTold(told, Count);
    }

    [Fact]
    public void CacheOfAStream_TellsOfItsEnd()
    {
        List<DataProgress> told = [];
        Dataset.FromStream<Line, int>(Enumerable.Range(0, Count), static (item, sample) => sample.FloatInput()[0] = item).Cache(new Told<DataProgress>(told.Add));
        Assert.True(told.Count > 2);
        Assert.All(told.SkipLast(1), progress => Assert.Equal((null, 0, TimeSpan.MaxValue), (progress.Count, progress.Fraction, progress.Remaining)));
        Assert.Equal((Count, Count, 1, TimeSpan.Zero), (told[^1].Done, told[^1].Count, told[^1].Fraction, told[^1].Remaining));
        told.Clear();
        Dataset.FromStream<Line, int>([], static (_, _) => { }).Cache(new Told<DataProgress>(told.Add));
        Assert.Equal((0, 0, 1), (told[0].Done, told[0].Count, Assert.Single(told).Fraction));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cache_IsCanceledAmongFewSamples(bool isStream)
    {
        using CancellationTokenSource source = new();
        int read = 0;
        Dataset data = isStream
            ? Dataset.FromStream<Line, int>(Enumerable.Range(0, Count), (_, _) => CancelAt(100))
            : FitTests.LineData(Count).Map(_ => CancelAt(100));
        Assert.Throws<OperationCanceledException>(() => data.Cache(cancellationToken: source.Token));
        Assert.InRange(read, 100, 132);

        void CancelAt(int sample)
        {
            if (++read == sample)
            {
                source.Cancel();
            }
        }
    }

    [Fact]
    public void StratifiedParts_TellOfTheClassesThatAreRead()
    {
        Dataset data = Dataset.Create<Flowers>(new float[4 * Count], Enumerable.Range(0, Count).Select(i => i % 3).ToArray());
        List<DataProgress> told = [];
        data.Split(0.5, seed: 1, stratified: true, new Told<DataProgress>(told.Add));
        AssertTold(told, Count);
        told.Clear();
        data.KFold(3, stratified: true, progress: new Told<DataProgress>(told.Add));
        AssertTold(told, Count);
        told.Clear();
        data.KFold(3, progress: new Told<DataProgress>(told.Add));
        Assert.Empty(told);
        AssertCanceled((progress, token) => data.Split(0.5, 1, stratified: true, progress, token));
        AssertCanceled((progress, token) => data.KFold(3, 1, stratified: true, progress, token));
    }

    [Fact]
    public void Vocabulary_TellsOfTheTexts()
    {
        List<DataProgress> told = [];
        Assert.Equal(10, Vocabulary.Build(Texts, progress: new Told<DataProgress>(told.Add)).Size);
        AssertTold(told, Count);
        told.Clear();
        Vocabulary.Build(Texts.Where(text => text.Length > 0), progress: new Told<DataProgress>(told.Add));
        Assert.Equal([(256, null), (512, null), (Count, Count)], told.Select(progress => (progress.Done, progress.Count)));
        AssertCanceled((progress, token) => Vocabulary.Build(Texts, progress: progress, cancellationToken: token));
    }

    [Fact]
    public void Pipeline_TellsOfTheValuesAfterEachColumn()
    {
        using StringReader text = new("age,kind,weight\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"{i},{(i % 2 == 0 ? "a" : "b")},{i * 3}\n")));
        CsvTable table = CsvTable.Read(text);
        TableFeature[] features = [new NumberFeature("age"), new NumberFeature("weight")];
        TableTarget target = TableTarget.Class("kind");
        TablePipeline pipeline = TablePipeline.Fit(table, features, target);
        AssertColumns(3, (progress, token) => TablePipeline.Fit(table, features, target, progress, token));
        AssertColumns(2, (progress, token) => TablePipeline.Fit(table, features, null, progress, token));
        AssertColumns(2, (progress, token) => pipeline.Encode(table, progress, token));
        AssertColumns(3, (progress, token) => pipeline.CreateDataset<OfTwo>(table, progress, token));
        AssertColumns(3, (progress, token) => pipeline.CreateDataset(OfTwo.Description, table, progress, token));
        Person[] people = [.. Enumerable.Range(0, 10).Select(i => new Person(i, i * 3, i % 2 == 0 ? "a" : "b"))];
        TablePipeline ofRecords = TablePipeline.Fit<Person>(people);
        AssertColumns(3, (progress, token) => TablePipeline.Fit<Person>(people, progress, token));
        AssertColumns(2, (progress, token) => ofRecords.EncodeRecords<Person>(people, progress, token));
        AssertColumns(3, (progress, token) => ofRecords.CreateDataset<OfTwo, Person>(people, progress, token));
    }

    /// <summary>Every column is told of, and the pass can be canceled after the first.</summary>
    private static void AssertColumns(int columns, Action<IProgress<DataProgress>?, CancellationToken> pass)
    {
        List<DataProgress> told = [];
        pass(new Told<DataProgress>(told.Add), default);
        Assert.Equal(Enumerable.Range(1, columns).Select(column => (10L * column, (long?)10 * columns)), told.Select(progress => (progress.Done, progress.Count)));
        AssertCanceled(pass);
    }

    private static void AssertTold(List<DataProgress> told, int count)
    {
        Assert.True(told.Count > 2, $"{told.Count}");
        Assert.All(told, progress => Assert.Equal(count, progress.Count));
        Assert.Equal(told.Select(progress => progress.Done).Distinct().Order(), told.Select(progress => progress.Done));
        Assert.All(told.SkipLast(1), progress => Assert.True(progress.Remaining > TimeSpan.Zero && progress.Remaining < TimeSpan.MaxValue, $"{progress}"));
        Assert.Equal((count, 1, TimeSpan.Zero), (told[^1].Done, told[^1].Fraction, told[^1].Remaining));
    }

    private static void AssertCanceled(Action<IProgress<DataProgress>?, CancellationToken> pass)
    {
        using CancellationTokenSource source = new();
        int reports = 0;
        Told<DataProgress> cancel = new(_ =>
        {
            reports++;
            source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => pass(cancel, source.Token));
        Assert.Equal(1, reports);
    }

    private sealed record Person([property: Feature] double Age, [property: Feature] double Weight, [property: Target] string Kind);
}

/// <summary>Two numbers in, one of two classes out.</summary>
[Network]
[Input(2)]
[Dense(2, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
internal sealed partial class OfTwo;
