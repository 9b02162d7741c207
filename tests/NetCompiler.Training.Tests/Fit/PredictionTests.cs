using Spectre.Console;
using Xunit;

namespace NetCompiler.Tests.Training.Fit;

/// <summary>A network of two inputs, one of them tokens, and two outputs.</summary>
[Network]
[Loss(Loss.SparseCategoricalCrossentropy, Output = "Kind")]
[Loss(Loss.MeanSquaredError, Output = "Price")]
internal sealed partial class Offers
{
    private static (Tensor Kind, Tensor Price) Forward([Input(3)] Tensor facts, [Tokens(4, Vocabulary = 9)] Tensor words)
    {
        Tensor seen = Tensor.Concat(facts, words.Embedding(5).Flatten()).Dense(8, Activation.Tanh);
        return (seen.Dense(3).Softmax(), seen.Dense(2));
    }
}

/// <summary>A network that is not trained by a loss of its own.</summary>
[Network]
[Input(2)]
[Dense(3, Activation = Activation.Tanh)]
internal sealed partial class WithoutLoss;

/// <summary>Predict over a data set.</summary>
[Collection("console")]
public sealed class PredictionTests
{
    // One more than a multiple of the kernels' 16 rows, in batches of 33 too: no thread may be left with a single row.
    private const int Count = 129;

    private static readonly float[] Facts = Draw(3 * Count);
    private static readonly int[] Words = [.. Enumerable.Range(0, 4 * Count).Select(i => i * 7 % 9)];
    private static readonly Dataset Data = Dataset.Create<Offers>(Facts, Words, Enumerable.Range(0, Count).Select(i => i % 3).ToArray(), Draw(2 * Count));
    private static readonly Offers Network = new(3);

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(50)]
    [InlineData(Count)]
    [InlineData(1000)]
    public void EveryOutput_IsWhatTheNetworkPredicts(int batchSize)
    {
        (float[] kind, float[] price) = Network.Predict(Facts, Words);
        float[][] predicted = Network.Predict(Data, batchSize);
        AssertClose([kind, price], predicted);
        Assert.Equal(predicted, Network.Predict(Data.Prefetch(), batchSize));
        foreach (int threads in new[] { 1, 2, 3, 100 })
        {
            Assert.Equal(predicted, Network.Predict(Data, batchSize, threads));
        }
    }

    [Fact]
    public void Samples_AreInTheOrderOfTheDataSet()
    {
        (float[] _, float[] price) = Network.Predict(Facts, Words);
        int[] order = [7, 128, 0, 7];
        AssertClose([[.. order.SelectMany(i => price[(2 * i)..((2 * i) + 2)])]], [Network.Predict(Data.Subset(order))[1]]);
    }

    [Fact]
    public void StreamOfUnknownLength_IsReadToItsEnd()
    {
        Dataset stream = Dataset.FromStream<Line, int>(Enumerable.Range(0, 300), static (item, sample) => sample.FloatInput()[0] = item);
        Line network = new(1);
        float[] weights = network.Values.ToArray();
        List<PredictionProgress> reports = [];
        float[][] outputs = network.Predict(stream, batchSize: 128, progress: new Reports(reports.Add));
        AssertClose([[.. Enumerable.Range(0, 300).Select(i => i * weights[0])]], outputs);
        Assert.Equal([(0, 0), (1, 0), (2, 0)], reports.Select(report => (report.Batch, report.Batches)));
        Assert.All(reports, report => Assert.Equal((0, TimeSpan.MaxValue), (report.Fraction, report.Remaining)));
        Dataset empty = Dataset.FromStream<Line, int>([], static (_, _) => { });
        Assert.Equal("The data to predict from has no sample.", Assert.Throws<InvalidDataException>(() => network.Predict(empty)).Message);
    }

    [Fact]
    public void Targets_AreNotLookedAtAndALossIsNotNeeded()
    {
        Dataset other = Dataset.Create<Offers>(Facts, Words, new int[Count], new float[2 * Count]).WithSampleWeights(new float[Count]);
        Assert.Equal(Network.Predict(Data), Network.Predict(other));
        float[] x = Draw(20);
        WithoutLoss network = new(1);
        AssertClose([network.Predict(x)], network.Predict(Dataset.Create<WithoutLoss>(x)));
    }

    [Fact]
    public void Progress_TellsOfEveryBatchWithTheTimeLeft()
    {
        List<PredictionProgress> reports = [];
        Network.Predict(Data, batchSize: 50, progress: new Reports(reports.Add));
        Assert.Equal([(0, 3), (1, 3), (2, 3)], reports.Select(report => (report.Batch, report.Batches)));
        Assert.True(reports[0].Remaining > TimeSpan.Zero);
        Assert.Equal((1, TimeSpan.Zero), (reports[2].Fraction, reports[2].Remaining));
    }

    [Fact]
    public void Cancellation_EndsAfterTheBatch()
    {
        using CancellationTokenSource source = new();
        int batches = 0;
        Reports reports = new(_ =>
        {
            batches++;
            source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => Network.Predict(Data, batchSize: 10, progress: reports, cancellationToken: source.Token));
        Assert.Equal(1, batches);
    }

    [Fact]
    public void BarWithTheTimeLeft_AppearsWhenPatienceEnds()
    {
        Assert.Equal("", Show(TimeSpan.FromHours(1)));
        string bar = Show(TimeSpan.Zero);
        Assert.Contains("predicting", bar, StringComparison.Ordinal);
        Assert.Matches(EvaluationTests.TimeLeft, bar);
    }

    [Fact]
    public void Lines_SayHowMany()
    {
        StringWriter lines = new();
        using PredictionRun run = new(Network, Data, 32, 1, null, default);
        run.Run(new WorkDisplay(null, lines, TimeSpan.Zero));
        Assert.Matches("^predicted 129  [0-9.]+ s\\s*$", lines.ToString());
    }

    [Fact]
    public void Mistakes_AreNamed()
    {
        Assert.Contains("made for another network than Line", Assert.Throws<ArgumentException>(() => new Line().Predict(Data)).Message, StringComparison.Ordinal);
        Assert.Contains("has no samples", Assert.Throws<ArgumentException>(() => Network.Predict(Data.Slice(0, 0))).Message, StringComparison.Ordinal);
        Assert.Equal("batchSize", Assert.Throws<ArgumentOutOfRangeException>(() => Network.Predict(Data, batchSize: 0)).ParamName);
        Assert.Equal("threads", Assert.Throws<ArgumentOutOfRangeException>(() => Network.Predict(Data, threads: -1)).ParamName);
        Assert.Equal("verbosity", Assert.Throws<ArgumentOutOfRangeException>(() => Network.Predict(Data, verbosity: (Verbosity)7)).ParamName);
    }

    private static string Show(TimeSpan patience)
    {
        StringWriter output = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(TextWriter.Synchronized(output)) });
        using PredictionRun run = new(Network, Data, 10, 1, null, default);
        AssertClose(Network.Predict(Data), run.Run(new WorkDisplay(console, null, patience)));
        return output.ToString();
    }

    /// <summary>Batches of other sizes run through other kernels: the values agree up to rounding.</summary>
    private static void AssertClose(float[][] expected, float[][] actual)
    {
        Assert.Equal(expected.Select(values => values.Length), actual.Select(values => values.Length));
        Assert.All(expected.Zip(actual).SelectMany(pair => pair.First.Zip(pair.Second)), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    private static float[] Draw(int count)
    {
        Random random = new(count);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    private sealed class Reports(Action<PredictionProgress> tell) : IProgress<PredictionProgress>
    {
        public void Report(PredictionProgress value) => tell(value);
    }
}
