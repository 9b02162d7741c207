using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Layers whose weights are many: whole panels, and columns behind the last panel.</summary>
[Network]
[Input(600)]
[Dense(500, Activation = Activation.Relu)]
[Dense(320, Activation = Activation.Tanh)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class LargeDense;

/// <summary>The same as bfloat16.</summary>
[Network(Weights = WeightFormat.BFloat16)]
[Input(600)]
[Dense(500, Activation = Activation.Relu)]
[Dense(320, Activation = Activation.Tanh)]
[Dense(10)]
public partial class LargeNarrow;

/// <summary>A large layer behind convolutions and a normalization that is folded into it.</summary>
[Network]
[Input(14, 14, 3)]
[Conv2D(32, 3, Activation = Activation.Relu)]
[MaxPool2D(2)]
[Flatten]
[Dense(128, UseBias = false)]
[BatchNormalization]
[Activation(Activation.Relu)]
[Dense(4)]
public partial class LargeBehindImages;

/// <summary>Two inputs, one of them tokens, and two outputs that both come of large layers.</summary>
[Network]
public partial class LargePair
{
    private static (Tensor First, Tensor Second) Forward([Input(500)] Tensor features, [Tokens(4, Vocabulary = 9)] Tensor words)
    {
        Tensor x = Tensor.Concat(features, words.Embedding(3).Flatten());
        return (x.Dense(260), x.Dense(300, Activation.Sigmoid));
    }
}

/// <summary>As many weights as threads share.</summary>
[Network]
[Input(1024)]
[Dense(128)]
public partial class JustLarge;

/// <summary>A row less.</summary>
[Network]
[Input(1023)]
[Dense(128)]
public partial class NotLarge;

/// <summary>Rows of one image that threads share: pooled windows, a strided convolution, tiles in rows of blocks, and filters of a small image.</summary>
[Network]
[Input(40, 38, 3)]
[Conv2D(32, 5, Activation = Activation.Relu)]
[MaxPool2D(2)]
[Conv2D(64, 3, Activation = Activation.Relu)]
[BatchNormalization]
[Conv2D(48, 5, Strides = 2, Padding = Padding.Same)]
[Conv2D(128, 3, Strides = 2, Padding = Padding.Same)]
[Conv2D(256, 5, Padding = Padding.Same)]
[GlobalAveragePool2D]
[Dense(4)]
public partial class LargeImage;

/// <summary>The same of a sequence: strips of a convolution, and products of all its steps.</summary>
[Network]
[Input(250, 8)]
[Conv1D(48, 5, Activation = Activation.Relu)]
[Dense(72)]
[Gru(16)]
[Dense(4)]
public partial class LargeSequence;

/// <summary>One sample on several threads: the same bits for any number of them, work that really is shared where it pays, and nowhere else.</summary>
[Collection(NoParallel.Name)]
[Trait("Category", "Numeric")]
public sealed class SharedPredictionTests
{
    // So many that the choice between sharing and not has been made, and made again.
    private const int Calls = 100;

    [Fact]
    public void OneSample_HasTheSameBitsForAnyNumberOfThreads()
    {
        foreach (INetwork network in new INetwork[] { new LargeDense(1), new LargeNarrow(1), new LargeBehindImages(1), new LargeImage(1), new LargeSequence(1) })
        {
            Numbers.Randomize(network, seed: 2);
            float[] input = Numbers.Normal(network.Description.Inputs[0].Shape.Aggregate(1, (product, size) => product * size), 3), output = new float[network.Description.Outputs[0].Shape[^1]];
            float[] expected = [.. output];
            network.Predict([input], [expected], threads: 1);
            Assert.Contains(expected, value => value != 0);
            foreach (int threads in new[] { 2, 3, 7, 0 })
            {
                for (int call = 0; call < Calls; call++)
                {
                    Array.Fill(output, float.NaN);
                    network.Predict([input], [output], threads);
                    Numbers.AssertSameBits($"{network.GetType().Name}, {threads} threads", expected, output);
                }
            }
        }
    }

    [Fact]
    public void SeveralInputsAndOutputs_HaveTheSameBits_AndErrorsLeaveThemAlone()
    {
        LargePair network = new(1);
        float[] features = Numbers.Normal(500, 1), first = new float[260], second = new float[300], firstShared = new float[260], secondShared = new float[300];
        int[] words = [8, 0, 3, 3];
        network.Predict(features, words, first, second);
        for (int call = 0; call < Calls; call++)
        {
            network.Predict(features, words, firstShared, secondShared, threads: 2);
            Numbers.AssertSameBits("first output", first, firstShared);
            Numbers.AssertSameBits("second output", second, secondShared);
            Array.Fill(firstShared, 7);
            Assert.Throws<ArgumentOutOfRangeException>(() => network.Predict(features, [8, 9, 3, 3], firstShared, secondShared, threads: 2));
            Assert.Throws<ArgumentException>(() => network.Predict(features, words, features.AsSpan(0, 260), secondShared, threads: 2));
            Assert.All(firstShared, value => Assert.Equal(7, value));
        }
    }

    [Fact]
    public void Sharing_BeginsWhereItPays()
    {
        Assert.Equal(Environment.ProcessorCount > 1, SharesOne(new JustLarge(1), threads: 2));
        Assert.Equal(Environment.ProcessorCount > 1, SharesOne(new JustLarge(1), threads: 0));
        Assert.False(SharesOne(new JustLarge(1), threads: 1), "On one thread.");
        Assert.False(SharesOne(new NotLarge(1), threads: 2), "A row less.");

        static bool SharesOne(INetwork network, int threads)
        {
            long before = Workers.SharedRuns;
            network.Predict([new float[network.Description.Inputs[0].Shape[0]]], [new float[128]], threads);
            return Workers.SharedRuns > before;
        }
    }

    [Fact]
    public void LargeImagesAndSequences_AreShared()
    {
        foreach (INetwork network in new INetwork[] { new LargeImage(1), new LargeSequence(1) })
        {
            long before = Workers.SharedRuns;
            network.Predict([new float[network.Description.Inputs[0].Length]], [new float[4]], threads: 2);
            Assert.Equal(Environment.ProcessorCount > 1, Workers.SharedRuns > before + 1);
        }
    }

    [Fact]
    public void OneSample_FollowsTheWeights()
    {
        LargeBehindImages network = new(1), other = new(2);
        float[] input = Numbers.Normal(LargeBehindImages.InputLength, 1), alone = new float[4], shared = new float[4];
        for (int round = 0; round < 10; round++)
        {
            network.CopyParametersFrom(other, 0.3);
            network.Predict(input, shared, threads: 2);
            network.Predict(input, alone);
            Numbers.AssertSameBits("after a change of the weights", alone, shared);
        }
    }

    [Fact]
    public void ConcurrentCallers_GetTheSameBits()
    {
        LargeDense network = new(1);
        float[] input = Numbers.Normal(600, 1), expected = network.Predict(input);
        Parallel.For(0, 8, _ =>
        {
            float[] output = new float[10];
            for (int call = 0; call < Calls; call++)
            {
                network.Predict(input, output, threads: 2);
                Numbers.AssertSameBits("concurrent callers", expected, output);
            }
        });
    }

    [Fact]
    public void OneSample_AllocatesNothing()
    {
        LargeDense network = new(1);
        float[] input = Numbers.Normal(600, 1), output = new float[10];
        for (int call = 0; call < 3; call++)
        {
            network.Predict(input, output, threads: 2);
        }

        long least = AllocatedBytes.Least(Calls, () => network.Predict(input, output, threads: 2));
        Expect.True(least < 4096, $"{least} bytes in {Calls} predictions.");
    }

    // Who finds the network's work taken computes alone.
    [Theory]
    [InlineData(1, 3000)]
    [InlineData(20, 500)]
    public void TwoCallersAtOnce_AllocateNothing(int samples, int calls)
    {
        var network = new LargeDense(3);
        float[] input = Numbers.Normal(samples * LargeDense.InputLength, 5), expected = new float[samples * LargeDense.OutputLength];
        network.Predict(input, expected);
        using var together = new Barrier(2);
        int[] allocating = new int[2];
        Thread[] callers = [.. Enumerable.Range(0, 2).Select(caller => new Thread(() =>
        {
            float[] output = new float[expected.Length];
            for (int call = 0; call < 20; call++)
            {
                network.Predict(input, output, 2);
            }

            together.SignalAndWait();
            for (int call = 0; call < calls; call++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                network.Predict(input, output, 2);
                allocating[caller] += GC.GetAllocatedBytesForCurrentThread() > before ? 1 : 0;
            }

            Numbers.AssertSameBits("outputs", expected, output);
        }))];
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());

        // A pool of scratch may grow once more.
        Expect.True(allocating.Sum() <= 2, $"{allocating[0]} and {allocating[1]} of {calls} calls each allocated.");
    }
}
