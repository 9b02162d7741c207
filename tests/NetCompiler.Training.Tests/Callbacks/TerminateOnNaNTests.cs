using Xunit;

namespace NetCompiler.Tests.Training.Callbacks;

public sealed class TerminateOnNaNTests
{
    [Fact]
    public void OverflowInTheSecondOfThreeLayers_IsNamed()
    {
        ThreeLayers network = new(1);
        Fill(network.Weights.Dense1Kernel, 1e20f);
        Fill(network.Weights.Dense2Kernel, 1e20f);
        Fill(network.Weights.Dense3Kernel, 0.5f);
        float[][] before = Values(network);
        NonFiniteLossException exception = Fail(network, Data([1e-20f, 0, 1, 1], [0, 0]), out TerminateOnNaN callback);
        NonFiniteValue first = Assert.IsType<NonFiniteValue>(exception.First);
        Assert.Equal((NonFinitePlace.Activation, "dense2", "Dense", 1), (first.Place, first.Name, first.Kind, first.Sample));
        Assert.Equal(float.PositiveInfinity, first.Value);
        Assert.Same(first, callback.First);
        Assert.Contains("the activation of layer \"dense2\" (Dense) has Infinity in sample 1 of the batch, the first that is not finite.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, Values(network));
    }

    [Fact]
    public void OverflowOnTheWayBackThroughTheSecondLayer_IsNamed()
    {
        // Forward: 1e-20, 1e-20, 1, 1e19 and the loss 1e38. Back: 2e19, 2e38, and 2e58 behind the second layer; its own gradient is 2e18.
        ThreeLayers network = new(1);
        Fill(network.Weights.Dense1Kernel, 1, onlyFirst: true);
        Fill(network.Weights.Dense2Kernel, 1e20f, onlyFirst: true);
        Fill(network.Weights.Dense3Kernel, 1e19f, onlyFirst: true);
        float[][] before = Values(network);
        NonFiniteLossException exception = Fail(network, Data([1e-20f, 0], [0]), out _);
        Assert.Equal((NonFinitePlace.Gradient, "dense2", null), (exception.First!.Place, exception.First.Name, exception.First.Weight));
        Assert.Contains("every activation is finite, but the gradient that layer \"dense2\" (Dense) passes on has Infinity", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, Values(network));
    }

    [Fact]
    public void OverflowInTheGradientOfAWeight_IsNamed()
    {
        // Forward: 1, 1e12, 1e25, 1e15 and the loss 1e30. Back: 2e15, and 2e15 times 1e25 for the last kernel.
        ThreeLayers network = new(1);
        Fill(network.Weights.Dense1Kernel, 1e12f, onlyFirst: true);
        Fill(network.Weights.Dense2Kernel, 1e13f, onlyFirst: true);
        Fill(network.Weights.Dense3Kernel, 1e-10f, onlyFirst: true);
        NonFiniteLossException exception = Fail(network, Data([1, 0], [0]), out _);
        Assert.Equal((NonFinitePlace.Gradient, "dense3", "dense3.kernel"), (exception.First!.Place, exception.First.Name, exception.First.Weight));
    }

    [Fact]
    public void NaNInTheData_IsNamedWithItsSample()
    {
        NonFiniteLossException exception = Fail(new ThreeLayers(1), Data([1, 1, 1, float.NaN, 1, 1], [0, 0, 0]), out _);
        Assert.Equal((NonFinitePlace.Input, "input", 1), (exception.First!.Place, exception.First.Name, exception.First.Sample));
        Assert.Contains("the input \"input\" has NaN in sample 1 of the batch", exception.Message, StringComparison.Ordinal);
        TerminateOnNaN callback = new();
        LambdaCallback spoil = new(onBatchBegin: context => context.Training.FloatTarget(0)[1] = float.PositiveInfinity);
        exception = Assert.Throws<NonFiniteLossException>(() => new ThreeLayers(1).Fit(Data([1, 1, 1, 1], [0, 0]), new FitOptions { Callbacks = [callback, spoil] }));
        Assert.Equal((NonFinitePlace.Target, "target", 1), (exception.First!.Place, exception.First.Name, exception.First.Sample));
    }

    [Fact]
    public void UpdateThatOverflows_IsToldFromAGradientThatDoes()
    {
        ThreeLayers network = new(1);
        Fill(network.Weights.Dense1Kernel, 1);
        Fill(network.Weights.Dense2Kernel, 1);
        Fill(network.Weights.Dense3Kernel, 1);
        NonFiniteLossException exception = Fail(network, Data([10, 10], [0]), out _, new Sgd(1e38));
        Assert.Equal((NonFinitePlace.Update, "dense1.kernel"), (exception.First!.Place, exception.First.Name));
        Assert.Equal(1f, network.Weights.Dense1Kernel[0, 0]);
    }

    [Fact]
    public void WeightThatIsNotFiniteAtFirst_IsNamed()
    {
        ThreeLayers network = new(1);
        Fill(network.Weights.Dense2Kernel, float.NaN, onlyFirst: true);
        Assert.Equal((NonFinitePlace.Weight, "dense2.kernel"), (Fail(network, Data([1, 1], [0]), out _).First!.Place, Fail(network, Data([1, 1], [0]), out _).First!.Name));
    }

    [Fact]
    public void LossThatOverflows_IsNamedWhereEveryLayerIsFinite()
    {
        ThreeLayers network = new(1);
        Fill(network.Weights.Dense1Kernel, 1);
        Fill(network.Weights.Dense2Kernel, 1);
        Fill(network.Weights.Dense3Kernel, 1e20f);
        NonFiniteLossException exception = Fail(network, Data([1, 1], [0]), out _);
        Assert.Equal((NonFinitePlace.Loss, "MeanSquaredError"), (exception.First!.Place, exception.First.Name));
    }

    [Fact]
    public void LaterBatch_IsNamedWithTheWeightsBeforeIt()
    {
        ThreeLayers network = new(1);
        List<float[][]> weights = [];
        Dataset data = Data([1, 0, 0, 1, 1, 1, 1, float.NaN], [0, 0, 0, 0]);
        FitOptions options = new()
        {
            BatchSize = 1,
            Shuffle = false,
            Callbacks = [new TerminateOnNaN(), new LambdaCallback(onBatchEnd: _ => weights.Add(Values(network)))],
        };
        NonFiniteLossException exception = Assert.Throws<NonFiniteLossException>(() => network.Fit(data, options));
        Assert.Equal((NonFinitePlace.Input, 0), (exception.First!.Place, exception.First.Sample));
        Assert.Contains("epoch 1, batch 4", exception.Message, StringComparison.Ordinal);
        Assert.Equal(3, weights.Count);
        Assert.Equal(weights[^1], Values(network));
    }

    [Theory]
    [InlineData(1e15)]
    [InlineData(1e25)]
    [InlineData(1e35)]
    public void RateThatIsTooHigh_IsNamedBehindBatchNormalization(double rate)
    {
        Normalized network = new(1);
        List<float[][]> weights = [Values(network)];
        TerminateOnNaN callback = new();
        FitOptions options = new() { Epochs = 50, Optimizer = new Sgd(rate), Callbacks = [callback, new LambdaCallback(onBatchEnd: _ => weights.Add(Values(network)))] };
        NonFiniteLossException exception = Assert.Throws<NonFiniteLossException>(() => network.Fit(TrainedNetworks.Line<Normalized>(64), options));
        Assert.NotNull(exception.First);
        Assert.Same(callback.First, exception.First);
        Assert.False(float.IsFinite(exception.First.Value));
        Assert.Contains(exception.First.Name, exception.Message, StringComparison.Ordinal);
        Assert.Equal(weights[^1], Values(network));
        Assert.All(weights[^1], weight => Assert.All(weight, value => Assert.True(float.IsFinite(value))));
    }

    [Fact]
    public void HealthyTraining_IsTheSameToTheBit()
    {
        float[][] Train(params Callback[] callbacks)
        {
            Normalized network = new(1);
            network.Fit(TrainedNetworks.Line<Normalized>(64), new FitOptions { Epochs = 3, Callbacks = callbacks });
            return Values(network);
        }

        TerminateOnNaN callback = new();
        Assert.Equal(Train(), Train(callback));
        Assert.Null(callback.First);
    }

    [Fact]
    public void NetworkThatIsNotGenerated_StillSaysWhatItCan()
    {
        Line network = new(1);
        network.Values.Span[0] = 1e30f;
        NonFiniteLossException exception = Assert.Throws<NonFiniteLossException>(() => network.Fit(Dataset.Create<Line>(new float[] { 1, 1 }, new float[] { 0 }), new FitOptions { Callbacks = [new TerminateOnNaN()] }));
        Assert.Equal(NonFinitePlace.Loss, exception.First!.Place);
    }

    private static NonFiniteLossException Fail(ThreeLayers network, Dataset data, out TerminateOnNaN callback, Optimizer? optimizer = null)
    {
        TerminateOnNaN own = callback = new TerminateOnNaN();
        return Assert.Throws<NonFiniteLossException>(() => network.Fit(data, new FitOptions { Shuffle = false, Optimizer = optimizer ?? new Sgd(1e-30), Callbacks = [own] }));
    }

    private static Dataset Data(float[] inputs, float[] targets) => new DatasetBuilder<ThreeLayers>().Input("input", inputs, allowMissing: true).Target("target", targets).Build();

    private static void Fill(WeightView weight, float value, bool onlyFirst = false)
    {
        float[] values = new float[weight.Length];
        values.AsSpan(0, onlyFirst ? 1 : values.Length).Fill(value);
        weight.CopyFrom(values);
    }

    private static float[][] Values(INetwork network) => [.. network.Weights.Select(weight => weight.ToArray())];
}
