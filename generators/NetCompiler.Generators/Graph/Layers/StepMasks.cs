using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>
/// Which steps of a sequence count, as Keras's mask_zero: a number per step (T), 1 where it does and 0 where the token was padding. Layers
/// that keep the steps pass it on; a value without a mask counts as a whole.
/// </summary>
internal static class StepMasks
{
    /// <summary>The mask of a token input that is padded with one token.</summary>
    public static Node OfTokens(GraphBuilder builder, Node tokens, int padding) => builder.Apply(Elementwise.NotEqual, tokens, builder.Constant(padding));

    /// <summary>The steps that count in all inputs, of those whose steps are the result's.</summary>
    public static Node? Common(LayerLowering lowering, IReadOnlyList<Node> inputs, Shape result)
    {
        Node? common = null;
        for (int i = 0; i < inputs.Count; i++)
        {
            if (lowering.Masks[i] is { } mask && inputs[i].Shape.Rank == result.Rank && inputs[i].Shape[0] == result[0])
            {
                common = common is null ? mask : lowering.Builder.Multiply(common, mask);
            }
        }

        return common;
    }

    /// <summary>The masks of inputs whose steps follow each other.</summary>
    public static Node? Join(LayerLowering lowering, IReadOnlyList<Node> inputs)
    {
        GraphBuilder builder = lowering.Builder;
        return lowering.Masks.All(mask => mask is null) ? null
            : builder.Concat(0, [.. inputs.Select((input, i) => lowering.Masks[i] ?? builder.Broadcast(builder.Constant(1), new Shape(input.Shape[0]), isBatched: true))]);
    }

    /// <summary>The mean over the steps that count; 0 where none does.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="x">One value per step, (T).</param>
    /// <param name="mask">Which steps count, (T).</param>
    public static Node Mean(GraphBuilder builder, Node x, Node mask)
    {
        // sum m x / max(sum m, 1)
        Node count = builder.Apply(Elementwise.Maximum, builder.SumSample(mask), builder.Constant(1));
        return builder.Apply(Elementwise.Divide, builder.SumSample(builder.Apply(Elementwise.Choose, mask, x, builder.Constant(0))), count);
    }
}
