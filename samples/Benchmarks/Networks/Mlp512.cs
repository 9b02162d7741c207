using NetCompiler;

namespace Benchmarks.Networks;

/// <summary>A wide recogniser: its weights need the third-level cache.</summary>
[Network]
[Input(784)]
[Dense(512, Activation = Activation.Relu)]
[Dense(512, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class Mlp512;

internal sealed class Mlp512Case : NetworkCase
{
    public override string Name => "mlp512";

    public override IReadOnlyList<int> Widths => [784, 512, 512, 10];

    public override IReadOnlyDictionary<string, string> Renames { get; } = new Dictionary<string, string> { ["0"] = "dense1", ["2"] = "dense2", ["4"] = "dense3" };

    public override int Classes => 10;

    public override INetwork Create() => new Mlp512(seed: 1);

    public override INetwork Open(ReadOnlySpan<byte> file) => Mlp512.Load(file);

    public override void Predict(INetwork network, BatchInput input, Span<float> output) => ((Mlp512)network).Predict(input.Floats, output);

    public override Action<long> IndependentPredictions(INetwork network, int threads, BatchInput input, float[] output)
    {
        var calls = new Calls((Mlp512)network, threads);
        return count => CallLoops.Independent(calls, input.Floats, output, count);
    }

    public override Action<long> DependentPredictions(INetwork network, BatchInput input, float[] output)
    {
        var calls = new Calls((Mlp512)network, 1);
        return count => CallLoops.Dependent(calls, input.Floats, output, count);
    }

    public override Action<long> TrainingSteps(INetwork network, int batch, int threads, BatchInput input, BatchTarget target)
    {
        Mlp512.Training training = ((Mlp512)network).CreateTraining(batch, threads);
        OptimizerState adam = new Adam(0.001).CreateState(training);
        return count =>
        {
            for (long i = 0; i < count; i++)
            {
                training.Step(input.Floats, target.Classes, adam);
            }
        };
    }

    private readonly struct Calls(Mlp512 network, int threads) : IPredictCalls<float>
    {
        public void Predict(ReadOnlySpan<float> input, Span<float> output) => network.Predict(input, output, threads);
    }
}
