using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>One seed, one result: to the bit between runs, after a resume, whatever the neighbours in a batch.</summary>
[Trait("Category", "Numeric")]
public sealed class DeterminismTests
{
    private const int Batch = 19;

    private static readonly float[] Inputs = Numbers.Normal(Batch * DroppingNetwork.InputLength, 5);
    private static readonly float[] Targets = OneHot(Numbers.Classes(Batch, 3, 6), 3);

    [Fact]
    public void TwoRunsOfOneSeed_GiveTheSameWeights()
    {
        float[] first = Train(seed: 3, threads: 1), second = Train(seed: 3, threads: 1), other = Train(seed: 4, threads: 1);
        Numbers.AssertSameBits("weights after 20 steps", first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void AnyNumberOfThreads_GivesTheSameWeights()
    {
        float[] one = Train(seed: 3, threads: 1);
        Numbers.AssertSameBits("weights on two threads", one, Train(seed: 3, threads: 2));
        Numbers.AssertSameBits("weights on all cores", one, Train(seed: 3, threads: 0));
    }

    [Fact]
    public void ResumedRun_GivesTheSameWeights()
    {
        float[] whole = Train(seed: 3, threads: 1);
        DroppingNetwork network = new(3);
        using MemoryStream file = new();
        long step;
        long optimizerSteps;
        float[][] slots;
        using (DroppingNetwork.Training training = network.CreateTraining(Batch, threads: 1))
        {
            OptimizerState state = new Adam(0.01).CreateState(training);
            Run(training, state, 8);
            (step, optimizerSteps, slots) = (training.StepIndex, state.Steps, [.. state.Slots.Select(slot => slot.ToArray())]);
            network.Save(file);
        }

        file.Position = 0;
        DroppingNetwork resumed = DroppingNetwork.Load(file);
        using DroppingNetwork.Training continued = resumed.CreateTraining(Batch, threads: 1, seed: 3);
        OptimizerState restored = new Adam(0.01).CreateState(continued);
        continued.StepIndex = step;
        restored.Steps = optimizerSteps;
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i].CopyTo(restored.Slots[i]);
        }

        Run(continued, restored, 12);
        Numbers.AssertSameBits("weights of the resumed run", whole, resumed.Parameters);
    }

    [Fact]
    public void DroppedValues_DependOnTheStepAndTheSeedOnly()
    {
        DroppingNetwork network = new(3);
        using DroppingNetwork.Training first = network.CreateTraining(Batch, threads: 1), second = network.CreateTraining(Batch + 40, threads: 1), other = network.CreateTraining(Batch, threads: 1, seed: 99);
        float[] a = Forward(first, 7), b = Forward(second, 7);
        Numbers.AssertSameBits("outputs of one step in buffers of another size", a, b);
        Assert.NotEqual(a, Forward(first, 8));
        Assert.NotEqual(a, Forward(other, 7));
        Numbers.AssertSameBits("outputs of the step repeated", a, Forward(first, 7));

        static float[] Forward(DroppingNetwork.Training training, long step)
        {
            float[] outputs = new float[Batch * 3];
            training.StepIndex = step;
            training.Forward(Inputs, outputs);
            Assert.Equal(step + 1, training.StepIndex);
            return outputs;
        }
    }

    [Fact]
    public void Inference_DropsNothing_AndCountsNoStep()
    {
        DroppingNetwork network = new(3);
        using DroppingNetwork.Training training = network.CreateTraining(Batch, threads: 1);
        float[] forward = new float[Batch * 3];
        training.Forward(Inputs, forward, training: false);
        training.Backward(forward);
        float loss = training.ComputeLoss(Inputs, Targets);
        Assert.Equal(0, training.StepIndex);
        Numbers.AssertClose("Forward without training", Array.ConvertAll(network.Predict(Inputs), value => (double)value), forward, 1e-5);
        Assert.Equal(loss, training.ComputeLoss(Inputs, Targets));
        Assert.Equal(DynamicNetwork.From<double>(network).ComputeLoss([Inputs], [Targets]), loss, 1e-5);
    }

    [Fact]
    public void Prediction_DoesNotDependOnNeighboursOrPlace()
    {
        const int Count = 67;
        DroppingNetwork network = new(3);
        float[] inputs = Numbers.Normal(Count * 23, 8), all = network.Predict(inputs);
        int[] order = [.. Enumerable.Range(0, Count)];
        new Random(4).Shuffle(order);
        float[] shuffled = network.Predict([.. order.SelectMany(i => inputs.Skip(i * 23).Take(23))]);
        for (int i = 0; i < Count; i++)
        {
            Numbers.AssertSameBits($"sample {order[i]} at place {i}", all.AsSpan(order[i] * 3, 3), shuffled.AsSpan(i * 3, 3));
        }
    }

    [Fact]
    public void Predictions_AgreeHoweverTheyAreSplit()
    {
        const int Count = 200;
        DroppingNetwork network = new(3);
        float[] inputs = Numbers.Normal(Count * 23, 8), all = network.Predict(inputs), singles = new float[Count * 3];
        for (int i = 0; i < Count; i++)
        {
            network.Predict(inputs.AsSpan(i * 23, 23), singles.AsSpan(i * 3, 3));
        }

        Numbers.AssertClose("a batch against single samples", Array.ConvertAll(singles, value => (double)value), all, 1e-5);
        for (int size = 2; size <= Count; size++)
        {
            float[] part = new float[size * 3];
            network.Predict(inputs.AsSpan(0, size * 23), part);
            Numbers.AssertSameBits($"the first {size} samples", all.AsSpan(0, size * 3), part);
            network.Predict(inputs.AsSpan((Count - size) * 23), part);
            Numbers.AssertSameBits($"the last {size} samples", all.AsSpan((Count - size) * 3), part);
        }

        float[] onThreads = new float[Count * 3];
        network.Predict(inputs, onThreads, threads: 2);
        Numbers.AssertSameBits("two threads", all, onThreads);
    }

    [Fact]
    public void LoopWrittenByHand_EqualsFit()
    {
        float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1], targets = [0, 1, 1, 0];
        XorNetwork fitted = new(7), byHand = new(7);
        fitted.Fit(Dataset.Create<XorNetwork>(inputs, targets), new FitOptions { Epochs = 60, BatchSize = 4, Shuffle = false, Optimizer = new Sgd(0.5), Verbosity = Verbosity.Silent, Threads = 1 });
        using XorNetwork.Training training = byHand.CreateTraining(4, threads: 1);
        for (int epoch = 0; epoch < 60; epoch++)
        {
            training.ComputeGradients(inputs, targets);
            Span<float> parameters = training.Parameters, gradients = training.Gradients;
            for (int i = 0; i < parameters.Length; i++)
            {
                parameters[i] = float.MultiplyAddEstimate(-0.5f, gradients[i], parameters[i]);
            }
        }

        Numbers.AssertSameBits("weights", fitted.Parameters, byHand.Parameters);
    }

    private static float[] Train(int seed, int threads)
    {
        DroppingNetwork network = new(3);
        using DroppingNetwork.Training training = network.CreateTraining(Batch, threads, seed);
        Run(training, new Adam(0.01).CreateState(training), 20);
        return network.Parameters.ToArray();
    }

    private static void Run(DroppingNetwork.Training training, OptimizerState state, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            training.Step(Inputs, Targets, state);
        }
    }

    private static float[] OneHot(int[] classes, int count)
    {
        float[] values = new float[classes.Length * count];
        for (int i = 0; i < classes.Length; i++)
        {
            values[(i * count) + classes[i]] = 1;
        }

        return values;
    }
}
