using NetCompiler;

namespace Benchmarks.Networks;

/// <summary>Reads the words of a review one after another. Its Predict multiplies the table of words into the LSTM's input projection beforehand.</summary>
[Network]
[Tokens(100, Vocabulary = 10_000)]
[Embedding(128)]
[Lstm(64)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class Sentiment;

internal sealed class SentimentCase : NetworkCase
{
    private const int Steps = Sentiment.InputLength;

    private static readonly LayerCost Recurrence = new(64, 256, Steps: Steps);
    private static readonly LayerCost Judgement = new(64, 1);

    public override string Name => "sentiment";

    public override IReadOnlyList<int> Widths => [Steps, Sentiment.OutputLength];

    public override int Vocabulary => 10_000;

    // The embedding comes first and multiplies nothing, but the input projection needs its gradients.
    public override IReadOnlyList<LayerCost> Layers => [new(0, 128), new(128, 256, Steps), Recurrence, Judgement];

    public override IReadOnlyList<LayerCost> PredictLayers => [Recurrence, Judgement];

    public override IReadOnlyDictionary<string, string> Renames { get; } = new Dictionary<string, string> { ["embedding"] = "embedding1", ["lstm"] = "lstm1", ["dense"] = "dense1" };

    public override INetwork Create() => new Sentiment(seed: 1);

    public override INetwork Open(ReadOnlySpan<byte> file) => Sentiment.Load(file);

    public override void Predict(INetwork network, BatchInput input, Span<float> output) => ((Sentiment)network).Predict(input.Tokens, output);

    public override Action<long> IndependentPredictions(INetwork network, int threads, BatchInput input, float[] output)
    {
        var calls = new Calls((Sentiment)network, threads);
        return count => CallLoops.Independent(calls, input.Tokens, output, count);
    }

    public override Action<long> DependentPredictions(INetwork network, BatchInput input, float[] output)
    {
        var calls = new Calls((Sentiment)network, 1);
        return count => CallLoops.Dependent(calls, input.Tokens, output, count);
    }

    public override Action<long> TrainingSteps(INetwork network, int batch, int threads, BatchInput input, BatchTarget target)
    {
        Sentiment.Training training = ((Sentiment)network).CreateTraining(batch, threads);
        OptimizerState adam = new Adam(0.001).CreateState(training);
        return count =>
        {
            for (long i = 0; i < count; i++)
            {
                training.Step(input.Tokens, target.Floats, adam);
            }
        };
    }

    private readonly struct Calls(Sentiment network, int threads) : IPredictCalls<int>
    {
        public void Predict(ReadOnlySpan<int> input, Span<float> output) => network.Predict(input, output, threads);
    }
}
