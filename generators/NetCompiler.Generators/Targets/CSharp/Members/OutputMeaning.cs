using NetCompiler.Generators.Declaration;
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

        string activation = value < plan.Shapes.Count ? OutputRange.Activation(spec.Inputs.Count, spec.Layers, [.. plan.Shapes.Select(shape => (Graph.Shape?)shape)], value) : "";
        return activation switch
        {
            "Softmax" or "LogSoftmax" => OutputMeaning.Largest,
            "Sigmoid" when isSingle => OutputMeaning.AboveHalf,
            _ => OutputMeaning.None,
        };
    }
}
