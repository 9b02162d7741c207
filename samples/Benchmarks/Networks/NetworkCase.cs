using NetCompiler;

namespace Benchmarks.Networks;

/// <summary>One network of the table: its shape, and loops over the calls of its generated class.</summary>
internal abstract class NetworkCase
{
    /// <summary>The name in all reports.</summary>
    public abstract string Name { get; }

    /// <summary>The name of the network's files among the peers.</summary>
    public virtual string PeerName => Name;

    /// <summary>Whether its training is measured; a second form of a network for prediction trains as the first.</summary>
    public virtual bool Trains => true;

    /// <summary>The widths of the dense layers, the input first; of other networks the lengths of the input and the output.</summary>
    public abstract IReadOnlyList<int> Widths { get; }

    /// <summary>From PyTorch's layer names (places in nn.Sequential, activations counted) to ours.</summary>
    public abstract IReadOnlyDictionary<string, string> Renames { get; }

    /// <summary>The number of classes of the target, or 0 where the target holds floats.</summary>
    public virtual int Classes => 0;

    public int InputLength => Widths[0];

    public int OutputLength => Widths[^1];

    /// <summary>The number of tokens, or 0 where the input holds floats.</summary>
    public virtual int Vocabulary => 0;

    /// <summary>The bytes of weights that a prediction needs at hand.</summary>
    public long WeightBytes => PredictLayers.Sum(layer => layer.Bytes);

    /// <summary>The bytes of weights that the prediction of one sample reads.</summary>
    public long WeightBytesRead => PredictLayers.Sum(layer => layer.Bytes * layer.Steps);

    /// <summary>The layers with weights, in order.</summary>
    public virtual IReadOnlyList<LayerCost> Layers => [.. Widths.Zip(Widths.Skip(1), (inputs, outputs) => new LayerCost(inputs, outputs))];

    /// <summary>The layers that a prediction multiplies by: without those that were multiplied together when the weights were loaded.</summary>
    public virtual IReadOnlyList<LayerCost> PredictLayers => Layers;

    /// <summary>The shape of the input where it is an image, which the peers order differently; otherwise null.</summary>
    public virtual ImageShape? Image => null;

    /// <summary>The floating-point operations of one prediction: two per weight and sample; biases and activations are not counted.</summary>
    public double PredictOperations(int batch) => 2.0 * batch * PredictLayers.Sum(layer => layer.Products);

    /// <summary>
    /// The useful operations of one training step: forward, weight gradients and input gradients cost the same, and the first layer
    /// needs no input gradients. The optimizer is not counted.
    /// </summary>
    public double TrainOperations(int batch) => 2.0 * batch * ((3 * Layers.Sum(layer => layer.Products)) - Layers[0].Products);

    /// <summary>A network with fresh weights.</summary>
    public abstract INetwork Create();

    /// <summary>A network with the weights of a file that its class has saved.</summary>
    public abstract INetwork Open(ReadOnlySpan<byte> file);

    /// <summary>Reads the peers' weights into a network that <see cref="Create"/> made.</summary>
    public virtual void Load(INetwork network, string path) =>
        network.LoadWeights(path, new WeightLoadOptions { Convention = WeightConvention.PyTorch, Renames = Renames });

    /// <summary>Checked, single-threaded calls of the generated Predict.</summary>
    public abstract void Predict(INetwork network, BatchInput input, Span<float> output);

    /// <summary>A loop of predictions that do not wait for each other, each on so many threads at most.</summary>
    public abstract Action<long> IndependentPredictions(INetwork network, int threads, BatchInput input, float[] output);

    /// <summary>A loop of predictions of one sample, each of which reads a value that the last one wrote.</summary>
    public abstract Action<long> DependentPredictions(INetwork network, BatchInput input, float[] output);

    /// <summary>A loop of training steps with Adam, each on so many threads at most.</summary>
    public abstract Action<long> TrainingSteps(INetwork network, int batch, int threads, BatchInput input, BatchTarget target);

    public override string ToString() => $"{Name} {string.Join('-', Widths)}";
}

/// <summary>The targets of a batch: floats, or class indices.</summary>
internal sealed record BatchTarget(float[] Floats, int[] Classes)
{
    /// <summary>Random targets with a fixed seed: classes where the network has classes, otherwise zeros and ones.</summary>
    public static BatchTarget Random(NetworkCase network, int batch)
    {
        var random = new Random(2);
        float[] floats = new float[network.Classes > 0 ? 0 : batch * network.OutputLength];
        int[] classes = new int[network.Classes > 0 ? batch : 0];
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = random.Next(2);
        }

        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = random.Next(network.Classes);
        }

        return new BatchTarget(floats, classes);
    }
}
