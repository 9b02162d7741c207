using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>The steps that the normalizations have in common.</summary>
internal static class NormalizationLowering
{
    /// <summary>1 / sqrt(variance + epsilon).</summary>
    public static Node InverseDeviation(GraphBuilder builder, LayerSpec layer, Node variance) =>
        builder.Apply(Elementwise.Reciprocal, builder.Apply(Elementwise.Sqrt, builder.Add(variance, builder.Constant(layer.Real("Epsilon")))));

    /// <summary>gamma (centered / deviation) + beta, with statistics of each channel: their factors are one, on few values.</summary>
    public static Node ScaleChannels(LayerSpec layer, Node centered, Node inverseDeviation, LayerLowering lowering)
    {
        GraphBuilder builder = lowering.Builder;
        Node factor = layer.Boolean("Scale") ? builder.Multiply(inverseDeviation, lowering.Weight("gamma")) : inverseDeviation;
        return Shift(layer, builder.Multiply(centered, factor), lowering);
    }

    /// <summary>gamma y + beta.</summary>
    public static Node ScaleAndShift(LayerSpec layer, Node y, LayerLowering lowering) =>
        Shift(layer, layer.Boolean("Scale") ? lowering.Builder.Multiply(y, lowering.Weight("gamma")) : y, lowering);

    /// <summary>The mean over the last axis, which stays with extent 1.</summary>
    public static Node MeanOfLastAxis(GraphBuilder builder, Node x) =>
        builder.Scale(builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, x), 1.0 / x.Shape[-1]);

    private static Node Shift(LayerSpec layer, Node y, LayerLowering lowering) => layer.Boolean("Center") ? lowering.Builder.Add(y, lowering.Weight("beta")) : y;
}
