using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Passes;

/// <summary>
/// The gradient of a scan: a scan that goes the other way. Its body is the gradient of the forward body; the values of that which it reads
/// are kept as further outputs of the forward scan, and the states carry the gradients of the states from a step to the one before it.
/// </summary>
/// <remarks>
/// What every step adds to the gradient of an invariant is not added step by step where it is a product or a sum over samples: the factors of
/// all steps are outputs, and one product (or sum) over samples and steps follows the scan, "btk,btn->kn". Anything else is carried as a state.
/// </remarks>
internal sealed class ScanGradient
{
    private readonly GraphBuilder _builder;
    private readonly Node _scan;
    private readonly ScanBody _forward;
    private readonly IReadOnlyDictionary<(bool IsState, int Index), Node> _given;

    // The forward body, followed by the nodes of its gradient; then the body of the gradient's own scan.
    private readonly GraphBuilder _combined = new();
    private readonly Dictionary<Node, Node> _forwardNodes = [];
    private readonly ScanBuilder _backward;
    private readonly Dictionary<Node, Node> _translated = [];
    private readonly Dictionary<Node, int> _outputs = [];
    private readonly Dictionary<Node, bool> _changes = [];
    private Node? _backwardScan;
    private int _accumulators;

    private ScanGradient(GraphBuilder builder, Node scan, IReadOnlyDictionary<(bool IsState, int Index), Node> given)
    {
        _builder = builder;
        _scan = scan;
        _forward = ((ScanOperation)scan.Operation).Body;
        _given = given;
        _backward = new ScanBuilder(((ScanOperation)scan.Operation).Steps);
    }

    /// <param name="builder">The graph around the scan.</param>
    /// <param name="scan">The scan; its body is extended by outputs for the gradient.</param>
    /// <param name="given">The gradients of the scan's results, those that have one.</param>
    /// <param name="dependsOnVariable">Whether an operand's gradient is asked for.</param>
    /// <returns>The gradient of each operand, null where there is none.</returns>
    public static IReadOnlyList<Node?> Run(
        GraphBuilder builder, Node scan, IReadOnlyDictionary<(bool IsState, int Index), Node> given, Func<Node, bool> dependsOnVariable) =>
        new ScanGradient(builder, scan, given).Run([.. scan.Operands.Select(dependsOnVariable)]);

    private int FirstState => _forward.Sequences + _forward.Invariants;

    private Node?[] Run(bool[] isWanted)
    {
        foreach (Node node in _forward.Graph.Nodes)
        {
            _combined.Origin = node.Origin;
            _forwardNodes[Copy(node)] = node;
        }

        IReadOnlyDictionary<Node, Node> gradients = Differentiate(isWanted);
        Node? GradientOf(InputRole role, int index) =>
            _forwardNodes.Keys.FirstOrDefault(node => node.Operation == new InputOperation(role, index)) is { } input && gradients.TryGetValue(input, out Node? gradient) ? gradient : null;

        // What leaves a step: the gradients of its parts of the sequences and of its states, and whatever those of the invariants need.
        int[] sequences = [.. Enumerable.Range(0, _forward.Sequences).Select(i => isWanted[i] && GradientOf(InputRole.ScanSequence, i) is { } gradient ? Output(gradient) : -1)];
        Func<Node>?[] invariants = [.. Enumerable.Range(0, _forward.Invariants)
            .Select(i => isWanted[_forward.Sequences + i] && GradientOf(InputRole.ScanInvariant, i) is { } gradient ? OverAllSteps(gradient) ?? Accumulate(gradient) : null)];
        for (int i = 0; i < _forward.States; i++)
        {
            Node input = _forward.Graph.Nodes.First(node => node.Operation == new InputOperation(InputRole.ScanState, i));
            _backward.NextState(i, GradientOf(InputRole.ScanState, i) is { } gradient
                ? Translate(gradient)
                : _backward.Body.Broadcast(_backward.Body.Constant(0), input.Shape, input.IsBatched));
        }

        _backwardScan = _backward.Finish(_builder, !((ScanOperation)_scan.Operation).IsReversed);
        return
        [
            .. sequences.Select(output => output < 0 ? null : Result(_backwardScan, isState: false, output)),
            .. invariants.Select(gradient => gradient?.Invoke()),
            .. Enumerable.Range(0, _forward.States).Select(i => isWanted[FirstState + i] ? Result(_backwardScan, isState: true, i) : null),
        ];
    }

