using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Schedule;

namespace Benchmarks.Kernels;

/// <summary>A convolution of 3 x 3, with or without a pool of 2 x 2 behind it.</summary>
/// <param name="Image">The shape of the image.</param>
/// <param name="Filters">The filters.</param>
/// <param name="IsPooled">Whether the pool follows.</param>
/// <param name="Batch">The images of a call.</param>
internal sealed record ConvolutionCase((int Height, int Width, int Channels) Image, int Filters, bool IsPooled, int Batch) : KernelCase(Batch)
{
    private const int Window = 3;

    /// <summary>The layers of the peers' networks, and one of 64 channels.</summary>
    public static IReadOnlyList<ConvolutionCase> Layers { get; } =
    [
        new((28, 28, 1), 32, IsPooled: true, 32), new((28, 28, 1), 32, IsPooled: false, 32), new((32, 32, 3), 32, IsPooled: true, 32), new((32, 32, 3), 32, IsPooled: false, 32),
        new((15, 15, 32), 64, IsPooled: true, 32), new((15, 15, 32), 64, IsPooled: false, 32), new((34, 34, 64), 64, IsPooled: false, 4),
    ];

    public override IReadOnlyList<PlannedWeight> Weights { get; } = Plan(new Shape(Window, Window, Image.Channels, Filters), new Shape(Filters));

    /// <summary>The rows and columns of the result that are computed.</summary>
    public (int Height, int Width) Live => (LiveOf(Image.Height), LiveOf(Image.Width));

    public override double Operations => 2.0 * Batch * Live.Height * Live.Width * Window * Window * Image.Channels * Filters;

    public override int OutputLength => Live.Height * Live.Width * Filters / (IsPooled ? 4 : 1);

    public override int InputLength => Image.Height * Image.Width * Image.Channels;

    public override bool IsFirst => Image.Channels < TilingPolicy.RowAlignment;

    public override double ForwardGoal => !IsFirst ? 0.90 : IsPooled ? 0.85 : 0;

    /// <summary>Forward in transformed tiles, where inference would take them, and the transformed kernel that it reads.</summary>
    public (NetworkGraph Inference, IReadOnlyList<PlannedDerived> Derived)? Tiles()
    {
        NetworkGraph transformed = TransformKernels.Run(Graphs().Inference, TilingPolicy.IsFasterInTiles);
        return transformed.Nodes.Any(node => node.Operation is WinogradOperation) && HoistWeights.Run(transformed) is var hoisted ? (hoisted.Inference, WeightPlanner.PlanDerived(hoisted.Derived)) : null;
    }

    public override string ToString() =>
        $"{Image.Height} x {Image.Width} x {Image.Channels} to {Filters}, 3 x 3{(IsPooled ? ", pooled" : "")}, batch {Batch}";

    protected override Node Layer(GraphBuilder builder)
    {
        Node image = builder.Input(InputRole.Feature, 0, new Shape(Image.Height, Image.Width, Image.Channels), isBatched: true);
        Node kernel = builder.Input(InputRole.Parameter, 0, Weights[0].Spec.Shape, isBatched: false), bias = builder.Input(InputRole.Parameter, 1, Weights[1].Spec.Shape, isBatched: false);
        var shape = new Shape(Image.Height - Window + 1, Image.Width - Window + 1, Filters);
        Node result = builder.Apply(Elementwise.Relu, builder.Add(builder.Contract("b(h+y)(w+x)c", "yxcn", "bhwn", image, kernel, shape), bias));
        return IsPooled ? builder.Window(WindowKind.Max, result, new WindowAxis(2, 2), new WindowAxis(2, 2)) : result;
    }

    private int LiveOf(int size) => IsPooled ? (size - Window + 1) / 2 * 2 : size - Window + 1;
}
