using NetCompiler;

namespace Benchmarks.Networks;

/// <summary>The sentiment network with room for so many words that its table is not multiplied into the input projection: 20,000 with 256 gate inputs are 20 MB.</summary>
[Network]
[Tokens(100, Vocabulary = 20_000)]
[Embedding(128)]
[Lstm(64)]
[Dense(1, Activation = Activation.Sigmoid)]
[Loss(Loss.BinaryCrossentropy)]
public partial class ManyWords;

/// <summary>The peers' sentiment network, its table filled up with words that no input holds: what Predict takes without the multiplied table.</summary>
internal sealed class ManyWordsCase : NetworkCase
{
    private readonly SentimentCase _sentiment = new();

    public override string Name => "many_words";

    public override string PeerName => _sentiment.Name;

    public override bool Trains => false;

    public override IReadOnlyList<int> Widths => _sentiment.Widths;

    public override int Vocabulary => _sentiment.Vocabulary;

    public override IReadOnlyList<LayerCost> Layers => _sentiment.Layers;

    public override IReadOnlyDictionary<string, string> Renames => _sentiment.Renames;

    public override INetwork Create() => new ManyWords(seed: 1);

    public override INetwork Open(ReadOnlySpan<byte> file) => ManyWords.Load(file);

    public override void Load(INetwork network, string path)
    {
        INetwork sentiment = _sentiment.Create();
        _sentiment.Load(sentiment, path);
        foreach ((WeightView weight, WeightView larger) in sentiment.Weights.Zip(network.Weights))
        {
            // Only the table of words is longer here.
            float[] values = larger.ToArray();
            weight.CopyTo(values.AsSpan(0, weight.Length));
            larger.CopyFrom(values);
        }
    }

    public override void Predict(INetwork network, BatchInput input, Span<float> output) => ((ManyWords)network).Predict(input.Tokens, output);

    public override Action<long> IndependentPredictions(INetwork network, int threads, BatchInput input, float[] output)
    {
        var calls = new Calls((ManyWords)network, threads);
        return count => CallLoops.Independent(calls, input.Tokens, output, count);
    }

    public override Action<long> DependentPredictions(INetwork network, BatchInput input, float[] output)
    {
        var calls = new Calls((ManyWords)network, 1);
        return count => CallLoops.Dependent(calls, input.Tokens, output, count);
    }

    public override Action<long> TrainingSteps(INetwork network, int batch, int threads, BatchInput input, BatchTarget target) =>
        throw new NotSupportedException("It trains as the sentiment network does.");

    private readonly struct Calls(ManyWords network, int threads) : IPredictCalls<int>
    {
        public void Predict(ReadOnlySpan<int> input, Span<float> output) => network.Predict(input, output, threads);
    }
}
