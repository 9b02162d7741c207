using System.Globalization;
using System.Runtime.InteropServices;
using NetCompiler.Dynamic.Layers;

namespace NetCompiler.Dynamic.Checks;

/// <summary>The random numbers of generated code for one step: what the masks and the noise of its layers are made of.</summary>
internal sealed class GeneratedNumbers
{
    // What numbers are for, as generated code has it: "drop" and "nois".
    private const uint DropoutPurpose = 0x64726F70, NoisePurpose = 0x6E6F6973;

    private const int Alignment = 16;

    private readonly ulong _seed;
    private readonly long _step;
    private readonly int _samples;
    private readonly Dictionary<string, Streams> _masks = [], _noise = [];

    /// <param name="network">The layers.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="step">The index of the step.</param>
    /// <param name="samples">The number of samples of the batch.</param>
    private GeneratedNumbers(NetworkDescription network, ulong seed, long step, int samples)
    {
        (_seed, _step, _samples) = (seed, step, samples);
        IReadOnlyList<int>[] shapes = [.. network.Inputs.Select(input => input.Shape), .. network.Layers.Select(layer => layer.Shape)];
        for (int i = 0; i < network.Layers.Count; i++)
        {
            LayerDescription layer = network.Layers[i];
            switch (layer.Kind)
            {
                case "Dropout":
                    Add(_masks, layer.Name, new RandomStream((uint)i, LastAxis(layer.Shape), layer.Real("Rate", 0)));
                    break;
                case "GaussianNoise":
                    Add(_noise, layer.Name, new RandomStream((uint)i, LastAxis(layer.Shape), 0));
                    break;
                case "MultiHeadAttention":
                    // A weight for every key.
                    Add(_masks, layer.Name, new RandomStream((uint)i, shapes[layer.Operands[layer.Operands.Count > 1 ? 1 : 0]][0], layer.Real("Dropout", 0)));
                    break;
                case "SimpleRnn" or "Lstm" or "Gru":
                    AddRecurrent(layer, i, LastAxis(shapes[layer.Operands[0]]));
                    break;
            }
        }
    }

    /// <summary>The numbers of a training's next step; null where the network has none.</summary>
    /// <exception cref="NotSupportedException">The network has dropout or noise, and the training does not tell its seed.</exception>
    public static GeneratedNumbers? Of(ITraining training, int samples)
    {
        NetworkDescription network = training.Network.Description;
        foreach (LayerDescription layer in network.Layers)
        {
            string? option = Array.Find(["Rate", "Dropout", "RecurrentDropout", "Deviation"], name => layer.Options.ContainsKey(name) && layer.Real(name) > 0);
            if (option is not null)
            {
                string what = option == "Deviation" ? "adds noise at random" : "drops values at random";
                return training is IRandomTraining random ? new GeneratedNumbers(network, random.Seed, training.StepIndex, samples)
                    : throw new NotSupportedException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{network.Name} cannot be compared: \"{layer.Name}\" {what} ({option} = {layer.Real(option)}), and {training.GetType().Name} does not tell its seed. Compare the same network without it."));
            }
        }

        return null;
    }

    /// <summary>A mask: 1 keeps a value, 0 drops it.</summary>
    public float[] Mask(string layer, int length) =>
        Draw(_masks[layer].Next(), length, static (ref float first, int rows, int columns, int stride, ulong seed, RandomStream stream, long step) =>
            RandomKernel.DropoutMask(ref first, rows, columns, stride, seed, DropoutPurpose, stream.Number, step, 0, (float)stream.Rate, 1));

    /// <summary>Numbers of the standard normal distribution.</summary>
    public float[] Noise(string layer, int length) =>
        Draw(_noise[layer].Next(), length, static (ref float first, int rows, int columns, int stride, ulong seed, RandomStream stream, long step) =>
            RandomKernel.Normal(ref first, rows, columns, stride, seed, NoisePurpose, stream.Number, step, 0));

    private static int LastAxis(IReadOnlyList<int> shape) => shape.Count == 0 ? 1 : shape[^1];

    private static void Add(Dictionary<string, Streams> streams, string name, RandomStream stream)
    {
        if (!streams.TryGetValue(name, out Streams? known))
        {
            streams.Add(name, known = new Streams());
        }

        known.Add(stream);
    }

    // The masks of one layer are numbered as they are drawn: each direction's for its input, then for its state.
    private void AddRecurrent(LayerDescription layer, int index, int features)
    {
        bool both = layer.Flag("Bidirectional", false);
        int units = layer.Integer("Units"), ordinal = 0;
        foreach (string prefix in both ? ["forward.", "backward."] : new[] { "" })
        {
            foreach ((string option, string name, int width) in new[] { ("Dropout", "dropout", features), ("RecurrentDropout", "recurrent_dropout", units) })
            {
                if (layer.Real(option, 0) is var rate && rate > 0)
                {
                    Add(_masks, $"{layer.Name}.{prefix}{name}", new RandomStream(((uint)ordinal++ << 16) | (uint)index, width, rate));
                }
            }
        }
    }

    // Rows along the last axis; where that is 1, a sample is one row.
    private float[] Draw(RandomStream stream, int length, Kernel kernel)
    {
        int columns = stream.LastAxis > 1 ? stream.LastAxis : length / _samples, rows = length / columns;
        int stride = (columns + Alignment - 1) / Alignment * Alignment;
        float[] padded = new float[rows * stride], values = new float[length];
        kernel(ref MemoryMarshal.GetArrayDataReference(padded), rows, columns, stride, _seed, stream, _step);
        for (int row = 0; row < rows; row++)
        {
            padded.AsSpan(row * stride, columns).CopyTo(values.AsSpan(row * columns));
        }

        return values;
    }

    private delegate void Kernel(ref float first, int rows, int columns, int stride, ulong seed, RandomStream stream, long step);

    private readonly record struct RandomStream(uint Number, int LastAxis, double Rate);

    /// <summary>The streams of the layers of one name: a block that is called twice has two of them, in the order of its calls in each pass.</summary>
    private sealed class Streams
    {
        private readonly List<RandomStream> _all = [];
        private int _next;

        public void Add(RandomStream stream) => _all.Add(stream);

        public RandomStream Next() => _all[_next++ % _all.Count];
    }
}
