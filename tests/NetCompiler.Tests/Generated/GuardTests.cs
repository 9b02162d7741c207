using System.Runtime.InteropServices;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Wrong calls of generated members say what is wrong and change nothing; calls from several threads are refused or right.</summary>
[Trait("Category", "Numeric")]
public sealed class GuardTests
{
    private readonly DigitsNetwork _network = new(1);
    private readonly float[] _images = Numbers.Normal(4 * 784, 1);

    [Fact]
    public void WrongLengths_AreNamed()
    {
        using DigitsNetwork.Training training = _network.CreateTraining(4, threads: 1);
        float[] before = _network.Parameters.ToArray();
        OptimizerState state = new Sgd(1).CreateState(training);
        AssertArgument("input", "783", () => _network.Predict(_images.AsSpan(0, 783), new float[10]));
        AssertArgument("output", "9", () => _network.Predict(_images.AsSpan(0, 784), Values(9)));
        AssertArgument("output", "30", () => _network.Predict(_images, Values(30)));
        AssertArgument("classes", "3", () => _network.Classify(_images, new int[3]));
        AssertArgument("target", "3", () => training.Step(_images, [1, 2, 3], state));
        AssertArgument("sampleWeights", "2", () => training.Step(_images, [1, 2, 3, 4], state, Values(2)));
        AssertArgument("input", "5", () => training.ComputeGradients(new float[5 * 784], new int[5]));
        AssertArgument("output", "39", () => training.Forward(_images, Values(39)));
        training.Forward(_images, new float[40]);
        AssertArgument("outputGradients", "39", () => training.Backward(Values(39)));
        Numbers.AssertSameBits("weights", before, _network.Parameters);
        Assert.Equal(1, training.StepIndex);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    [InlineData(int.MinValue)]
    public void LabelsOutsideTheClasses_AreRefusedBeforeAnythingIsComputed(int label)
    {
        using DigitsNetwork.Training training = _network.CreateTraining(4, threads: 1);
        float[] before = _network.Parameters.ToArray();
        OptimizerState state = new Sgd(1).CreateState(training);
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => training.Step(_images, [1, 2, label, 4], state));
        Assert.Equal("target", exception.ParamName);
        Assert.Contains(label.ToString(System.Globalization.CultureInfo.InvariantCulture), exception.Message, StringComparison.Ordinal);
        Assert.Contains("2", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => training.ComputeLoss(_images, [1, 2, label, 4]));
        Numbers.AssertSameBits("weights", before, _network.Parameters);
        Assert.Equal(0, training.StepIndex);
        Assert.Equal(0, state.Steps);
    }

    [Fact]
    public void OverlappingSpans_AreRefused()
    {
        float[] memory = new float[1000];
        AssertArgument("output", "", () => _network.Predict(memory.AsSpan(0, 784), memory.AsSpan(780, 10)));
        AssertArgument("output", "", () => _network.Predict(memory.AsSpan(0, 784), memory.AsSpan(0, 10)));
        using DigitsNetwork.Training training = _network.CreateTraining(1, threads: 1);
        AssertArgument("output", "", () => training.Forward(memory.AsSpan(0, 784), memory.AsSpan(100, 10)));
        _network.Predict(memory.AsSpan(0, 784), memory.AsSpan(784, 10));
        AssertArgument("classes", "", () => _network.Classify(memory.AsSpan(0, 784), MemoryMarshal.Cast<float, int>(memory.AsSpan(783, 1))));
    }

    // Tokens that were checked and then written over would be rows of a table that there are none of.
    [Fact]
    public void TokensThatOverlapResults_AreRefused()
    {
        ThreadedAttention network = new(1);
        int[] memory = new int[10 * ThreadedAttention.InputLength];
        AssertArgument("output", "", () => network.Predict(memory.AsSpan(0, ThreadedAttention.InputLength), MemoryMarshal.Cast<int, float>(memory.AsSpan(ThreadedAttention.InputLength - 1, ThreadedAttention.OutputLength))));
        AssertArgument("output", "", () => network.Predict(memory, MemoryMarshal.Cast<int, float>(memory.AsSpan(0, 10 * ThreadedAttention.OutputLength))));
        AssertArgument("classes", "", () => network.Classify(memory, memory.AsSpan(0, 10)));
        using ThreadedAttention.Training training = network.CreateTraining(1, threads: 1);
        AssertArgument("output", "", () => training.Forward(memory.AsSpan(0, ThreadedAttention.InputLength), MemoryMarshal.Cast<int, float>(memory.AsSpan(1, ThreadedAttention.OutputLength))));
        Assert.All(memory, value => Assert.Equal(0, value));
    }

