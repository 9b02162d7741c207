using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Zero bytes per call after the first, counted over all threads of the process.</summary>
[Collection(NoParallel.Name)]
[Trait("Category", "Numeric")]
public sealed class AllocationTests
{
    private const int Samples = 32;

    // What the runtime itself may allocate beside us in a counted stretch (a tiering thread, a timer): far below one object per call.
    private const long Noise = 4096;

    private readonly float[] _images = Numbers.Normal(Samples * DigitsNetwork.InputLength, 1);
    private readonly int[] _labels = Numbers.Classes(Samples, 10, 2);
    private readonly float[] _weights = [.. Enumerable.Repeat(0.5f, Samples)];

    [Fact]
    public void Predict_AllocatesNothing_OnTheStackOrFromThePool()
    {
        XorNetwork small = new(1);
        DigitsNetwork large = new(1);
        float[] one = new float[1], ten = new float[10], four = new float[4], many = new float[Samples * 10];
        AssertAllocatesNothing("Predict of a small network", () => small.Predict([0, 1], one));
        AssertAllocatesNothing("Predict of a small batch", () => small.Predict([0, 1, 1, 0, 1, 1, 0, 0], four));
        AssertAllocatesNothing("Predict of a large network", () => large.Predict(_images.AsSpan(0, 784), ten));
        AssertAllocatesNothing("Predict of a large batch", () => large.Predict(_images, many));
        AssertAllocatesNothing("Predict on two threads", () => large.Predict(_images, many, threads: 2));
    }

    [Fact]
    public void Classify_AllocatesNothing()
    {
        DigitsNetwork network = new(1);
        int[] classes = new int[Samples];
        int sum = 0;
        AssertAllocatesNothing("Classify of one sample", () => sum += network.Classify(_images.AsSpan(0, 784)));
        AssertAllocatesNothing("Classify of a batch", () => network.Classify(_images, classes));
        Assert.True(sum >= 0);
    }

    [Fact]
    public void Training_AllocatesNothing()
    {
        DigitsNetwork network = new(1);
        using DigitsNetwork.Training training = network.CreateTraining(Samples);
        float[] outputs = new float[Samples * 10];
        AssertAllocatesNothing("ComputeGradients", () => training.ComputeGradients(_images, _labels, GradientTargets.Parameters | GradientTargets.Inputs, accumulate: false, _weights));
        AssertAllocatesNothing("ComputeLoss", () => training.ComputeLoss(_images, _labels, _weights));
        AssertAllocatesNothing("Forward", () => training.Forward(_images, outputs));
        AssertAllocatesNothing("Backward", () => training.Backward(outputs, GradientTargets.Parameters | GradientTargets.Inputs, accumulate: true));
        foreach (Optimizer optimizer in new Optimizer[] { new Sgd(0.01), new Adam(0.001) { ClipNorm = 1 }, new RmsProp(0.001), new Adagrad(0.01), new AdamW(0.001), new Nadam(0.001), new Lion(0.0001) })
        {
            OptimizerState state = optimizer.CreateState(training);
            AssertAllocatesNothing($"Step with {optimizer.GetType().Name}", () => training.Step(_images, _labels, state));
            AssertAllocatesNothing($"Update of {optimizer.GetType().Name}", () => state.Update(training.Parameters, training.Gradients));
        }
    }

    [Fact]
    public void RecurrentNetworks_AllocateNothing()
    {
        RecurrentNetwork network = new(1);
        using RecurrentNetwork.Training training = network.CreateTraining(Samples);
        float[] input = Numbers.Normal(Samples * RecurrentNetwork.InputLength, 3), output = new float[Samples], targets = new float[Samples];
        OptimizerState state = new Adam(0.001).CreateState(training);
        AssertAllocatesNothing("Predict of one sequence", () => network.Predict(input.AsSpan(0, RecurrentNetwork.InputLength), output.AsSpan(0, 1)));
        AssertAllocatesNothing("Predict of a batch of sequences", () => network.Predict(input, output));
        AssertAllocatesNothing("a step on sequences", () => training.Step(input, targets, state));
        AssertAllocatesNothing("gradients of sequences", () => training.ComputeGradients(input, targets, GradientTargets.Parameters | GradientTargets.Inputs));
    }

