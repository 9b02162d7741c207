namespace NetCompiler.Generators.Graph.Layers;

/// <summary>The words of poolings: a sum that is divided by its number is an average.</summary>
internal static class PoolNames
{
    public static string Word(ReduceKind reduction) => reduction == ReduceKind.Max ? "Max" : "Average";

    public static string Stem(ReduceKind reduction) => reduction == ReduceKind.Max ? "max" : "average";
}
