using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Declaration;

/// <summary>What the values of an output mean, judged by the last activation.</summary>
internal static class OutputRange
{
    /// <summary>
    /// The name of the activation that the output has passed last: Linear for a layer without one; empty where nothing is known, as for a
    /// function of the user's, behind the gates of a recurrent layer, or where the input itself arrives.
    /// </summary>
    public static string Activation(int inputs, IReadOnlyList<LayerSpec> layers, IReadOnlyList<Shape?> shapes, int value)
    {
        Shape? output = shapes[value];
        while (value >= inputs)
        {
            LayerSpec layer = layers[value - inputs];
            switch (layer.Kind)
            {
                case "Lstm" or "Gru":
                case not null when layer.Options.Any(option => option.Name == "ActivationMethod" && option.Text.Length > 0):
                    return "";
                case "Activation" when layer.Enumeration("Activation") == "Linear":
                case "Dropout" or "Flatten" or "Reshape":
                    value = layer.Operands[0];
                    continue;
                case not null when layer.Options.Any(option => option.Name == "Activation"):
                    string activation = layer.Enumeration("Activation");
                    bool isOverAxis = activation is "Softmax" or "LogSoftmax";
                    return isOverAxis && shapes[value] is { Rank: > 0 } own && output is { Rank: > 0 } last && own[-1] != last[-1] ? "Linear" : activation;
                case "Sigmoid" or "Tanh" or "Relu" or "Softplus" or "Exp":
                    return layer.Kind;
                default:
                    return "";
            }
        }

        return "";
    }
}
