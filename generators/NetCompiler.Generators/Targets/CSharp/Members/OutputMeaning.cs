using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>How an output becomes a class.</summary>
internal enum OutputMeaning
{
    /// <summary>A regression or anything unknown: no class.</summary>
    None,

    /// <summary>A distribution over classes, its logarithm or logits: the largest.</summary>
    Largest,

    /// <summary>One probability: above one half.</summary>
    AboveHalf,

    /// <summary>One logit: above zero.</summary>
    AboveZero,
}

/// <summary>Finds what an output means from its last layer and its loss.</summary>
internal static class OutputMeanings
{
    public static OutputMeaning Of(NetworkPlan plan, int output)
    {
        NetworkSpec spec = plan.Spec;
        int value = spec.Outputs[output].Value;
        bool isSingle = value >= 0 && value < plan.Shapes.Count && plan.Shapes[value].Length == 1;
        foreach (LossSpec loss in spec.Losses.Where(loss => loss.Outputs.Contains(output)))
        {
            switch (loss.Kind)
            {
                case "SparseCategoricalCrossentropy" or "NegativeLogLikelihood":
                case "CategoricalCrossentropy" when loss.FromLogits:
                    return OutputMeaning.Largest;
                case "BinaryCrossentropy" when loss.FromLogits && isSingle:
                    return OutputMeaning.AboveZero;
            }
        }

        return Activation(plan, value) switch
        {
            "Softmax" or "LogSoftmax" => OutputMeaning.Largest,
            "Sigmoid" when isSingle => OutputMeaning.AboveHalf,
            _ => OutputMeaning.None,
        };
    }

    // What leaves every value as it is in inference, though perhaps under another shape; a distribution must keep its axis.
    private static bool KeepsValues(LayerSpec layer) => layer.Kind is "Dropout" or "Flatten" or "Reshape"
        || (layer.Kind == "Activation" && layer.Function is null && layer.Enumeration("Activation") == "Linear");

    private static int LastOf(Graph.Shape shape) => shape.Rank == 0 ? 1 : shape[-1];

    // The activation of the layer that made a value.
    private static string Activation(NetworkPlan plan, int value)
    {
        NetworkSpec spec = plan.Spec;
        while (value >= spec.Inputs.Count && value - spec.Inputs.Count < spec.Layers.Count)
        {
            LayerSpec layer = spec.Layers[value - spec.Inputs.Count];
            if (layer.Operands.Count == 0 || !KeepsValues(layer) || LastOf(plan.Shapes[value]) != LastOf(plan.Shapes[layer.Operands[0]]))
            {
                if (layer.Kind is "Sigmoid")
                {
                    return layer.Kind;
                }

                bool isNamed = layer.Function is null && layer.Options.Any(option => option.Name == "Activation" && option.Type == OptionType.Enumeration);
                return isNamed ? layer.Enumeration("Activation") : "";
            }

            value = layer.Operands[0];
        }

        return "";
    }
}
