namespace NetCompiler.Tests.Dynamic;

/// <summary>A network as generated code makes one, as far as the interpreter sees it: a description, and weights in packed layouts.</summary>
internal sealed class FakeNetwork : INetwork
{
    public FakeNetwork(NetworkDescription description, int seed)
    {
        Description = description;
        WeightDescription[] weights = [.. description.Layers.SelectMany(layer => layer.Weights).OrderBy(weight => weight.IsTrainable ? 0 : 1)];
        (Arena, Weights) = Arrange(weights);
        Dictionary<string, float[]> values = Describe.RandomWeights(description, seed);
        foreach (WeightView view in Weights)
        {
            view.CopyFrom(values[view.Name]);
        }
    }

    public WeightArena Arena { get; }

    public NetworkDescription Description { get; }

    public int Seed => 1;

    public IDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    public IReadOnlyList<WeightView> Weights { get; }

    /// <summary>Lays weights out one after another, matrices in panels, as generated code does.</summary>
    public static (WeightArena Arena, IReadOnlyList<WeightView> Views) Arrange(IEnumerable<WeightDescription> weights)
    {
        List<WeightLayout> layouts = [];
        int offset = 0;
        foreach (WeightDescription weight in weights)
        {
            WeightLayout layout = new(weight.Name, [.. weight.Shape], weight.Shape.Count == 2 ? WeightPacking.Panels : WeightPacking.Flat, offset);
            layouts.Add(layout);
            offset += layout.PhysicalLength;
        }

        WeightArena arena = new(offset);
        return (arena, [.. layouts.Select(layout => new WeightView(arena, layout))]);
    }

    public ITraining CreateTraining(int batchSize, int threads = 0, int? seed = null) => new FakeTraining(this, batchSize);

    public void Predict(ReadOnlySpan<Column> inputs, ReadOnlySpan<Memory<float>> outputs) => throw new NotSupportedException();

    public void Save(string path) => throw new NotSupportedException();

    public void Save(Stream stream) => throw new NotSupportedException();

    public WeightLoadReport LoadWeights(string path, WeightLoadOptions? options = null) => throw new NotSupportedException();

    public WeightLoadReport LoadWeights(Stream stream, WeightLoadOptions? options = null) => throw new NotSupportedException();
}
