using NetCompiler;

namespace Benchmarks.Networks;

/// <summary>One convolution over handwritten digits: nearly all weights are in the dense layer behind it.</summary>
[Network]
[Input(28, 28, 1)]
[Conv2D(32, 3, Activation = Activation.Relu)]
[MaxPool2D(2)]
[Flatten]
[Dense(128, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class MnistCnn;

internal sealed class MnistCnnCase : NetworkCase
{
    public override string Name => "mnist_cnn";

    public override IReadOnlyList<int> Widths => [28 * 28, 10];

    public override IReadOnlyList<LayerCost> Layers => [new(9, 32, 26 * 26), new(5408, 128), new(128, 10)];

    public override ImageShape Image { get; } = new(28, 28, 1);

    public override IReadOnlyDictionary<string, string> Renames { get; } = new Dictionary<string, string> { ["0"] = "conv2d1", ["4"] = "dense1", ["6"] = "dense2" };

    public override int Classes => 10;

    public override INetwork Create() => new MnistCnn(seed: 1);

    public override INetwork Open(ReadOnlySpan<byte> file) => MnistCnn.Load(file);

    public override void Predict(INetwork network, BatchInput input, Span<float> output) => ((MnistCnn)network).Predict(input.Floats, output);

    public override Action<long> IndependentPredictions(INetwork network, int threads, BatchInput input, float[] output)
    {
        var calls = new Calls((MnistCnn)network, threads);
        return count => CallLoops.Independent(calls, input.Floats, output, count);
    }

    public override Action<long> DependentPredictions(INetwork network, BatchInput input, float[] output)
    {
        var calls = new Calls((MnistCnn)network, 1);
        return count => CallLoops.Dependent(calls, input.Floats, output, count);
    }

    public override Action<long> TrainingSteps(INetwork network, int batch, int threads, BatchInput input, BatchTarget target)
    {
        MnistCnn.Training training = ((MnistCnn)network).CreateTraining(batch, threads);
        OptimizerState adam = new Adam(0.001).CreateState(training);
        return count =>
        {
            for (long i = 0; i < count; i++)
            {
                training.Step(input.Floats, target.Classes, adam);
            }
        };
    }

    private readonly struct Calls(MnistCnn network, int threads) : IPredictCalls<float>
    {
        public void Predict(ReadOnlySpan<float> input, Span<float> output) => network.Predict(input, output, threads);
    }
}
