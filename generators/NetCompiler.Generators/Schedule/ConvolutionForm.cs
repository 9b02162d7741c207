using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule;

/// <summary>The three products of a convolution.</summary>
internal enum ConvolutionKind
{
    /// <summary>y[b, h, w, n] = sum over y, x, c of x[b, s h + d y, t w + e x, c] W[y, x, c, n].</summary>
    Forward,

    /// <summary>dx[b, s h + d y, t w + e x, c] += sum over n of dy[b, h, w, n] W[y, x, c, n].</summary>
    InputGradient,

    /// <summary>dW[y, x, c, n] = sum over b, h, w of x[b, s h + d y, t w + e x, c] dy[b, h, w, n].</summary>
    WeightGradient,
}

/// <summary>One direction of a convolution.</summary>
/// <param name="Out">The places of the window: the extent of the small image.</param>
/// <param name="Taps">The weights within a window.</param>
/// <param name="Stride">The cells from one window to the next.</param>
/// <param name="Dilation">The cells from one weight to the next.</param>
/// <param name="In">The extent of the large image.</param>
internal readonly record struct ConvolutionAxis(int Out, int Taps, int Stride, int Dilation, int In);

/// <summary>A contraction that is a convolution or one of its gradients: which operand is what, and its axes. A sequence is an image of one row.</summary>
/// <param name="Kind">What is computed.</param>
/// <param name="Large">The image that windows move over; the result of an input gradient.</param>
/// <param name="Small">The image with one pixel per window; the result of a forward product.</param>
/// <param name="Weight">The weights; the result of a weight gradient.</param>
/// <param name="Height">The direction of the image's rows.</param>
/// <param name="Width">The direction within a row.</param>
internal sealed record ConvolutionForm(ConvolutionKind Kind, Node Large, Node Small, Node Weight, ConvolutionAxis Height, ConvolutionAxis Width)
{
    /// <summary>The channels of the large image, c.</summary>
    public int Channels => Large.Shape[-1];

    /// <summary>The channels of the small image, n.</summary>
    public int Filters => Small.Shape[-1];

    /// <summary>The rows of the weights as a matrix: (y, x, c).</summary>
    public int WeightRows => Height.Taps * Width.Taps * Channels;

    /// <summary>Whether it is a product over pixels, each with itself.</summary>
    public bool IsPointwise => Height is { Taps: 1, Stride: 1 } && Width is { Taps: 1, Stride: 1 } && Height.In == Height.Out && Width.In == Width.Out;

    /// <summary>The form of a contraction, or null if it is none of these.</summary>
    public static ConvolutionForm? Match(Node node)
    {
        var contract = (ContractOperation)node.Operation;
        if (!AxisLabels.AreAffine(contract.Left + contract.Right + contract.Result))
        {
            return null;
        }

        (string Labels, Node Node) left = (contract.Left, node.Operands[0]), right = (contract.Right, node.Operands[1]), result = (contract.Result, node);
        return AxisLabels.AreAffine(contract.Result) ? Match(contract, ConvolutionKind.InputGradient, result, left, right, node)
            : !contract.Result.Contains(AxisLabels.Batch)
                ? AxisLabels.AreAffine(contract.Left) ? Match(contract, ConvolutionKind.WeightGradient, left, right, result, node) : Match(contract, ConvolutionKind.WeightGradient, right, left, result, node)
            : AxisLabels.AreAffine(contract.Left) ? Match(contract, ConvolutionKind.Forward, left, result, right, node) : null;
    }

    private static ConvolutionForm? Match(ContractOperation contract, ConvolutionKind kind, (string Labels, Node Node) large, (string Labels, Node Node) small, (string Labels, Node Node) weight, Node node)
    {
        IReadOnlyList<IReadOnlyList<AxisTerm>> l = AxisLabels.Parse(large.Labels), s = AxisLabels.Parse(small.Labels), w = AxisLabels.Parse(weight.Labels);
        int spatial = l.Count - 2;
        if (spatial is not (1 or 2) || s.Count != l.Count || w.Count != spatial + 2 || s.Concat(w).Any(axis => axis.Count != 1) || !IsBatch(l[0]) || !IsBatch(s[0])
            || l[spatial + 1].Count != 1 || l[spatial + 1][0].Label != w[spatial][0].Label || s[spatial + 1][0].Label != w[spatial + 1][0].Label
            || l[spatial + 1][0].Label == s[spatial + 1][0].Label)
        {
            return null;
        }

        Dictionary<char, int> extents = ShapeRules.Extents(contract, node.Operands);
        var axes = new List<ConvolutionAxis>();
        for (int axis = 0; axis < spatial; axis++)
        {
            char place = s[axis + 1][0].Label, tap = w[axis][0].Label;
            AxisTerm[] terms = [.. l[axis + 1]];
            if (terms.Length != 2 || !terms.Any(term => term.Label == place) || !terms.Any(term => term.Label == tap))
            {
                return null;
            }

            axes.Add(new ConvolutionAxis(extents[place], extents[tap], terms.First(term => term.Label == place).Stride, terms.First(term => term.Label == tap).Stride, large.Node.Shape[axis]));
        }

        ConvolutionAxis height = spatial == 2 ? axes[0] : new ConvolutionAxis(1, 1, 1, 1, 1);
        return new ConvolutionForm(kind, large.Node, small.Node, weight.Node, height, axes[spatial - 1]);
    }

    private static bool IsBatch(IReadOnlyList<AxisTerm> axis) => axis.Count == 1 && axis[0].Label == AxisLabels.Batch;
}
