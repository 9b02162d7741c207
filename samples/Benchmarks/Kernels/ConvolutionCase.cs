using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Schedule;
using WeightPacking = NetCompiler.Generators.Schedule.WeightPacking;

namespace Benchmarks.Kernels;

/// <summary>One convolution with bias and relu, with or without a pool of 2 x 2 behind it, whose kernels are measured one by one.</summary>
/// <param name="Image">The shape of the image.</param>
/// <param name="Filters">The filters.</param>
/// <param name="IsPooled">Whether the pool follows.</param>
/// <param name="Batch">The images of a call.</param>
internal sealed record ConvolutionCase((int Height, int Width, int Channels) Image, int Filters, bool IsPooled, int Batch)
{
    private const int Window = 3;

    /// <summary>The cases of the table: the layers of the peers' networks, and one of 64 channels.</summary>
    public static IReadOnlyList<ConvolutionCase> All { get; } =
    [
        new((28, 28, 1), 32, IsPooled: true, 32), new((28, 28, 1), 32, IsPooled: false, 32), new((32, 32, 3), 32, IsPooled: true, 32), new((32, 32, 3), 32, IsPooled: false, 32),
        new((15, 15, 32), 64, IsPooled: true, 32), new((15, 15, 32), 64, IsPooled: false, 32), new((34, 34, 64), 64, IsPooled: false, 4),
    ];

    /// <summary>The weights, as a network would plan them.</summary>
    public IReadOnlyList<PlannedWeight> Weights { get; } = Plan(new Shape(Window, Window, Image.Channels, Filters), new Shape(Filters));

    /// <summary>The rows and columns of the result that are computed.</summary>
    public (int Height, int Width) Live => (LiveOf(Image.Height), LiveOf(Image.Width));

    /// <summary>The floating-point operations of one product over the batch: forward, or either gradient.</summary>
    public double Operations => 2.0 * Batch * Live.Height * Live.Width * Window * Window * Image.Channels * Filters;

    /// <summary>The floats of one result.</summary>
    public int OutputLength => Live.Height * Live.Width * Filters / (IsPooled ? 4 : 1);

    /// <summary>The floats of one image.</summary>
    public int InputLength => Image.Height * Image.Width * Image.Channels;

    /// <summary>Forward, and forward with the gradients that follow from a gradient of the result.</summary>
    public (NetworkGraph Inference, NetworkGraph Training) Graphs()
    {
        var builder = new GraphBuilder();
        NetworkGraph inference = ShrinkWindows.Run(SimplifyGraph.Run(EliminateDeadValues.Run(
            new NetworkGraph(builder.Nodes, [new GraphResult(ResultRole.Output, 0, Layer(builder))]))));
        var training = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        foreach (Node node in inference.Nodes)
        {
            copies[node] = training.Make(node.Operation, [.. node.Operands.Select(operand => copies[operand])], node.Shape, node.IsBatched);
        }

        Node output = copies[inference.Results[0].Node];
        IReadOnlyDictionary<Node, Node> gradients = ReverseModeGradient.Run(training,
            [new KeyValuePair<Node, Node>(output, training.Input(InputRole.OutputGradient, 0, output.Shape, isBatched: true))]);
        GraphResult[] results = [.. gradients.Where(entry => entry.Key.Operation is InputOperation { Role: InputRole.Parameter or InputRole.Feature }).Select(entry => new GraphResult(
            ((InputOperation)entry.Key.Operation).Role == InputRole.Parameter ? ResultRole.ParameterGradient : ResultRole.InputGradient, ((InputOperation)entry.Key.Operation).Index, entry.Value))];
        return (inference, SimplifyGraph.Run(EliminateDeadValues.Run(new NetworkGraph(training.Nodes, [new GraphResult(ResultRole.Output, 0, output), .. results]))));
    }

    /// <summary>Forward in transformed tiles, where inference would take them, and the transformed kernel that it reads.</summary>
    public (NetworkGraph Inference, IReadOnlyList<PlannedDerived> Derived)? Tiles()
    {
        NetworkGraph transformed = TransformKernels.Run(Graphs().Inference, TilingPolicy.IsFasterInTiles);
        return transformed.Nodes.Any(node => node.Operation is WinogradOperation) && HoistWeights.Run(transformed) is var hoisted ? (hoisted.Inference, WeightPlanner.PlanDerived(hoisted.Derived)) : null;
    }

    public override string ToString() =>
        $"{Image.Height} x {Image.Width} x {Image.Channels} to {Filters}{(IsPooled ? ", pooled" : "")}, batch {Batch}";

    private Node Layer(GraphBuilder builder)
    {
        Node image = builder.Input(InputRole.Feature, 0, new Shape(Image.Height, Image.Width, Image.Channels), isBatched: true);
        Node kernel = builder.Input(InputRole.Parameter, 0, Weights[0].Spec.Shape, isBatched: false), bias = builder.Input(InputRole.Parameter, 1, Weights[1].Spec.Shape, isBatched: false);
        var shape = new Shape(Image.Height - Window + 1, Image.Width - Window + 1, Filters);
        Node result = builder.Apply(Elementwise.Relu, builder.Add(builder.Contract("b(h+y)(w+x)c", "yxcn", "bhwn", image, kernel, shape), bias));
        return IsPooled ? builder.Window(WindowKind.Max, result, new WindowAxis(2, 2), new WindowAxis(2, 2)) : result;
    }

    private int LiveOf(int size) => IsPooled ? (size - Window + 1) / 2 * 2 : size - Window + 1;

    private static PlannedWeight[] Plan(Shape kernel, Shape bias)
    {
        PlannedWeight Weight(string name, Shape shape, WeightPacking packing, int offset) => new(
            new WeightSpec(name, shape, "Zeros", double.NaN, 1, 1, IsTrainable: true, 0, 0), 0, name, name, packing, offset, (int)shape.Length / shape[-1] * TilingPolicy.Align(shape[-1]));
        PlannedWeight first = Weight("kernel", kernel, WeightPacking.Panels, 0);
        return [first, Weight("bias", bias, WeightPacking.Flat, first.PhysicalLength)];
    }
}
