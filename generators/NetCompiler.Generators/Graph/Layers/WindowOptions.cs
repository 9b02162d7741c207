using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>Reads and checks what the layers with windows share: one number for all axes, or one for the height and one for the width.</summary>
internal static class WindowOptions
{
    private static readonly string[] Sides = ["Height", "Width"];

    /// <summary>The number of an option along each axis: that of the axis where it is given, else that of both.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="whole">The option for all axes: Strides.</param>
    /// <param name="stem">The stem of the options for single axes: Stride, as in StrideHeight.</param>
    /// <param name="rank">The number of axes; with one there are no options for single ones.</param>
    public static int[] PerAxis(LayerSpec layer, string whole, string stem, int rank)
    {
        int common = layer.Integer(whole);
        return rank == 1 ? [common] : [.. Sides.Select(side => layer.Integer(stem + side) is var own and not 0 ? own : common)];
    }

    /// <summary>The windows of a convolution (stem Kernel) or a pooling (stem Pool) along the axes of time or space.</summary>
    public static SlidingAxis[] Windows(LayerSpec layer, string stem, Shape input)
    {
        int rank = input.Rank - 1;
        string padding = layer.Enumeration("Padding");
        int[] windows = PerAxis(layer, stem + "Size", stem, rank), strides = PerAxis(layer, "Strides", "Stride", rank);
        int[] dilations = Has(layer, "Dilation") ? PerAxis(layer, "Dilation", "Dilation", rank) : [.. windows.Select(_ => 1)];
        return [.. Enumerable.Range(0, rank).Select(axis =>
            SlidingAxis.Create(input[axis], windows[axis], strides[axis] == 0 ? windows[axis] : strides[axis], dilations[axis], padding))];
    }

    /// <summary>Whether sizes, strides, dilations and padding are such that windows exist; what is wrong is reported.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="stem">Kernel or Pool.</param>
    /// <param name="rank">The number of axes of time or space.</param>
    /// <param name="problems">Where mistakes go.</param>
    public static bool Check(LayerSpec layer, string stem, int rank, ProblemSink problems)
    {
        bool isRight = CheckPositive(layer, problems, stem + "Size");
        isRight &= stem == "Pool" ? CheckOverride(layer, problems, "Strides", stem + "Size") : CheckPositive(layer, problems, "Strides");
        isRight &= !Has(layer, "Dilation") || CheckPositive(layer, problems, "Dilation");
        foreach (string side in rank == 2 ? Sides : [])
        {
            isRight &= CheckOverride(layer, problems, stem + side, stem + "Size") && CheckOverride(layer, problems, "Stride" + side, "Strides");
            isRight &= !Has(layer, "Dilation") || CheckOverride(layer, problems, "Dilation" + side, "Dilation");
        }

        if (layer.Enumeration("Padding") == "Causal" && layer.Kind != "Conv1D")
        {
            problems.Report("NC0222", "Padding", layer.Name);
            return false;
        }

        return isRight;
    }

    /// <summary>Whether every window fits into its axis; where the borders are padded, every one does that can be counted.</summary>
    public static bool CheckFit(LayerSpec layer, string stem, SlidingAxis[] axes, Shape input, ProblemSink problems)
    {
        bool isPadded = layer.Enumeration("Padding") != "Valid";
        if (axes.All(axis => axis.Reach <= (isPadded ? int.MaxValue / 4 : axis.Size)))
        {
            return true;
        }

        string reach = "(" + string.Join(", ", axes.Select(axis => NumberText.Integer(axis.Reach))) + ")";
        problems.Report("NC0220", stem + "Size", layer.Name, axes.Any(axis => axis.Dilation > 1) ? $"dilated {stem.ToLowerInvariant()}" : stem.ToLowerInvariant(), reach, input.ToString());
        return false;
    }

    /// <summary>Whether the option is at least 1.</summary>
    public static bool CheckPositive(LayerSpec layer, ProblemSink problems, string option) =>
        CheckAtLeast(layer, problems, option, 1, "at least 1");

    /// <summary>Whether an option that may be 0 to follow another one is not negative.</summary>
    public static bool CheckOverride(LayerSpec layer, ProblemSink problems, string option, string followed) =>
        CheckAtLeast(layer, problems, option, 0, $"at least 1, or 0 for that of {followed}");

    public static bool CheckAtLeast(LayerSpec layer, ProblemSink problems, string option, int least, string requirement)
    {
        if (layer.Integer(option) >= least)
        {
            return true;
        }

        problems.Report("NC0201", option, layer.Name, option, NumberText.Integer(layer.Integer(option)), requirement);
        return false;
    }

    private static bool Has(LayerSpec layer, string name) => layer.Options.Any(option => option.Name == name);
}
