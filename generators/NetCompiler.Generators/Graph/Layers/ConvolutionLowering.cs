using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>
/// Convolutions as contractions whose axes are affine sums: h and w are the positions, y and x the offsets under the kernel, c the channels,
/// n the filters, g the groups.
/// </summary>
internal static class ConvolutionLowering
{
    private const string Positions = "hw";
    private const string Offsets = "yx";

    /// <summary>y[h, w, n] = sum over y, x, c of x[h s + y d, w s + x d, c] kernel[y, x, c, n], within each group of channels and filters.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="x">The image or sequence, without padding.</param>
    /// <param name="kernel">The kernel (sizes.., channels / groups, filters).</param>
    /// <param name="axes">How the kernel slides.</param>
    /// <param name="groups">The number of groups.</param>
    public static Node Convolve(GraphBuilder builder, Node x, Node kernel, SlidingAxis[] axes, int groups)
    {
        Node padded = PadAxes(builder, x, axes);
        int[] positions = [.. axes.Select(axis => axis.Positions)];
        int channels = kernel.Shape[-2], filters = kernel.Shape[-1];
        string at = Sliding(axes), offsets = Offsets.Substring(0, axes.Length), result = "b" + Positions.Substring(0, axes.Length);
        if (groups == 1)
        {
            return builder.Contract($"b{at}c", $"{offsets}cn", $"{result}n", padded, kernel, new Shape([.. positions, filters]));
        }

        int[] sizes = [.. kernel.Shape.Sizes.Take(axes.Length)];
        if (!SplitsFilters(channels, groups, filters))
        {
            // Each channel has one filter: nothing needs to be split.
            return builder.Contract($"b{at}g", $"{offsets}g", $"{result}g", padded, builder.Reshape(kernel, new Shape([.. sizes, groups])), new Shape([.. positions, groups]));
        }

        int each = filters / groups;
        Node split = builder.Reshape(padded, new Shape([.. padded.Shape.Sizes.Take(axes.Length), groups, channels]));
        Node apart = builder.Contract($"b{at}gc", $"{offsets}cgn", $"{result}gn", split, builder.Reshape(kernel, new Shape([.. sizes, channels, groups, each])),
            new Shape([.. positions, groups, each]));
        return builder.Reshape(apart, new Shape([.. positions, filters]));
    }

    /// <summary>Whether the filters are split into groups; one filter for each channel needs no axis of groups beside that of the filters.</summary>
    /// <param name="channels">The channels of a group.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="filters">The filters of all groups.</param>
    public static bool SplitsFilters(int channels, int groups, int filters) => groups > 1 && !(channels == 1 && groups == filters);

    /// <summary>y[h s + y d, w s + x d, n] += x[h, w, c] kernel[y, x, n, c], on an image of zeros as large as the places reach, or larger.</summary>
    public static Node Transpose(GraphBuilder builder, Node x, Node kernel, int[] strides, int[] dilations, Shape shape)
    {
        string at = string.Concat(strides.Select((stride, axis) => AxisLabels.Sum(Positions[axis], stride, Offsets[axis], dilations[axis])));
        return builder.Contract($"b{Positions}c", $"{Offsets}nc", $"b{at}n", x, kernel, shape);
    }

    /// <summary>Adds the bias, if there is one, and applies the activation.</summary>
    public static Node Finish(LayerSpec layer, Node y, LayerLowering lowering) => ActivationLowering.Apply(
        lowering.Builder, layer, layer.Boolean("UseBias") ? lowering.Builder.Add(y, lowering.Weight("bias")) : y);

    /// <summary>The axes of time or space with their padding; the channels have none.</summary>
    public static Node PadAxes(GraphBuilder builder, Node x, SlidingAxis[] axes, double fill = 0) =>
        builder.Pad(x, [.. axes.Select(axis => axis.Before), 0], [.. axes.Select(axis => axis.After), 0], fill);

    private static string Sliding(SlidingAxis[] axes) =>
        string.Concat(axes.Select((axis, i) => AxisLabels.Sum(Positions[i], axis.Stride, Offsets[i], axis.Dilation)));
}
