using NetCompiler;

namespace Benchmarks.Networks;

/// <summary>One square layer, straight-line code.</summary>
[Network]
[Input(64)]
[Dense(64)]
[Loss(Loss.MeanSquaredError)]
public partial class Dense64;

internal sealed class Dense64Case : NetworkCase
{
    public override string Name => "dense64";

    public override IReadOnlyList<int> Widths => [64, 64];

    public override IReadOnlyDictionary<string, string> Renames { get; } = new Dictionary<string, string> { ["0"] = "dense1" };

    public override INetwork Create() => new Dense64(seed: 1);

    public override INetwork Open(ReadOnlySpan<byte> file) => Dense64.Load(file);

    public override void Predict(INetwork network, BatchInput input, Span<float> output) => ((Dense64)network).Predict(input.Floats, output);

    public override Action<long> IndependentPredictions(INetwork network, int threads, BatchInput input, float[] output)
    {
        var calls = new Calls((Dense64)network, threads);
        return count => CallLoops.Independent(calls, input.Floats, output, count);
    }

    public override Action<long> DependentPredictions(INetwork network, BatchInput input, float[] output)
    {
        var calls = new Calls((Dense64)network, 1);
        return count => CallLoops.Dependent(calls, input.Floats, output, count);
    }

    public override Action<long> TrainingSteps(INetwork network, int batch, int threads, BatchInput input, BatchTarget target)
    {
        Dense64.Training training = ((Dense64)network).CreateTraining(batch, threads);
        OptimizerState adam = new Adam(0.001).CreateState(training);
        return count =>
        {
            for (long i = 0; i < count; i++)
            {
                training.Step(input.Floats, target.Floats, adam);
            }
        };
    }

    private readonly struct Calls(Dense64 network, int threads) : IPredictCalls<float>
    {
        public void Predict(ReadOnlySpan<float> input, Span<float> output) => network.Predict(input, output, threads);
    }
}
