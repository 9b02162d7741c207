using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Training on several threads: the same bits for any number of them, work that really is shared, and none where it would not pay.</summary>
[Collection(NoParallel.Name)]
[Trait("Category", "Numeric")]
public sealed class ThreadedTrainingTests
{
    // Neither a multiple of the vector nor of any tile, and shares of unequal size.
    private const int Batch = 117;
    private const int Steps = 20;

    public static TheoryData<string> Networks => [nameof(ThreadedDense), nameof(ThreadedCnn), nameof(ThreadedWide), nameof(ThreadedRecurrence), nameof(ThreadedAttention)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Weights_AreTheSameBitsForOneTwoAndSevenThreads(string network)
    {
        float[] one = Train(network, threads: 1, out long shared);
        Assert.Equal(0, shared);
        foreach (int threads in new[] { 2, 7 })
        {
            Numbers.AssertSameBits($"weights of {network} after {Steps} steps on {threads} threads", one, Train(network, threads, out shared));
            Expect.True(Environment.ProcessorCount == 1 || shared > 0, $"{network} shared its work {shared} times in {Steps} steps.");
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void LossesAndGradients_AreTheSameBitsOnTwoThreads(string network) =>
        Numbers.AssertSameBits($"losses, outputs and gradients of {network}", Differentiate(network, threads: 1), Differentiate(network, threads: 2));

    [Fact]
    public void ForwardAndBackward_AreTheSameBitsOnTwoThreads()
    {
        Numbers.AssertSameBits("outputs and gradients", Differentiate(threads: 1, isTraining: true), Differentiate(threads: 2, isTraining: true));
        Numbers.AssertSameBits("outputs and gradients of inference", Differentiate(threads: 1, isTraining: false), Differentiate(threads: 2, isTraining: false));

        static float[] Differentiate(int threads, bool isTraining)
        {
            ThreadedCnn network = new(3);
            using ThreadedCnn.Training training = network.CreateTraining(Batch, threads);
            float[] outputs = new float[Batch * ThreadedCnn.OutputLength];
            training.Forward(Numbers.Normal(Batch * ThreadedCnn.InputLength, 3), outputs, isTraining);
            training.Backward(outputs, GradientTargets.Parameters | GradientTargets.Inputs);
            return [.. outputs, .. training.Gradients, .. training.InputGradients];
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Steps_AllocateNothing(string network)
    {
        using ITraining training = Begin(network, threads: 2);
        OptimizerState adam = new Adam(0.001).CreateState(training);
        for (int i = 0; i < 3; i++)
        {
            training.Step(Batch, adam);
        }

        long least = AllocatedBytes.Least(20, () => training.Step(Batch, adam));

        Expect.True(least < 4096, $"{least} bytes in 20 steps of {network} on two threads.");
    }

    [Fact]
    public void SmallWork_StaysOnTheCallersThread()
    {
        long before = Workers.SharedRuns;
        XorNetwork network = new(1);
        using XorNetwork.Training training = network.CreateTraining(512, threads: 2);
        OptimizerState adam = new Adam(0.001).CreateState(training);
        training.Step(Numbers.Normal(512 * 2, 1), Numbers.Normal(512, 2), adam);
        Assert.Equal(before, Workers.SharedRuns);
    }

    [Theory]
    [InlineData(16, false)]
    [InlineData(31, false)]
    [InlineData(32, true)]
    [InlineData(117, true)]
    public void Batches_AreSharedFromThirtyTwoSamplesOn(int samples, bool isShared)
    {
        ThreadedDense network = new(1);
        using ThreadedDense.Training training = network.CreateTraining(Batch, threads: 2);
        AssertShared(isShared, () => training.ComputeGradients(Numbers.Normal(samples * ThreadedDense.InputLength, 3), Numbers.Classes(samples, 10, 4)));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(24)]
    public void SmallBatchesOfImages_GiveTheSameBitsOnAnyThreads(int samples)
    {
        float[] Train(int threads)
        {
            ThreadedCnn network = new(3);
            using ThreadedCnn.Training training = network.CreateTraining(samples, threads);
            OptimizerState adam = new Adam(0.001).CreateState(training);
            for (int step = 0; step < 6; step++)
            {
                training.Step(Numbers.Normal(samples * ThreadedCnn.InputLength, 3 + step), Numbers.Classes(samples, 10, 4), adam);
            }

            return [.. network.Parameters, .. network.Weights.BatchNormalization1MovingMean.ToArray()];
        }

        float[] one = Train(1);
        foreach (int threads in new[] { 2, 3, 7 })
        {
            Numbers.AssertSameBits($"weights after 6 steps of {samples} images on {threads} threads", one, Train(threads));
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(7, true)]
    [InlineData(16, true)]
    public void Images_AreSharedOneByOne(int samples, bool isShared)
    {
        ThreadedCnn network = new(1);
        using ThreadedCnn.Training training = network.CreateTraining(Batch, threads: 2);
        AssertShared(isShared, () => training.ComputeGradients(Numbers.Normal(samples * ThreadedCnn.InputLength, 3), Numbers.Classes(samples, 10, 4)));
    }

    // On one core there is nobody to share with.
    private static void AssertShared(bool isShared, Action compute)
    {
        long before = Workers.SharedRuns;
        compute();
        Assert.Equal(isShared && Environment.ProcessorCount > 1, Workers.SharedRuns > before);
    }

    private static INetwork Create(string network) => network switch
    {
        nameof(ThreadedDense) => new ThreadedDense(3),
        nameof(ThreadedCnn) => new ThreadedCnn(3),
        nameof(ThreadedWide) => new ThreadedWide(3),
        nameof(ThreadedRecurrence) => new ThreadedRecurrence(3),
        _ => new ThreadedAttention(3),
    };

    private static ITraining Begin(string network, int threads)
    {
        ITraining training = Create(network).CreateTraining(Batch, threads);
        if (network is nameof(ThreadedDense) or nameof(ThreadedCnn) or nameof(ThreadedWide))
        {
            Numbers.Normal(training.FloatInput(0).Length, 5).CopyTo(training.FloatInput(0));
        }
        else
        {
            Numbers.Classes(training.TokenInput(0).Length, 300, 5).CopyTo(training.TokenInput(0));
        }

        Numbers.Classes(Batch, 10, 6).CopyTo(training.ClassTarget(0));
        return training;
    }

    private static float[] Train(string network, int threads, out long shared)
    {
        using ITraining training = Begin(network, threads);
        OptimizerState adam = new Adam(0.002).CreateState(training);
        long before = Workers.SharedRuns;
        for (int step = 0; step < Steps; step++)
        {
            training.Step(Batch, adam);
        }

        shared = Workers.SharedRuns - before;
        return [.. training.Network.Weights.SelectMany(weight => weight.ToArray())];
    }

    private static float[] Differentiate(string network, int threads)
    {
        using ITraining training = Begin(network, threads);
        float loss = training.ComputeLoss(Batch), other = training.ComputeGradients(Batch, GradientTargets.Parameters | GradientTargets.Inputs);
        float[] gradients = training.Gradients.ToArray();
        training.ComputeGradients(Batch, accumulate: true);
        return [loss, other, .. training.Output(0), .. gradients, .. training.Gradients];
    }
}
