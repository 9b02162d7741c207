using NetCompiler.Tests.Training.Fit.Checkpoints;
using Xunit;

namespace NetCompiler.Tests.Training.Fit;

/// <summary>The tests that count how often work is shared, which is one figure for the whole process.</summary>
[CollectionDefinition("threads", DisableParallelization = true)]
public sealed class ThreadsCollection;

/// <summary>Work that is worth sharing: statistics of the batch, random numbers, a product whose parameters are many.</summary>
[Network]
[Input(12, 12, 2)]
[Conv2D(24, 3, Activation = Activation.Relu)]
[BatchNormalization]
[MaxPool2D(2)]
[Flatten]
[Dropout(0.25)]
[Dense(128, Activation = Activation.Tanh)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
internal sealed partial class Busy;

[Collection("threads")]
public sealed class ThreadTests
{
    // Neither a whole number of batches nor of vectors: the last batch has 53.
    private const int Samples = (3 * 117) + 53;
    private const int Batch = 117;

    private static readonly Dataset Data = Draw();

    [Fact]
    public void OneAndTwoThreads_GiveTheSameFigures()
    {
        string alone = Train(threads: 1, out long trained, out long evaluated);
        Assert.Equal((0, 0), (trained, evaluated));
        foreach (int threads in new[] { 2, 0 })
        {
            Assert.Equal(alone, Train(threads, out trained, out evaluated));

            // The first steps are shared wherever there is more than one processor; later ones by what took less time.
            Assert.Equal((Environment.ProcessorCount > 1, Environment.ProcessorCount > 1), (trained > 0, evaluated > 0));
        }
    }

    [Fact]
    public async Task TrainingsSideBySide_GiveTheFiguresOfOneAlone()
    {
        string alone = Train(threads: 1, out _, out _);
        string[] together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Train(threads: 2, out long _, out long _))));
        Assert.All(together, result => Assert.Equal(alone, result));
    }

    private static string Train(int threads, out long trained, out long evaluated)
    {
        Busy network = new(5);
        long before = Workers.SharedRuns;
        History history = network.Fit(Data, new FitOptions { Epochs = 3, BatchSize = Batch, Threads = threads, ValidationSplit = 0.2, Verbosity = Verbosity.Silent });
        trained = Workers.SharedRuns - before;
        Evaluation evaluation = network.Evaluate(Data, threads: threads);
        evaluated = Workers.SharedRuns - before - trained;
        return $"{KindsRun.Describe(network, history)} {evaluation.Loss:R} {evaluation.Accuracy:R}";
    }

    private static Dataset Draw()
    {
        Random random = new(3);
        int[] classes = [.. Enumerable.Range(0, Samples).Select(i => i % Busy.OutputLength)];
        float[] images = [.. classes.SelectMany(digit => Enumerable.Range(0, Busy.InputLength).Select(pixel => random.NextSingle() + (pixel % 11 == digit ? 0.5f : 0)))];
        return Dataset.Create<Busy>(images, classes);
    }
}
