using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Schedule;
using WeightPacking = NetCompiler.Generators.Schedule.WeightPacking;

namespace Benchmarks.Kernels;

/// <summary>One layer with bias and relu, whose products are compiled and measured one by one.</summary>
/// <param name="Batch">The samples of a call.</param>
internal abstract record KernelCase(int Batch)
{
    /// <summary>All cases of the table.</summary>
    public static IReadOnlyList<KernelCase> All { get; } = [.. ConvolutionCase.Layers, .. DenseCase.Layers];

    /// <summary>The weights, as a network would plan them: the kernel, then the bias.</summary>
    public abstract IReadOnlyList<PlannedWeight> Weights { get; }

    /// <summary>The floating-point operations of one product over the batch: forward, or either gradient.</summary>
    public abstract double Operations { get; }

    /// <summary>The floats of one sample.</summary>
    public abstract int InputLength { get; }

    /// <summary>The floats of one result.</summary>
    public abstract int OutputLength { get; }

    /// <summary>Whether the layer stands first in a network, where nothing asks for the gradient of its input.</summary>
    public abstract bool IsFirst { get; }

    /// <summary>The share of the peak that the forward product is to reach; 0 where none is asked for.</summary>
    public abstract double ForwardGoal { get; }

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

    /// <summary>The layer's result.</summary>
    protected abstract Node Layer(GraphBuilder builder);

    /// <summary>A kernel and a bias in the places that a network would give them.</summary>
    protected static PlannedWeight[] Plan(Shape kernel, Shape bias)
    {
        PlannedWeight Weight(string name, Shape shape, WeightPacking packing, int offset) => new(
            new WeightSpec(name, shape, "Zeros", double.NaN, 1, 1, IsTrainable: true, 0, 0), 0, name, name, packing, offset, WeightPlanner.PhysicalLength(shape, packing));
        PlannedWeight first = Weight("kernel", kernel, WeightPacking.Panels, 0);
        return [first, Weight("bias", bias, WeightPacking.Flat, first.PhysicalLength)];
    }
}
