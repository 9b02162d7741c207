using NetCompiler;

namespace Benchmarks.Networks;

/// <summary>Two inputs, ten hidden units: what a call costs when there is almost nothing to compute.</summary>
[Network]
[Input(2)]
[Dense(10, Activation = Activation.Sigmoid)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class Xor;

internal sealed class XorCase : NetworkCase
{
    public override string Name => "xor";

    public override IReadOnlyList<int> Widths => [2, 10, 1];

    public override IReadOnlyDictionary<string, string> Renames { get; } = new Dictionary<string, string> { ["0"] = "dense1", ["2"] = "dense2" };

    public override INetwork Create() => new Xor(seed: 1);

    public override INetwork Open(ReadOnlySpan<byte> file) => Xor.Load(file);

    public override void Predict(INetwork network, BatchInput input, Span<float> output) => ((Xor)network).Predict(input.Floats, output);

    public override Action<long> IndependentPredictions(INetwork network, int threads, BatchInput input, float[] output)
    {
        var calls = new Calls((Xor)network, threads);
        return count => CallLoops.Independent(calls, input.Floats, output, count);
    }

    public override Action<long> DependentPredictions(INetwork network, BatchInput input, float[] output)
    {
        var calls = new Calls((Xor)network, 1);
        return count => CallLoops.Dependent(calls, input.Floats, output, count);
    }

    public override Action<long> TrainingSteps(INetwork network, int batch, int threads, BatchInput input, BatchTarget target)
    {
        Xor.Training training = ((Xor)network).CreateTraining(batch, threads);
        OptimizerState adam = new Adam(0.001).CreateState(training);
        return count =>
        {
            for (long i = 0; i < count; i++)
            {
                training.Step(input.Floats, target.Floats, adam);
            }
        };
    }

    private readonly struct Calls(Xor network, int threads) : IPredictCalls<float>
    {
        public void Predict(ReadOnlySpan<float> input, Span<float> output) => network.Predict(input, output, threads);
    }
}
