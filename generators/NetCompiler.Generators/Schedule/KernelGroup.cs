using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Scans;

namespace NetCompiler.Generators.Schedule;

/// <summary>Nodes that one kernel computes.</summary>
internal sealed class KernelGroup(GroupKind kind, Space space, Demand demand, bool isBackward)
{
    public GroupKind Kind { get; } = kind;

    public Space Space { get; } = space;

    public Demand Demand { get; } = demand;

    public bool IsBackward { get; } = isBackward;

    /// <summary>In the order of computation; the first one of a product is the contraction.</summary>
    public List<Node> Members { get; } = [];

    public Node Anchor => Members[0];

    /// <summary>Whether the kernel takes windows of the sums of a convolution before it stores them.</summary>
    public bool IsPooledFrom(Node convolution) => Kind is GroupKind.Convolution or GroupKind.Winograd && convolution == Anchor && Space != Space.Of(Anchor);

    /// <summary>The windows that are taken of the anchor, or null.</summary>
    public WindowOperation? Window => IsPooledFrom(Anchor) ? Members.Select(member => member.Operation).OfType<WindowOperation>().First() : null;

    /// <summary>The gates of a recurrent product, which its kernel keeps in registers.</summary>
    public GateForm? Gates { get; init; }

    /// <summary>The sums of blocks of samples that its kernel makes, or null where it makes one sum over all.</summary>
    public BlockSums? BlockSums { get; set; }

    /// <summary>The parts that a product's sum over its inputs is made in, or its gradients computed in: each thread has some of them. 0 where there are none.</summary>
    public int Parts { get; set; }

    /// <summary>The same members in other loops.</summary>
    public KernelGroup WithSpace(Space space)
    {
        var group = new KernelGroup(Kind, space, Demand, IsBackward) { Gates = Gates };
        group.Members.AddRange(Members);
        return group;
    }
}

/// <summary>The kinds of kernels.</summary>
internal enum GroupKind
{
    /// <summary>Rows of a matrix: elementwise operations, and reductions over a row.</summary>
    Rows,

    /// <summary>One value per sample, the lanes along the samples; or one value in all.</summary>
    Singles,

    /// <summary>Any contraction as its plain loop nest.</summary>
    Plain,

    /// <summary>A product of matrices in register tiles, with elementwise operations on the result.</summary>
    Product,

    /// <summary>A recurrent product with one sample, whose gates meet in registers.</summary>
    Gates,

    /// <summary>A product with a weight matrix of one column: a sum along each row.</summary>
    Dot,

    /// <summary>The gradient of a weight matrix: a sum of outer products over the rows.</summary>
    WeightGradient,

    /// <summary>A convolution, with elementwise operations on the result.</summary>
    Convolution,

    /// <summary>A convolution in transformed tiles, with elementwise operations on the result.</summary>
    Winograd,

    /// <summary>The gradient of a convolution's image.</summary>
    ConvolutionInputGradient,

    /// <summary>The gradient of a convolution's weights.</summary>
    ConvolutionWeightGradient,

    /// <summary>A sum over all rows.</summary>
    RowSum,

    /// <summary>Elementwise operations on a weight in its own layout, and sums over it.</summary>
    Flat,

    /// <summary>A random mask.</summary>
    Mask,

    /// <summary>The same values in another layout.</summary>
    Copy,

    /// <summary>A scan with its results.</summary>
    Scan,

    /// <summary>Any node as its plain loop nest.</summary>
    Nest,

    /// <summary>Normal noise.</summary>
    Noise,

    /// <summary>A weight out of its packing.</summary>
    Unpack,

    /// <summary>A gradient into the packing of its weight.</summary>
    Pack,

    /// <summary>A matrix of weights into a narrow format.</summary>
    Narrow,

    /// <summary>Rows into integers of 8 bits.</summary>
    RoundRows,

    /// <summary>A product of such rows with a matrix of such integers.</summary>
    Int8Product,
}
