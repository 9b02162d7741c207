using NetCompiler.Tests.Training.Fit.Checkpoints;
using NetCompiler.Tests.Training.Search;
using Xunit;

namespace NetCompiler.Tests.Training.Fit;

/// <summary>The pieces of Fit, used by hand.</summary>
public sealed class CustomLoopTests
{
    [Fact]
    public void BatchesStepsAndMetrics_GiveTheBitsOfFit()
    {
        (Dataset train, Dataset validation) = KindsRun.Data.Split(0.2);
        ImageAugmentation augmentation = new() { HorizontalFlip = true };
        Kinds fitted = KindsRun.Network(), looped = KindsRun.Network();
        History history = fitted.Fit(train, new FitOptions { Epochs = 3, BatchSize = 16, ValidationData = validation, Transforms = [augmentation] });
        using Kinds.Training training = looped.CreateTraining(16);
        OptimizerState optimizer = new Adam().CreateState(training);
        MetricSet metrics = new(looped);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            metrics.Reset();
            foreach (int count in train.Batches(training, KindsRun.Seed, epoch, transforms: [augmentation]))
            {
                metrics.Add(training, count, ((ITraining)training).Step(count, optimizer));
            }

            Assert.Equal((history["loss"][epoch], history["accuracy"][epoch]), (metrics.Loss, metrics["accuracy"]));
            Evaluation evaluation = training.Evaluate(validation);
            Assert.Equal((history["val_loss"][epoch], history["val_accuracy"][epoch]), (evaluation.Loss, evaluation.Accuracy));
        }

        Assert.Equal(fitted.Parameters.ToArray(), looped.Parameters.ToArray());
    }

    [Fact]
    public void Batches_CoverEverySampleOnceAndKeepTheOrderWithoutASeed()
    {
        Dataset data = Dataset.Create<Line>(Enumerable.Range(0, 40).Select(i => (float)i).ToArray(), new float[20]);
        using ITraining training = new Line().CreateTraining(8);
        Assert.Equal([8, 8, 4], Read(data.Batches(training), out List<float> inOrder));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => 2f * i), inOrder);
        Read(data.Batches(training, seed: 1, epoch: 0), out List<float> first);
        Read(data.Batches(training, seed: 1, epoch: 1), out List<float> second);
        Assert.Equal(inOrder, first.Order());
        Assert.Equal(inOrder, second.Order());
        Assert.NotEqual(first, second);
        Read(data.Batches(training, seed: 1, epoch: 1, shuffle: false), out List<float> plain);
        Assert.Equal(inOrder, plain);
        Assert.Equal(3, data.Batches(training).Count);

        List<int> Read(BatchSequence batches, out List<float> seen)
        {
            List<int> counts = [];
            seen = [];
            foreach (int count in batches)
            {
                counts.Add(count);
                for (int i = 0; i < count; i++)
                {
                    seen.Add(training.FloatInput(0)[2 * i]);
                }
            }

            return counts;
        }
    }

    [Fact]
    public void PassThatGoesOn_GivesTheBatchesThatAreLeft()
    {
        Dataset data = Dataset.Create<Line>(Enumerable.Range(0, 40).Select(i => (float)i).ToArray(), new float[20]);
        using ITraining training = new Line().CreateTraining(8);
        List<float> Read(int firstBatch)
        {
            List<float> seen = [];
            foreach (int count in data.Batches(training, seed: 1, epoch: 2, firstBatch: firstBatch))
            {
                seen.AddRange(Enumerable.Range(0, count).Select(i => training.FloatInput(0)[2 * i]));
            }

            return seen;
        }

        Assert.Equal(Read(0)[8..], Read(1));
        Assert.Equal(Read(0)[16..], Read(2));
        Assert.Empty(Read(3));
        Assert.Equal(3, data.Batches(training, seed: 1, epoch: 2, firstBatch: 1).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Batches(training, 1, 0, firstBatch: -1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cancellation_EndsAPassBetweenTwoBatches(bool shuffled)
    {
        Dataset data = FitTests.LineData(40);
        using ITraining training = new Line().CreateTraining(8);
        using CancellationTokenSource source = new();
        int batches = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (int count in shuffled ? data.Batches(training, 1, 0, cancellationToken: source.Token) : data.Batches(training, source.Token))
            {
                if (++batches == 2)
                {
                    source.Cancel();
                }
            }
        });
        Assert.Equal(2, batches);
    }

    [Fact]
    public void Evaluation_TellsOfEveryBatchAndIsCanceled()
    {
        using ITraining training = new Line().CreateTraining(8);
        using CancellationTokenSource source = new();
        List<EvaluationProgress> reports = [];
        Evaluation evaluation = training.Evaluate(FitTests.LineData(20), progress: new Told<EvaluationProgress>(reports.Add));
        Assert.Equal([(0, 3), (1, 3), (2, 3)], reports.Select(report => (report.Batch, report.Batches)));
        Assert.Equal((evaluation.Loss, 1.0, TimeSpan.Zero), (reports[2].Loss, reports[2].Fraction, reports[2].Remaining));
        Assert.True(reports[0].Remaining > TimeSpan.Zero);
        Told<EvaluationProgress> cancel = new(_ => source.Cancel());
        Assert.Throws<OperationCanceledException>(() => training.Evaluate(FitTests.LineData(20), progress: cancel, cancellationToken: source.Token));
    }

    [Fact]
    public void FitWithoutShuffling_TakesTheDataInItsOrder()
    {
        Line fitted = new(1), looped = new(1);
        Dataset data = FitTests.LineData(50);
        fitted.Fit(data, new FitOptions { Optimizer = new Sgd(0.1), Shuffle = false, BatchSize = 8 });
        using ITraining training = looped.CreateTraining(8);
        OptimizerState optimizer = new Sgd(0.1).CreateState(training);
        foreach (int count in data.Batches(training))
        {
            training.Step(count, optimizer);
        }

        Assert.Equal(fitted.Values.ToArray(), looped.Values.ToArray());
        Line shuffled = new(1);
        shuffled.Fit(data, new FitOptions { Optimizer = new Sgd(0.1), BatchSize = 8 });
        Assert.NotEqual(fitted.Values.ToArray(), shuffled.Values.ToArray());
    }

    [Fact]
    public void BatchesWithoutWeights_ForgetThoseOfOthers()
    {
        Dataset data = FitTests.LineData(8);
        using ITraining training = new Line().CreateTraining(8);
        foreach (int count in data.WithSampleWeights(Enumerable.Repeat(3f, 8).ToArray()).Batches(training))
        {
            Assert.Equal(3f, training.SampleWeights[0]);
        }

        foreach (int count in data.Batches(training))
        {
            Assert.Equal(1f, training.SampleWeights[0]);
        }
    }

    [Fact]
    public void Mistakes_AreNamed()
    {
        using ITraining training = new Line().CreateTraining(8);
        Assert.Contains("made for another network than Line", Assert.Throws<ArgumentException>(() => KindsRun.Data.Batches(training)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => FitTests.LineData(8).Batches(training, 1, epoch: -1));
        Assert.Throws<ArgumentException>(() => training.Evaluate(FitTests.LineData(8).Slice(0, 0)));
        MetricSet metrics = new(new Line());
        Assert.Equal("There is no metric \"f1\"; there are loss, mae.", Assert.Throws<KeyNotFoundException>(() => metrics["f1"]).Message.Trim('\''));
        Assert.True(double.IsNaN(metrics.Loss));
    }
}
