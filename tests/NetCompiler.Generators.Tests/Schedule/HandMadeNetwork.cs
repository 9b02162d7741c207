using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.Generators.Tests.Graph;
using NetCompiler.TestKit;
using Packing = NetCompiler.Generators.Schedule.WeightPacking;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>A network made of nodes instead of layers: its programs are run and compared with its graphs, forward and backward.</summary>
internal sealed class HandMadeNetwork
{
    /// <summary>Both sides are in double precision and differ in the order of sums alone.</summary>
    private const double Tolerance = 1e-9;

    private readonly List<InputSpec> _inputs = [];
    private readonly List<PlannedWeight> _weights = [];

    public GraphBuilder Builder { get; } = new();

    public Node Input(params int[] shape)
    {
        _inputs.Add(new InputSpec($"input{_inputs.Count}", [.. shape]));
        return Builder.Input(InputRole.Feature, _inputs.Count - 1, new Shape(shape), isBatched: true);
    }

    public Node Weight(params int[] shape)
    {
        var spec = new WeightSpec($"weight{_weights.Count}", new Shape(shape), "Zeros", double.NaN, 1, 1, IsTrainable: true, 0, 0);
        var packing = shape.Length == 1 ? Packing.Flat : shape.Length == 2 && shape[^1] == 1 ? Packing.Columns : Packing.Panels;
        int columns = shape[^1], rows = (int)spec.Shape.Length / columns;
        int length = packing switch
        {
            Packing.Panels => rows * TilingPolicy.Align(columns),
            Packing.Columns => columns * TilingPolicy.Align(rows),
            _ => TilingPolicy.Align(columns),
        };
        _weights.Add(new PlannedWeight(spec, 0, spec.Name, spec.Name, packing, _weights.Sum(weight => weight.PhysicalLength), length));
        return Builder.Input(InputRole.Parameter, _weights.Count - 1, spec.Shape, isBatched: false);
    }

    /// <summary>Runs inference for one and for several samples, then forward and backward, twice.</summary>
    public void Check(Machine machine, int samples, Node output, string what)
    {
        NetworkGraph inference = Verified(new NetworkGraph(Builder.Nodes, [new GraphResult(ResultRole.Output, 0, output)]));
        NetworkGraph training = Training(inference);
        NetworkPlan plan = Plan(output.Shape);
        try
        {
            Predict(plan, inference, machine, 1, ProgramMode.PredictOne, what);
            Predict(plan, inference, machine, samples, ProgramMode.PredictMany, what);
            Train(plan, training, machine, samples, what);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"{exception.Message} ({what}, {machine.Bits} bits)", exception);
        }
    }

    public NetworkPlan Plan(Shape output) => new()
    {
        Spec = new NetworkSpec { Namespace = "Sample", Name = "Made", Inputs = [.. _inputs], Outputs = [new OutputSpec("output", _inputs.Count)] },
        Shapes = [.. _inputs.Select(input => new Shape([.. input.Shape])), output],
        Weights = _weights,
        Targets = [],
        Settings = [],
        LossParts = 0,
        ArchitectureHash = "",
        PredictOneScratch = 0,
        PredictManyRows = TilingPolicy.PredictManyRows,
        PredictManyScratch = 0,
        BatchedFloats = 0,
        FixedFloats = 0,
    };

    /// <summary>The gradients that follow from a gradient of the output.</summary>
    public static NetworkGraph Training(NetworkGraph inference)
    {
        var builder = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        foreach (Node node in inference.Nodes)
        {
            copies[node] = builder.Make(node.Operation, [.. node.Operands.Select(operand => copies[operand])], node.Shape, node.IsBatched);
        }

        Node output = copies[inference.Results[0].Node];
        IReadOnlyDictionary<Node, Node> gradients = ReverseModeGradient.Run(builder, [new KeyValuePair<Node, Node>(output, builder.Input(InputRole.OutputGradient, 0, output.Shape, isBatched: true))]);
        var results = new List<GraphResult> { new(ResultRole.Output, 0, output) };
        foreach (Node node in builder.Nodes.ToArray())
        {
            if (node.Operation is InputOperation { Role: InputRole.Parameter or InputRole.Feature } input && gradients.TryGetValue(node, out Node? gradient))
            {
                results.Add(new GraphResult(input.Role == InputRole.Parameter ? ResultRole.ParameterGradient : ResultRole.InputGradient, input.Index, gradient));
            }
        }

        return Verified(new NetworkGraph(builder.Nodes, results));
    }

    /// <summary>The graph as its programs are made from it.</summary>
    public static NetworkGraph Verified(NetworkGraph graph) =>
        GraphVerifier.Verify(LowerSoftmax.Run(ShrinkWindows.Run(SimplifyGraph.Run(GraphVerifier.Verify(EliminateDeadValues.Run(graph), "building")))), nameof(SimplifyGraph));

    private static void Predict(NetworkPlan plan, NetworkGraph graph, Machine machine, int samples, ProgramMode mode, string what)
    {
        var data = new NetworkData(plan, samples, seed: 1);
        KernelProgram program = ProgramScheduler.Run(graph, plan.Weights, plan.Targets, machine, mode);
        var run = new ProgramInterpreter(plan, data, program, machine, mode);
        run.Run();
        Same(GraphInterpreter.Result(graph, GraphInterpreter.Run(graph, data), ResultRole.Output, 0)!, run.Output(0), $"output of {what}", machine);
    }

    private static void Train(NetworkPlan plan, NetworkGraph graph, Machine machine, int samples, string what)
    {
        var data = new NetworkData(plan, samples, seed: 1);
        KernelProgram program = ProgramScheduler.Run(graph, plan.Weights, plan.Targets, machine, ProgramMode.Training);
        IReadOnlyDictionary<Node, double[]> expected = GraphInterpreter.Run(graph, data);
        var run = new ProgramInterpreter(plan, data, program, machine, ProgramMode.Training);
        run.Run(isBackward: false);
        Same(GraphInterpreter.Result(graph, expected, ResultRole.Output, 0)!, run.Output(0), $"output in training of {what}", machine);
        foreach (double addedTo in new[] { 0.0, 3.0 })
        {
            run.SetGradients(addedTo);
            run.Run(isBackward: true, accumulate: addedTo != 0);
            foreach (GraphResult result in graph.Results.Where(result => result.Role != ResultRole.Output))
            {
                double[] gradient = GraphInterpreter.Result(graph, expected, result.Role, result.Index)!;
                if (result.Role == ResultRole.InputGradient)
                {
                    Same(gradient, run.InputGradient(result.Index), $"gradient of input {result.Index} of {what}", machine);
                }
                else
                {
                    Same([.. gradient.Select(value => value + addedTo)], run.ParameterGradient(result.Index), $"gradient of weight {result.Index} of {what}", machine);
                }
            }
        }
    }

    private static void Same(double[] expected, double[] actual, string what, Machine machine)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Expect.True(Math.Abs(expected[i] - actual[i]) <= Tolerance * (1 + Math.Abs(expected[i])), $"{what} at {machine.Bits} bits: [{i}] is {actual[i]}, the graph gives {expected[i]}.");
        }
    }
}
