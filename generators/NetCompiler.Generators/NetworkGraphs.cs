using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Graph.Losses;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators;

/// <summary>The graphs of a declaration: inference, losses, gradients of the losses, gradients of given output gradients.</summary>
internal sealed class NetworkGraphs(NetworkSpec spec, IReadOnlyList<Shape> shapes, IReadOnlyList<PlannedWeight> weights, IReadOnlyList<TargetSpec> targets)
{
    // The statistics to which the last lowering of all layers gave new values, by weight. A layer that is used again goes on from the value that it gave before.
    private readonly SortedDictionary<int, Node> _moved = [];

    // Which steps of each value count, in the last lowering of all layers; null where all do.
    private readonly List<Node?> _masks = [];

    /// <summary>Outputs, in inference mode.</summary>
    public NetworkGraph Inference()
    {
        var builder = new GraphBuilder();
        return Finish("inference", builder, Outputs(Forward(builder, isTraining: false)));
    }

    /// <summary>The state that holds the number of steps before, after the last step that was built; null where no layer needs it.</summary>
    public int? PlaceState { get; private set; }

    /// <summary>Outputs of one step and the states after it, in inference mode: of a declaration with sequences of one step.</summary>
    /// <param name="steps">The number of steps of whole sequences.</param>
    public NetworkGraph Step(int steps)
    {
        var builder = new GraphBuilder();
        var states = new List<StepState>();
        var place = new StepPlace(builder, states, steps);
        Node[] outputs = Forward(builder, isTraining: false, states, place);
        PlaceState = place.State;
        IEnumerable<GraphResult> after = states.Select((state, i) => new GraphResult(ResultRole.State, i, state.After));
        return Finish("one step", builder, [.. Outputs(outputs), .. after]);
    }

    /// <summary>Outputs and loss parts, in inference mode.</summary>
    public NetworkGraph Loss()
    {
        var builder = new GraphBuilder();
        Node[] outputs = Forward(builder, isTraining: false);
        return Finish("losses in inference", builder, [.. Outputs(outputs), .. LossParts(builder, outputs)]);
    }

    /// <summary>Outputs, loss parts and all gradients, in training mode.</summary>
    public NetworkGraph Gradients()
    {
        var builder = new GraphBuilder();
        Node[] outputs = Forward(builder, isTraining: true);
        NetworkGraph forward = Finish("losses in training", builder, [.. Outputs(outputs), .. Updates, .. LossParts(builder, outputs)]);
        GraphBuilder rebuilt = Rebuild(forward, out IReadOnlyList<GraphResult> results);
        IEnumerable<Node> parts = results.Where(result => result.Role == ResultRole.LossPart).Select(result => result.Node);
        Node one = rebuilt.Constant(1);
        IReadOnlyDictionary<Node, Node> gradients = ReverseModeGradient.Run(rebuilt,
            parts.Select(part => new KeyValuePair<Node, Node>(part, rebuilt.Broadcast(one, part.Shape, isBatched: false))));
        return Finish("losses with gradients", rebuilt, [.. results, .. GradientResults(rebuilt, gradients)]) with { Gradients = FloatInputs() };
    }

    /// <summary>Outputs, in training mode or as inference computes them, and the gradients that follow from gradients of the outputs.</summary>
    public NetworkGraph ForwardBackward(bool isTraining = true)
    {
        var builder = new GraphBuilder();
        Node[] outputs = Forward(builder, isTraining);
        string mode = isTraining ? "" : " in inference";
        NetworkGraph forward = Finish("Forward" + mode, builder, [.. Outputs(outputs), .. Updates]);
        GraphBuilder rebuilt = Rebuild(forward, out IReadOnlyList<GraphResult> results);
        IReadOnlyDictionary<Node, Node> gradients = ReverseModeGradient.Run(rebuilt, results.Where(result => result.Role == ResultRole.Output).Select(result =>
            new KeyValuePair<Node, Node>(result.Node, rebuilt.Input(InputRole.OutputGradient, result.Index, result.Node.Shape, isBatched: true))));
        return Finish("Forward and Backward" + mode, rebuilt, [.. results, .. GradientResults(rebuilt, gradients)]) with { Gradients = FloatInputs() };
    }

    /// <summary>For each output the token inputs whose padding tells which of its steps do not count, by the last graph that was built; none where all count, or where padding was cut or moved.</summary>
    public IReadOnlyList<IReadOnlyList<int>> PaddedInputs => [.. spec.Outputs.Select(output => InputsOf(_masks[output.Value]) ?? [])];

    private static IReadOnlyList<int>? InputsOf(Node? mask) => mask?.Operation switch
    {
        ElementwiseNodeOperation { Function: var function } when function == Elementwise.NotEqual && mask.Operands[0].Operation is InputOperation { Role: InputRole.Tokens } input => [input.Index],
        ElementwiseNodeOperation { Function: var function } when function == Elementwise.Multiply && InputsOf(mask.Operands[0]) is { } left && InputsOf(mask.Operands[1]) is { } right => [.. left.Union(right)],
        _ => null,
    };

