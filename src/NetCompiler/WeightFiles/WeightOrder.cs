namespace NetCompiler;

/// <summary>How the values of a weight in a file become those of ours.</summary>
/// <param name="IsTransposed">The file has (out, in) where ours is (in, out).</param>
/// <param name="Channels">
/// Above 1: the inputs come from flattening an image, channels first in the file, channels last here, with this many channels.
/// </param>
internal readonly record struct WeightOrder(bool IsTransposed, int Channels)
{
    /// <summary>The order of a weight under a convention.</summary>
    public static WeightOrder Of(WeightDescription weight, LayerDescription layer, NetworkDescription network, WeightConvention convention) =>
        convention == WeightConvention.PyTorch && layer.Kind == "Dense" && weight.Shape.Count == 2
            ? new WeightOrder(IsTransposed: true, FlattenedChannels(layer, network))
            : new WeightOrder(IsTransposed: false, Channels: 1);

    /// <summary>The shape that the file should have.</summary>
    public int[] FileShape(ReadOnlySpan<int> shape) => IsTransposed ? [shape[1], shape[0]] : shape.ToArray();

    /// <summary>Our values, in logical order.</summary>
    public float[] Arrange(float[] values, ReadOnlySpan<int> shape)
    {
        if (!IsTransposed)
        {
            return values;
        }

        int inputs = shape[0], units = shape[1], positions = inputs / Channels;
        float[] result = new float[values.Length];
        for (int input = 0; input < inputs; input++)
        {
            int theirs = (input % Channels * positions) + (input / Channels);
            for (int unit = 0; unit < units; unit++)
            {
                result[(input * units) + unit] = values[(unit * inputs) + theirs];
            }
        }

        return result;
    }

    // Back from a dense layer over layers that keep the order of values, to a Flatten of something with channels: of (H, W, C).
    // A shape of rank 2, as (28, 28), has none, and is flattened alike on both sides.
    private static int FlattenedChannels(LayerDescription layer, NetworkDescription network)
    {
        for (LayerDescription? current = Operand(layer, network); current is not null; current = Operand(current, network))
        {
            if (current.Kind == "Flatten")
            {
                int value = current.Operands[0];
                IReadOnlyList<int> shape = value < network.Inputs.Count ? network.Inputs[value].Shape : network.Layers[value - network.Inputs.Count].Shape;
                return shape.Count >= 3 ? shape[^1] : 1;
            }

            if (current.Kind is not ("Dropout" or "Activation" or "BatchNormalization"))
            {
                break;
            }
        }

        return 1;
    }

    private static LayerDescription? Operand(LayerDescription layer, NetworkDescription network) =>
        layer.Operands.Count == 1 && layer.Operands[0] >= network.Inputs.Count ? network.Layers[layer.Operands[0] - network.Inputs.Count] : null;
}