    [Fact]
    public void NarrowNetworks_AllocateNothing_WhenTheWeightsChangeToo()
    {
        NarrowNetwork network = new(1);
        NarrowStepNetwork recurrent = new(1);
        float[] input = Numbers.Normal(Samples * NarrowNetwork.InputLength, 3), output = new float[Samples * NarrowNetwork.OutputLength], bias = new float[80];
        float[] sequence = Numbers.Normal(NarrowStepNetwork.InputLength, 4), steps = new float[NarrowStepNetwork.OutputLength], state = new float[NarrowStepNetwork.StateLength];
        AssertAllocatesNothing("Predict of one sample", () => network.Predict(input.AsSpan(0, NarrowNetwork.InputLength), output.AsSpan(0, NarrowNetwork.OutputLength)));
        AssertAllocatesNothing("Predict of a batch", () => network.Predict(input, output));
        AssertAllocatesNothing("Predict of a sequence", () => recurrent.Predict(sequence, steps));
        AssertAllocatesNothing("PredictNext", () => recurrent.PredictNext(sequence.AsSpan(0, 90), state, steps.AsSpan(0, 3)));
        WeightView view = network.Weights["dense1.bias"];
        AssertAllocatesNothing("Predict with new weights", () =>
        {
            view.CopyFrom(bias);
            network.Predict(input, output);
        });
    }

    [Fact]
    public void IntegerNetworks_AllocateNothing_WhenTheWeightsChangeToo()
    {
        Int8Network network = new(1);
        Int8StepNetwork recurrent = new(1);
        float[] input = Numbers.Normal(Samples * Int8Network.InputLength, 3), output = new float[Samples * Int8Network.OutputLength], bias = new float[80];
        float[] sequence = Numbers.Normal(Int8StepNetwork.InputLength, 4), steps = new float[Int8StepNetwork.OutputLength], state = new float[Int8StepNetwork.StateLength];
        AssertAllocatesNothing("Predict of one sample", () => network.Predict(input.AsSpan(0, Int8Network.InputLength), output.AsSpan(0, Int8Network.OutputLength)));
        AssertAllocatesNothing("Predict of a batch", () => network.Predict(input, output));
        AssertAllocatesNothing("Predict of a sequence", () => recurrent.Predict(sequence, steps));
        AssertAllocatesNothing("PredictNext", () => recurrent.PredictNext(sequence.AsSpan(0, 90), state, steps.AsSpan(0, 3)));
        WeightView view = network.Weights["dense1.bias"];
        network.Calibrate(input);
        AssertAllocatesNothing("Predict with new weights", () =>
        {
            view.CopyFrom(bias);
            network.Predict(input, output);
        });
    }

    [Fact]
    public void DatasetBatches_AllocateNothing()
    {
        DigitsNetwork network = new(1);
        using ITraining training = network.CreateTraining(Samples);
        Dataset data = Dataset.Create<DigitsNetwork>(_images, _labels).WithSampleWeights(_weights);
        OptimizerState state = new Adam(0.001).CreateState(training);
        int[] indices = [.. Enumerable.Range(0, Samples).Reverse()];
        AssertAllocatesNothing("a step of a data set's batch", () =>
        {
            data.CopyBatch(training, indices);
            training.Step(Samples, state);
        });
    }

    // Enough calls that one object per call stands out, few enough to be quick.
    private static void AssertAllocatesNothing(string what, Action call)
    {
        const int Calls = 200;
        for (int i = 0; i < 3; i++)
        {
            call();
        }

        long least = AllocatedBytes.Least(Calls, call);
        Expect.True(least < Noise, $"{what}: {least} bytes in {Calls} calls.");
    }
}
