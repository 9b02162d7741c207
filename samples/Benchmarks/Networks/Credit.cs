using NetCompiler;

namespace Benchmarks.Networks;

/// <summary>A small table model, as in credit scoring.</summary>
[Network]
[Input(10)]
[Dense(64, Activation = Activation.Relu)]
[Dense(32, Activation = Activation.Relu)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class Credit;

internal sealed class CreditCase : NetworkCase
{
    public override string Name => "credit";

    public override IReadOnlyList<int> Widths => [10, 64, 32, 1];

    public override IReadOnlyDictionary<string, string> Renames { get; } = new Dictionary<string, string> { ["0"] = "dense1", ["2"] = "dense2", ["4"] = "dense3" };

    public override INetwork Create() => new Credit(seed: 1);

    public override INetwork Open(ReadOnlySpan<byte> file) => Credit.Load(file);

    public override void Predict(INetwork network, BatchInput input, Span<float> output) => ((Credit)network).Predict(input.Floats, output);

    public override Action<long> IndependentPredictions(INetwork network, int threads, BatchInput input, float[] output)
    {
        var calls = new Calls((Credit)network, threads);
        return count => CallLoops.Independent(calls, input.Floats, output, count);
    }

    public override Action<long> DependentPredictions(INetwork network, BatchInput input, float[] output)
    {
        var calls = new Calls((Credit)network, 1);
        return count => CallLoops.Dependent(calls, input.Floats, output, count);
    }

    public override Action<long> TrainingSteps(INetwork network, int batch, int threads, BatchInput input, BatchTarget target)
    {
        Credit.Training training = ((Credit)network).CreateTraining(batch, threads);
        OptimizerState adam = new Adam(0.001).CreateState(training);
        return count =>
        {
            for (long i = 0; i < count; i++)
            {
                training.Step(input.Floats, target.Floats, adam);
            }
        };
    }

    private readonly struct Calls(Credit network, int threads) : IPredictCalls<float>
    {
        public void Predict(ReadOnlySpan<float> input, Span<float> output) => network.Predict(input, output, threads);
    }
}