    // The states come first, so that those of the backward scan have the numbers of the forward one's; accumulators follow.
    private IReadOnlyDictionary<Node, Node> Differentiate(bool[] isWanted)
    {
        var seeds = new List<KeyValuePair<Node, Node>>();
        Node Seed(Node result, int index, Func<Shape, Node> inBackward)
        {
            Node seed = _combined.Input(InputRole.OutputGradient, index, result.Shape, result.IsBatched);
            seeds.Add(new KeyValuePair<Node, Node>(Copy(result), seed));
            _translated.Add(seed, inBackward(result.Shape));
            return seed;
        }

        int outputs = _forward.Outputs;
        for (int i = 0; i < _forward.States; i++)
        {
            Node result = _forward.Result(ResultRole.ScanState, i);
            Node after = _given.TryGetValue((true, i), out Node? gradient) ? gradient : _builder.Constant(0);
            Seed(result, outputs + i, shape => _backward.State(after, shape, result.IsBatched));
        }

        foreach (KeyValuePair<(bool IsState, int Index), Node> output in _given.Where(given => !given.Key.IsState).OrderBy(given => given.Key.Index))
        {
            Seed(_forward.Result(ResultRole.ScanOutput, output.Key.Index), output.Key.Index, _ => _backward.Sequence(output.Value));
        }

        return ReverseModeGradient.Run(_combined, seeds, input => input.Role switch
        {
            InputRole.ScanSequence => isWanted[input.Index],
            InputRole.ScanInvariant => isWanted[_forward.Sequences + input.Index],
            InputRole.ScanState => true,
            _ => false,
        });
    }

    private Node Copy(Node forward) => _combined.Make(forward.Operation, [.. forward.Operands.Select(Copy)], forward.Shape, forward.IsBatched);

    private int Output(Node gradient)
    {
        if (!_outputs.TryGetValue(gradient, out int output))
        {
            output = _backward.Output(Translate(gradient));
            _outputs.Add(gradient, output);
        }

        return output;
    }

    // A node of the combined graph in the body of the backward scan: values of the forward step come in as sequences or invariants, what is cheap is made again.
    private Node Translate(Node node)
    {
        if (_translated.TryGetValue(node, out Node? known))
        {
            return known;
        }

        Node result;
        if (node.Operation is InputOperation { Role: InputRole.ScanInvariant, Index: var invariant })
        {
            result = _backward.Invariant(_scan.Operands[_forward.Sequences + invariant]);
        }
        else if (_forwardNodes.ContainsKey(node) && ChangesFromStepToStep(node) && node.Operation is not (ReshapeOperation or BroadcastOperation))
        {
            result = _backward.Sequence(Stacked(node));
        }
        else
        {
            Node[] operands = [.. node.Operands.Select(Translate)];
            _backward.Body.Origin = node.Origin;
            result = _backward.Body.Make(node.Operation, operands, node.Shape, node.IsBatched);
        }

        _translated.Add(node, result);
        return result;
    }

    private bool ChangesFromStepToStep(Node node)
    {
        if (!_changes.TryGetValue(node, out bool changes))
        {
            changes = node.Operation is InputOperation input ? input.Role != InputRole.ScanInvariant : node.Operands.Any(ChangesFromStepToStep);
            _changes.Add(node, changes);
        }

        return changes;
    }

    // A value of every step of the forward scan, (steps, ..).
    private Node Stacked(Node node) => node.Operation is InputOperation { Role: InputRole.ScanSequence, Index: var sequence }
        ? _scan.Operands[sequence]
        : Result(_scan, isState: false, _forward.Keep(_forwardNodes[node]));

    private Node Result(Node scan, bool isState, int index) => _builder.Make(new ScanResultOperation(isState, index), [scan]);

    // The gradient as a node around the scan, made once the scan is; or null where it is no sum of products, sums over samples and moves of such.
    private Func<Node>? OverAllSteps(Node gradient)
    {
        switch (gradient.Operation)
        {
            case ElementwiseNodeOperation { Function: var function } when function == Elementwise.Add && OverAllSteps(gradient.Operands[0]) is { } left && OverAllSteps(gradient.Operands[1]) is { } right:
                return () => _builder.Add(left(), right());
            case ContractOperation contract when gradient.Operands.All(ChangesFromStepToStep):
                Func<Node> a = OfEveryStep(gradient.Operands[0]), b = OfEveryStep(gradient.Operands[1]);
                char step = "tuvwxyzs".First(label => !(contract.Left + contract.Right).Contains(label));
                return () => _builder.Make(contract with { Left = WithStep(contract.Left, step), Right = WithStep(contract.Right, step) }, [a(), b()]);
            case ReduceOperation { Kind: ReduceKind.Sum, Extent: ReduceExtent.Rows } when ChangesFromStepToStep(gradient):
                Func<Node> rows = OfEveryStep(gradient.Operands[0]);
                return () => _builder.SumRows(rows());
            case ReshapeOperation or SliceOperation or PadOperation { Fill: 0 } or TransposeOperation or ReverseOperation when OverAllSteps(gradient.Operands[0]) is { } inner:
                return () => _builder.Make(gradient.Operation, [inner()]);
            default:
                return null;
        }
    }

    private static string WithStep(string labels, char step) => labels[0] == AxisLabels.Batch ? labels.Insert(1, step.ToString()) : step + labels;

    private Func<Node> OfEveryStep(Node node)
    {
        if (_forwardNodes.ContainsKey(node))
        {
            return () => Stacked(node);
        }

        int output = Output(node);
        return () => Result(_backwardScan!, isState: false, output);
    }

    private Func<Node> Accumulate(Node gradient)
    {
        int state = _forward.States + _accumulators++;
        Node sum = _backward.State(_builder.Constant(0), gradient.Shape, gradient.IsBatched);
        _backward.NextState(state, _backward.Body.Add(sum, Translate(gradient)));
        return () => Result(_backwardScan!, isState: true, state);
    }
}
