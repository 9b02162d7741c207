using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.Generators.Tests.Graph;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>
/// A scan made by hand, with weights and inputs of a network of dense layers: the stacked outputs and the last states are the outputs.
/// Kernels of 1, 3 and 4 times the width and biases lie among its weights.
/// </summary>
internal sealed class ScanNetwork
{
    private static readonly int[] Blocks = [1, 3, 4];

    private readonly CompiledNetwork _network;
    private readonly List<Node> _sequences = [], _invariants = [], _states = [];
    private readonly List<GraphResult> _results = [];

    private ScanNetwork(int width, int steps)
    {
        (Width, Steps) = (width, steps);

        // Two layers for each kernel from the width to a multiple of it: out and back.
        SpecBuilder spec = SpecBuilder.Input(steps, width);
        foreach (int blocks in Blocks)
        {
            spec.Dense(blocks * width).Dense(width);
        }

        _network = new CompiledNetwork(spec.Dense(12 * width).Build());
    }

    public int Width { get; }

    public int Steps { get; }

    public GraphBuilder Around { get; } = new() { Origin = "around" };

    public GraphBuilder Body { get; } = new() { Origin = "step" };

    public Node Constant(double value) => Around.Constant(value);

    /// <summary>The input, (steps, width).</summary>
    public Node Feature() => Around.Input(InputRole.Feature, 0, new Shape(Steps, Width), isBatched: true);

    /// <summary>A weight of (width, blocks times width).</summary>
    public Node Kernel(int blocks) => Weight(new Shape(Width, blocks * Width), 2 * Array.IndexOf(Blocks, blocks));

    /// <summary>A weight of (width).</summary>
    public Node Bias() => Weight(new Shape(Width), 1);

    /// <summary>The input times a weight, (steps, blocks times width).</summary>
    public Node Projection(int blocks) => Around.Contract("btk", "kn", "btn", Feature(), Kernel(blocks));

    public Node Sequence(Node value)
    {
        _sequences.Add(value);
        return Body.Input(InputRole.ScanSequence, _sequences.Count - 1, new Shape([.. value.Shape.Sizes.Skip(1)]), value.IsBatched);
    }

    public Node Invariant(Node value)
    {
        _invariants.Add(value);
        return Body.Input(InputRole.ScanInvariant, _invariants.Count - 1, value.Shape, value.IsBatched);
    }

    public Node State(Node first, Shape shape, bool isBatched)
    {
        _states.Add(first);
        return Body.Input(InputRole.ScanState, _states.Count - 1, shape, isBatched);
    }

    /// <summary>The states after the step, in order.</summary>
    public void Next(Node value) => Add(ResultRole.ScanState, value);

    public void Output(Node value) => Add(ResultRole.ScanOutput, value);

    /// <summary>Builds a scan, runs it as a graph and as a program, and compares all results.</summary>
    public static void Compare(Machine machine, ProgramMode mode, int samples, int width, int steps, bool isReversed, Action<ScanNetwork> build, double tolerance)
    {
        // Results go to the one output in turns, each alone: so that a scan writes its outputs in place, and with a reader around it.
        for (int result = 0; ; result++)
        {
            var network = new ScanNetwork(width, steps);
            build(network);
            if (result == 2 * network._results.Count)
            {
                break;
            }

            NetworkGraph graph = network.Graph(result / 2, result % 2 == 1, isReversed);
            var data = new NetworkData(network._network.Plan, samples, seed: 1);
            double[] expected = GraphInterpreter.Result(graph, GraphInterpreter.Run(graph, data), ResultRole.Output, 0)!;
            var run = new ProgramInterpreter(network._network.Plan, data, network._network.Schedule(graph, machine, mode), machine, mode);
            run.Run();
            double[] actual = run.Output(0);
            for (int i = 0; i < expected.Length; i++)
            {
                Expect.True(Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i])),
                    $"result {result}[{i}] is {actual[i]}, the graph gives {expected[i]} ({machine.Bits} bits, {mode}, {samples} samples, {steps} steps of {width}{(isReversed ? ", reversed" : "")}).\n{GraphPrinter.Print(graph)}");
            }
        }
    }

    private void Add(ResultRole role, Node value) => _results.Add(new GraphResult(role, _results.Count(result => result.Role == role), value));

    private NetworkGraph Graph(int result, bool isRead, bool isReversed)
    {
        var body = new ScanBody(new NetworkGraph([.. Body.Nodes], _results), _sequences.Count, _invariants.Count, _states.Count);
        Node scan = Around.Make(new ScanOperation(body, Steps, isReversed), [.. _sequences, .. _invariants, .. _states]);
        Node value = Around.Make(new ScanResultOperation(_results[result].Role == ResultRole.ScanState, _results[result].Index), [scan]);
        Node output = isRead ? Around.Apply(NetCompiler.Generators.Ops.Elementwise.Tanh, value) : value;
        return GraphVerifier.Verify(NetCompiler.Generators.Passes.EliminateDeadValues.Run(new NetworkGraph([.. Around.Nodes], [new GraphResult(ResultRole.Output, 0, output)])), "building");
    }

    // The first weight of the shape from a place on, where several agree.
    private Node Weight(Shape shape, int from)
    {
        IReadOnlyList<PlannedWeight> weights = _network.Plan.Weights;
        int index = Enumerable.Range(0, weights.Count).First(i => i >= from && weights[i].Spec.Shape == shape && weights[i].Spec.IsTrainable);
        return Around.Input(InputRole.Parameter, index, shape, isBatched: false);
    }
}