    /// <summary>Every graph as it was built and as it was simplified, in order, for explanations.</summary>
    public List<(string Title, NetworkGraph Graph)> Stages { get; } = [];

    private NetworkGraph Finish(string title, GraphBuilder builder, IReadOnlyList<GraphResult> results)
    {
        NetworkGraph graph = GraphVerifier.Verify(EliminateDeadValues.Run(new NetworkGraph(builder.Nodes, results)), "building");
        NetworkGraph simple = GraphVerifier.Verify(WithWrittenResults(ShrinkWindows.Run(SimplifyGraph.Run(graph))), nameof(SimplifyGraph));
        Stages.AddRange([($"{title}, as built", graph), ($"{title}, simplified", simple)]);
        return simple;
    }

    // What is given from outside still has to be written where it is a result, and what is a part of one gradient several times is multiplied: every result is a node that some kernel writes, once.
    private static NetworkGraph WithWrittenResults(NetworkGraph graph)
    {
        if (!graph.Results.Any(result => IsInput(result.Node)) && graph.Results.Distinct().Count() == graph.Results.Count)
        {
            return graph;
        }

        GraphBuilder builder = Rebuild(graph, out IReadOnlyList<GraphResult> results);
        GraphResult Written(GraphResult result, int times)
        {
            builder.Origin = result.Node.Origin;
            return times > 1 ? result with { Node = builder.Scale(result.Node, times) } : IsInput(result.Node) ? result with { Node = builder.Apply(Elementwise.Copy, result.Node) } : result;
        }

        IReadOnlyList<GraphResult> written = [.. results.GroupBy(result => result).Select(equal => Written(equal.Key, equal.Count()))];
        return EliminateDeadValues.Run(new NetworkGraph(builder.Nodes, written));
    }

    private static GraphBuilder Rebuild(NetworkGraph graph, out IReadOnlyList<GraphResult> results)
    {
        var builder = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        foreach (Node node in graph.Nodes)
        {
            builder.Origin = node.Origin;
            // Gradients let a scan keep more of its body's values: that body is the graph's own.
            Operation operation = node.Operation is ScanOperation scan ? scan with { Body = scan.Body.With(scan.Body.Graph) } : node.Operation;
            copies[node] = builder.Make(operation, [.. node.Operands.Select(operand => copies[operand])], node.Shape, node.IsBatched);
        }

        results = [.. graph.Results.Select(result => result with { Node = copies[result.Node] })];
        return builder;
    }

    private static IReadOnlyList<GraphResult> Outputs(IReadOnlyList<Node> outputs) =>
        [.. outputs.Select((output, index) => new GraphResult(ResultRole.Output, index, output))];

    // Every weight gets a result; where its gradient is a sum of parts, each part is one, so that kernels add in place.
    private IEnumerable<GraphResult> GradientResults(GraphBuilder builder, IReadOnlyDictionary<Node, Node> gradients)
    {
        foreach (Node node in builder.Nodes.ToArray())
        {
            if (node.Operation is InputOperation { Role: InputRole.Parameter or InputRole.Feature } input && gradients.TryGetValue(node, out Node? gradient))
            {
                foreach (Node addend in input.Role == InputRole.Parameter ? Addends(builder, gradient) : [gradient])
                {
                    yield return new GraphResult(input.Role == InputRole.Parameter ? ResultRole.ParameterGradient : ResultRole.InputGradient, input.Index, addend);
                }
            }
        }
    }

    private IReadOnlyList<(int Input, Shape Shape)> FloatInputs() =>
        [.. Enumerable.Range(0, spec.Inputs.Count).Where(i => spec.Inputs[i].Vocabulary == 0).Select(i => (i, shapes[i]))];

    // Parts of a weight that lie side by side make one.
    private static IEnumerable<Node> Addends(GraphBuilder builder, Node gradient)
    {
        if (gradient.Operation is not ElementwiseNodeOperation elementwise || elementwise.Function != Elementwise.Add)
        {
            return [gradient];
        }

        return SimplifyMoves.SumOfNeighbours(builder, gradient, gradient.Operands) is { } whole ? [whole] : gradient.Operands.SelectMany(part => Addends(builder, part));
    }

    private IEnumerable<GraphResult> Updates => _moved.Select(moved => new GraphResult(ResultRole.StatisticUpdate, moved.Key, moved.Value));

