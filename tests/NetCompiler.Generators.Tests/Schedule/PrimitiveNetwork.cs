using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.Generators.Tests.Graph;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>A network that is a graph of primitives instead of a declaration, scheduled forward and backward and compared with the graph.</summary>
internal sealed class PrimitiveNetwork
{
    private const double Tolerance = 1e-9;
    private const double Step = 1e-5;
    private const double SlopeTolerance = 1e-6;

    private readonly List<InputSpec> _inputs = [];
    private readonly List<PlannedWeight> _weights = [];
    private readonly Func<GraphBuilder, Node[], Node[], Node> _body;
    private readonly NetworkGraph _forward;
    private readonly NetworkGraph _forwardBackward;
    private readonly NetworkPlan _plan;
    private readonly string _name;

    /// <param name="name">Names the network in failures.</param>
    /// <param name="inputs">The shapes of the inputs; with a vocabulary they are tokens.</param>
    /// <param name="weights">The shapes of the trained weights, with their names.</param>
    /// <param name="body">The output of the inputs and weights.</param>
    public PrimitiveNetwork(string name, (Shape Shape, int Vocabulary)[] inputs, (string Name, Shape Shape)[] weights, Func<GraphBuilder, Node[], Node[], Node> body)
    {
        _name = name;
        _body = body;
        _inputs.AddRange(inputs.Select((input, i) => new InputSpec($"input{i}", input.Shape.Sizes, input.Vocabulary)));
        int offset = 0;
        foreach ((string weightName, Shape shape) in weights)
        {
            var spec = new WeightSpec(weightName, shape, "Zeros", 0, 1, 1, IsTrainable: true, 0, 0);
            Generators.Schedule.WeightPacking packing = WeightPlanner.Packing(spec);
            int length = WeightPlanner.PhysicalLength(shape, packing);
            _weights.Add(new PlannedWeight(spec, 0, "w." + weightName, weightName, packing, offset, length));
            offset += length;
        }

        _forward = Graph(withGradients: false);
        _forwardBackward = Graph(withGradients: true);
        Shape output = _forward.Results.Single().Node.Shape;
        _plan = new NetworkPlan
        {
            Spec = new NetworkSpec { Namespace = "", Name = name, Inputs = [.. _inputs], Outputs = [new OutputSpec("output", inputs.Length)], Layers = [], Losses = [] },
            Shapes = [.. inputs.Select(input => input.Shape), output],
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
    }

    /// <summary>Every program on every machine, and the gradients against slopes.</summary>
    public void Check(int samples = 3, bool isSmooth = true)
    {
        try
        {
            if (isSmooth)
            {
                Slopes(samples);
            }

            foreach (Machine machine in CompiledNetwork.Machines)
            {
                Forward(machine, ProgramMode.PredictOne, 1);
                Forward(machine, ProgramMode.PredictMany, samples);
                ForwardBackward(machine, samples);
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"{_name}: {exception.Message}", exception);
        }
    }

    /// <summary>The kernels of all programs for a machine.</summary>
    public IEnumerable<Generators.Schedule.Nests.Kernel> Kernels(Machine machine) =>
        new[] { (_forward, ProgramMode.PredictOne), (_forward, ProgramMode.PredictMany), (_forwardBackward, ProgramMode.Training) }
            .SelectMany(program => ProgramScheduler.Run(program.Item1, _weights, [], machine, program.Item2).Calls.OfType<KernelCall>().Select(call => call.Kernel));

    private NetworkGraph Graph(bool withGradients)
    {
        var builder = new GraphBuilder { Origin = "layer1" };
        Node[] inputs = [.. _inputs.Select((input, i) => builder.Input(input.Vocabulary > 0 ? InputRole.Tokens : InputRole.Feature, i, new Shape([.. input.Shape]), isBatched: true))];
        Node[] weights = [.. _weights.Select((weight, i) => builder.Input(InputRole.Parameter, i, weight.Spec.Shape, isBatched: false))];
        Node output = _body(builder, inputs, weights);
        if (!output.IsBatched)
        {
            output = builder.Broadcast(output, output.Shape, isBatched: true);
        }

        var results = new List<GraphResult> { new(ResultRole.Output, 0, output) };
        if (withGradients)
        {
            IReadOnlyDictionary<Node, Node> gradients = ReverseModeGradient.Run(builder, [new KeyValuePair<Node, Node>(output, builder.Input(InputRole.OutputGradient, 0, output.Shape, isBatched: true))]);
            foreach ((ResultRole role, Node[] variables) in new[] { (ResultRole.InputGradient, inputs), (ResultRole.ParameterGradient, weights) })
            {
                for (int i = 0; i < variables.Length; i++)
                {
                    if (gradients.TryGetValue(variables[i], out Node? gradient))
                    {
                        results.Add(new GraphResult(role, i, gradient.Operation is InputOperation ? builder.Apply(Elementwise.Copy, gradient) : gradient));
                    }
                }
            }
        }

        NetworkGraph graph = GraphVerifier.Verify(EliminateDeadValues.Run(new NetworkGraph(builder.Nodes, results)), "building");
        return GraphVerifier.Verify(LowerSoftmax.Run(SimplifyGraph.Run(graph)), "lowering");
    }

    private void Forward(Machine machine, ProgramMode mode, int samples)
    {
        var data = new NetworkData(_plan, samples, seed: 1);
        var run = new ProgramInterpreter(_plan, data, ProgramScheduler.Run(_forward, _weights, [], machine, mode), machine, mode);
        run.Run();
        Same(GraphInterpreter.Result(_forward, GraphInterpreter.Run(_forward, data), ResultRole.Output, 0)!, run.Output(0), $"output, {mode}, {machine.Bits} bits");
    }

    private void ForwardBackward(Machine machine, int samples)
    {
        var data = new NetworkData(_plan, samples, seed: 1);
        IReadOnlyDictionary<Node, double[]> expected = GraphInterpreter.Run(_forwardBackward, data);
        foreach (bool accumulate in new[] { false, true })
        {
            var run = new ProgramInterpreter(_plan, data, ProgramScheduler.Run(_forwardBackward, _weights, [], machine, ProgramMode.Training), machine, ProgramMode.Training);
            run.SetGradients(3);
            run.Run(accumulate: accumulate, isBackward: false);
            Same(GraphInterpreter.Result(_forwardBackward, expected, ResultRole.Output, 0)!, run.Output(0), $"output in training, {machine.Bits} bits");
            run.Run(accumulate: accumulate, isBackward: true);
            foreach (GraphResult result in _forwardBackward.Results.Where(result => result.Role != ResultRole.Output))
            {
                double[] gradient = expected[result.Node];
                if (result.Role == ResultRole.ParameterGradient)
                {
                    Same([.. gradient.Select(value => value + (accumulate ? 3 : 0))], run.ParameterGradient(result.Index), $"gradient of weight {result.Index}, {machine.Bits} bits");
                }
                else
                {
                    Same(gradient, run.InputGradient(result.Index), $"gradient of input {result.Index}, {machine.Bits} bits");
                }
            }
        }
    }

    // The slope in one random direction of all variables against their gradients.
    private void Slopes(int samples)
    {
        var random = new Random(1);
        var data = new NetworkData(_plan, samples, seed: 1);
        double[] weights = data[InputRole.OutputGradient, 0];
        var direction = new Dictionary<(InputRole, int), double[]>();
        IReadOnlyDictionary<Node, double[]> values = GraphInterpreter.Run(_forwardBackward, data);
        double slope = 0;
        foreach (GraphResult result in _forwardBackward.Results.Where(result => result.Role != ResultRole.Output))
        {
            InputRole role = result.Role == ResultRole.ParameterGradient ? InputRole.Parameter : InputRole.Feature;
            double[] moved = [.. data[role, result.Index].Select(_ => random.NextDouble() - 0.5)];
            direction.Add((role, result.Index), moved);
            slope += values[result.Node].Zip(moved, (g, d) => g * d).Sum();
        }

        double At(double step)
        {
            var interpreter = new GraphInterpreter(samples, input => direction.TryGetValue((input.Role, input.Index), out double[]? moved)
                ? [.. data[input.Role, input.Index].Zip(moved, (value, by) => value + (step * by))]
                : data[input.Role, input.Index]);
            return GraphInterpreter.Result(_forward, interpreter.Run(_forward), ResultRole.Output, 0)!.Zip(weights, (y, w) => y * w).Sum();
        }

        double difference = (At(Step) - At(-Step)) / (2 * Step);
        Expect.True(Math.Abs(difference - slope) <= SlopeTolerance * (1 + Math.Abs(difference)), $"{_name}: the slope is {difference}, the gradient says {slope}.");
    }

    private void Same(double[] expected, double[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Expect.True(Math.Abs(expected[i] - actual[i]) <= Tolerance * (1 + Math.Abs(expected[i])), $"{_name}: {what}[{i}] is {actual[i]}, the graph gives {expected[i]}.");
        }
    }
}