    [Fact]
    public void StateOfAnotherNetworksTraining_IsRefusedBeforeAnythingIsComputed()
    {
        DigitsNetwork other = new(1);
        using DigitsNetwork.Training training = _network.CreateTraining(4, threads: 1), foreign = other.CreateTraining(4, threads: 1);
        float[] before = _network.Parameters.ToArray();
        OptimizerState state = new Adam().CreateState(foreign);
        AssertArgument("optimizer", "made for a training of another instance of DigitsNetwork, but this one trains DigitsNetwork", () => training.Step(_images, [1, 2, 3, 4], state));
        using XorNetwork.Training xor = new XorNetwork(1).CreateTraining(1, threads: 1);
        AssertArgument("optimizer", "made for a training of DigitsNetwork, but this one trains XorNetwork", () => xor.Step(new float[2], new float[1], state));
        Numbers.AssertSameBits("weights", before, _network.Parameters);
        Assert.Equal(0, training.StepIndex);
        Assert.Equal(0, state.Steps);

        // Another batch size of the same network goes on where the first one was.
        using DigitsNetwork.Training larger = other.CreateTraining(8, threads: 1);
        larger.Step(_images, [1, 2, 3, 4], state);
        foreign.Dispose();
        Assert.Throws<ObjectDisposedException>(() => larger.Step(_images, [1, 2, 3, 4], state));
        Assert.Equal(1, larger.StepIndex);
    }

    [Fact]
    public void EmptyBatches_DoNothing()
    {
        using DigitsNetwork.Training training = _network.CreateTraining(4, threads: 1);
        OptimizerState state = new Sgd(1).CreateState(training);
        float[] before = _network.Parameters.ToArray();
        _network.Predict([], []);
        Assert.Empty(_network.Predict([]));
        Assert.Equal(0, training.Step([], [], state));
        Assert.Equal(0, training.ComputeLoss([], []));
        Assert.Equal(0, training.StepIndex);
        Numbers.AssertSameBits("weights", before, _network.Parameters);
    }

    [Fact]
    public void WrongOrder_IsRefused()
    {
        DigitsNetwork.Training training = _network.CreateTraining(4, threads: 1);
        Assert.Throws<InvalidOperationException>(() => training.Backward(new float[40]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _network.CreateTraining(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _network.CreateTraining(1, threads: -1));
        Assert.Contains("dense1", Assert.Throws<ArgumentException>(() => training.Freeze("dense9")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => training.StepIndex = -1);
        training.Dispose();
        Assert.Throws<ObjectDisposedException>(() => training.ComputeLoss(_images, [1, 2, 3, 4]));
        Assert.Throws<ObjectDisposedException>(() => training.StepIndex);
        Assert.Throws<ObjectDisposedException>(() => training.StepIndex = 1);
        using ITraining bare = new GeneratorNetwork().CreateTraining(1);
        Assert.Throws<InvalidOperationException>(() => bare.ComputeLoss(1));
    }

    /// <summary>An optimizer that calls back into its own training stands for a second thread at exactly the wrong moment.</summary>
    [Fact]
    public void SecondCallerOfOneTraining_IsRefused_AndTheFirstGoesOn()
    {
        using DigitsNetwork.Training training = _network.CreateTraining(4, threads: 1);
        Intruder intruder = new(() => training.ComputeLoss(_images, [1, 2, 3, 4]));
        training.Step(_images, [1, 2, 3, 4], intruder);
        Assert.IsType<InvalidOperationException>(intruder.Caught);
        Assert.Equal(1, training.StepIndex);
        Assert.True(training.ComputeLoss(_images, [1, 2, 3, 4]) > 0);
    }

    [Fact]
    public async Task Predict_FromFourThreads_GivesTheResultsOfOne()
    {
        float[] single = _network.Predict(_images.AsSpan(0, 784)), batch = _network.Predict(_images);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(
            () =>
            {
                float[] one = new float[10], four = new float[40];
                for (int i = 0; i < 100; i++)
                {
                    _network.Predict(_images.AsSpan(0, 784), one);
                    _network.Predict(_images, four, threads: thread % 2 == 0 ? 1 : 2);
                    Numbers.AssertSameBits("one sample", single, one);
                    Numbers.AssertSameBits("a batch", batch, four);
                }
            },
            TaskCreationOptions.LongRunning)));
    }

    // A length that the analyzer does not see: it refuses these calls at build time.
    private static float[] Values(int count) => new float[count];

    private static void AssertArgument(string name, string found, Action call)
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(call);
        Assert.Equal(name, exception.ParamName);
        Assert.Contains(found, exception.Message, StringComparison.Ordinal);
    }

    private sealed class Intruder(Action call) : OptimizerState
    {
        public Exception? Caught { get; private set; }

        public override double LearningRate { get; set; }

        public override long Steps { get; set; }

        public override IReadOnlyList<Memory<float>> Slots => [];

        public override void BeginStep(ReadOnlySpan<float> gradients)
        {
            Thread other = new(() => Caught = Record.Exception(call));
            other.Start();
            other.Join();
        }

        public override void UpdateRange(int offset, Span<float> parameters, ReadOnlySpan<float> gradients)
        {
        }
    }
}