    private Node[] Forward(GraphBuilder builder, bool isTraining, List<StepState>? states = null, StepPlace? place = null)
    {
        _moved.Clear();
        _masks.Clear();
        var values = new List<Node>();
        IReadOnlyList<bool>? steps = states is null ? null : StepNetwork.FindSteps(spec, shapes);
        for (int i = 0; i < spec.Inputs.Count; i++)
        {
            InputSpec input = spec.Inputs[i];
            values.Add(builder.Input(input.Vocabulary > 0 ? InputRole.Tokens : InputRole.Feature, i, shapes[i], isBatched: true));
            _masks.Add(input is { Vocabulary: > 0, Padding: >= 0 } ? StepMasks.OfTokens(builder, values[i], input.Padding) : null);
        }

        for (int i = 0; i < spec.Layers.Count; i++)
        {
            LayerSpec layer = spec.Layers[i];
            int owner = layer.SharedWith >= 0 ? layer.SharedWith : i;
            LayerRule rule = LayerRule.Find(layer.Kind)!;
            builder.Origin = layer.Name;
            IEnumerable<Node> operands = layer.Operands.Select(operand => values[operand]);
            Node[] inputs = [.. rule.TakesUnbatched ? operands : operands.Select(operand => builder.PerSample(operand))];
            var lowering = new LayerLowering(builder, i, isTraining, name => Weight(builder, owner, name))
            {
                Masks = [.. layer.Operands.Select(operand => _masks[operand])],
                States = states ?? [],
                Place = place,
            };
            values.Add(steps is not null && steps[i] ? rule.LowerStep(layer, inputs, lowering) : rule.Lower(layer, inputs, lowering));
            _masks.Add(lowering.Masks.Any(mask => mask is not null) ? rule.Mask(layer, inputs, lowering) : null);
            foreach ((string weight, Node value) in lowering.Updates)
            {
                _moved[IndexOfWeight(owner, weight)] = value;
            }
        }

        builder.Origin = "output";
        return [.. spec.Outputs.Select(output => builder.PerSample(values[output.Value]))];
    }

    private static bool IsInput(Node node) => node.Operation is InputOperation || (node.Operation is ReshapeOperation && IsInput(node.Operands[0]));

    private Node Weight(GraphBuilder builder, int layer, string name)
    {
        int i = IndexOfWeight(layer, name);
        return _moved.TryGetValue(i, out Node? moved) ? moved : builder.Input(weights[i].Spec.IsTrainable ? InputRole.Parameter : InputRole.Statistic, i, weights[i].Spec.Shape, isBatched: false);
    }

    private int IndexOfWeight(int layer, string name)
    {
        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i].Layer == layer && weights[i].Spec.Name == name)
            {
                return i;
            }
        }

        throw new InvalidOperationException($"Layer {spec.Layers[layer].Name} has no weight {name}.");
    }

    // One part per loss, already weighted, then one for all regularizers together.
    private IReadOnlyList<GraphResult> LossParts(GraphBuilder builder, Node[] outputs)
    {
        var parts = new List<GraphResult>();
        int setting = 0;
        foreach (LossSpec loss in spec.Losses)
        {
            builder.Origin = "loss" + (parts.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            Node[] judged = [.. loss.Outputs.Select(output => outputs[output])];
            Node[] wanted = [.. loss.Targets.Select(target => Target(builder, target))];
            Node[] settings = [.. loss.Settings.Select(_ => builder.Input(InputRole.Setting, setting++, Shape.Scalar, isBatched: false))];
            Node value = LossLowering.Lower(builder, loss, judged, wanted, settings, [.. loss.Outputs.Select(output => _masks[spec.Outputs[output].Value])]);
            Node total = value.IsBatched ? builder.SumRows(builder.Multiply(value, builder.Input(InputRole.SampleScale, 0, new Shape(1), isBatched: true))) : value;
            parts.Add(new GraphResult(ResultRole.LossPart, parts.Count, builder.Scale(total, loss.Weight)));
        }

        builder.Origin = "regularizers";
        if (Regularizers(builder) is { } penalty)
        {
            parts.Add(new GraphResult(ResultRole.LossPart, parts.Count, penalty));
        }

        return parts;
    }

    private Node Target(GraphBuilder builder, TargetSpec target)
    {
        int index = Enumerable.Range(0, targets.Count).First(i => string.Equals(targets[i].Name, target.Name, StringComparison.OrdinalIgnoreCase));
        return builder.Input(InputRole.Target, index, new Shape([.. target.Shape]), isBatched: true);
    }

    // l1 sum |w| + l2 sum w^2
    private Node? Regularizers(GraphBuilder builder)
    {
        Node? total = null;
        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i].Spec is { IsTrainable: true, L1: var l1, L2: var l2 } && (l1 != 0 || l2 != 0))
            {
                Node weight = builder.Input(InputRole.Parameter, i, weights[i].Spec.Shape, isBatched: false);
                foreach ((double factor, ElementwiseOperation penalty) in new[] { (l1, Elementwise.Abs), (l2, Elementwise.Square) })
                {
                    if (factor != 0)
                    {
                        Node term = builder.Scale(builder.SumWeight(builder.Apply(penalty, weight)), factor);
                        total = total is null ? term : builder.Add(total, term);
                    }
                }
            }
        }

        return total;
    }
}
