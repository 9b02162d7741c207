using NetCompiler;

namespace Benchmarks.Networks;

/// <summary>Two convolutions over small photographs, the second of which is nearly all the work. Of its 13 x 13 pixels the pool reads 12 x 12.</summary>
[Network]
[Input(32, 32, 3)]
[Conv2D(32, 3, Activation = Activation.Relu)]
[MaxPool2D(2)]
[Conv2D(64, 3, Activation = Activation.Relu)]
[MaxPool2D(2)]
[Flatten]
[Dense(128, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class CifarCnn;

internal sealed class CifarCnnCase : NetworkCase
{
    public override string Name => "cifar_cnn";

    public override IReadOnlyList<int> Widths => [32 * 32 * 3, 10];

    public override IReadOnlyList<LayerCost> Layers => [new(27, 32, 30 * 30), new(288, 64, 12 * 12), new(2304, 128), new(128, 10)];

    public override ImageShape Image { get; } = new(32, 32, 3);

    public override IReadOnlyDictionary<string, string> Renames { get; } = new Dictionary<string, string> { ["0"] = "conv2d1", ["3"] = "conv2d2", ["7"] = "dense1", ["9"] = "dense2" };

    public override int Classes => 10;

    public override INetwork Create() => new CifarCnn(seed: 1);

    public override INetwork Open(ReadOnlySpan<byte> file) => CifarCnn.Load(file);

    public override void Predict(INetwork network, BatchInput input, Span<float> output) => ((CifarCnn)network).Predict(input.Floats, output);

    public override Action<long> IndependentPredictions(INetwork network, int threads, BatchInput input, float[] output)
    {
        var calls = new Calls((CifarCnn)network, threads);
        return count => CallLoops.Independent(calls, input.Floats, output, count);
    }

    public override Action<long> DependentPredictions(INetwork network, BatchInput input, float[] output)
    {
        var calls = new Calls((CifarCnn)network, 1);
        return count => CallLoops.Dependent(calls, input.Floats, output, count);
    }

    public override Action<long> TrainingSteps(INetwork network, int batch, int threads, BatchInput input, BatchTarget target)
    {
        CifarCnn.Training training = ((CifarCnn)network).CreateTraining(batch, threads);
        OptimizerState adam = new Adam(0.001).CreateState(training);
        return count =>
        {
            for (long i = 0; i < count; i++)
            {
                training.Step(input.Floats, target.Classes, adam);
            }
        };
    }

    private readonly struct Calls(CifarCnn network, int threads) : IPredictCalls<float>
    {
        public void Predict(ReadOnlySpan<float> input, Span<float> output) => network.Predict(input, output, threads);
    }
}
