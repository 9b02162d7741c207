using NetCompiler;

namespace Benchmarks.Networks;

/// <summary>The digit recogniser: its weights fit the second-level cache.</summary>
[Network]
[Input(784)]
[Dense(128, Activation = Activation.Relu)]
[Dense(10, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class Mlp;

internal sealed class MlpCase : NetworkCase
{
    public override string Name => "mlp";

    public override IReadOnlyList<int> Widths => [784, 128, 10];

    public override IReadOnlyDictionary<string, string> Renames { get; } = new Dictionary<string, string> { ["0"] = "dense1", ["2"] = "dense2" };

    public override int Classes => 10;

    public override INetwork Create() => new Mlp(seed: 1);

    public override INetwork Open(ReadOnlySpan<byte> file) => Mlp.Load(file);

    public override void Predict(INetwork network, BatchInput input, Span<float> output) => ((Mlp)network).Predict(input.Floats, output);

    public override Action<long> IndependentPredictions(INetwork network, int threads, BatchInput input, float[] output)
    {
        var calls = new Calls((Mlp)network, threads);
        return count => CallLoops.Independent(calls, input.Floats, output, count);
    }

    public override Action<long> DependentPredictions(INetwork network, BatchInput input, float[] output)
    {
        var calls = new Calls((Mlp)network, 1);
        return count => CallLoops.Dependent(calls, input.Floats, output, count);
    }

    public override Action<long> TrainingSteps(INetwork network, int batch, int threads, BatchInput input, BatchTarget target)
    {
        Mlp.Training training = ((Mlp)network).CreateTraining(batch, threads);
        OptimizerState adam = new Adam(0.001).CreateState(training);
        return count =>
        {
            for (long i = 0; i < count; i++)
            {
                training.Step(input.Floats, target.Classes, adam);
            }
        };
    }

    private readonly struct Calls(Mlp network, int threads) : IPredictCalls<float>
    {
        public void Predict(ReadOnlySpan<float> input, Span<float> output) => network.Predict(input, output, threads);
    }
}
