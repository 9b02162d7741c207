using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Declaration;

/// <summary>What the values of an output mean, judged by the last activation.</summary>
internal static class OutputRange
{
    /// <summary>
    /// The name of the activation that the output has passed last: Linear for a Dense without one; empty where nothing is known, as for a
    /// function of the user's, or where the input itself arrives.
    /// </summary>
    public static string Activation(EquatableArray<LayerSpec> layers, IReadOnlyList<Shape?> shapes)
    {
        Shape? output = shapes[shapes.Count - 1];
        for (int i = layers.Count - 1; i >= 0; i--)
        {
            LayerSpec layer = layers[i];
            switch (layer.Kind)
            {
                case "Dense" or "Activation" when layer.Option("ActivationMethod").Text.Length > 0:
                    return "";
                case "Activation" when layer.Enumeration("Activation") == "Linear":
                case "Dropout" or "Flatten" or "Reshape":
                    continue;
                case "Dense" or "Activation":
                    string activation = layer.Enumeration("Activation");
                    bool isOverAxis = activation is "Softmax" or "LogSoftmax";
                    return isOverAxis && shapes[i + 1] is { } own && output is { } last && own[-1] != last[-1] ? "Linear" : activation;
                default:
                    return "";
            }
        }

        return "";
    }
}
