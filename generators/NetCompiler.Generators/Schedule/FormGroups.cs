using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Layouts;
using NetCompiler.Generators.Schedule.Scans;

namespace NetCompiler.Generators.Schedule;

/// <summary>
/// Puts nodes together that one kernel can compute: an elementwise operation joins the kernel of its last operand where the loops are the
/// same, then any later one, else starts its own. Kernels run in the order in which they were started.
/// </summary>
internal sealed class FormGroups
{
    private readonly NodeFacts _facts;
    private readonly StoragePlan _storage;
    private readonly Machine _machine;
    private readonly bool _isSingleSample;
    private readonly bool _isPlain;
    private readonly List<KernelGroup> _groups = [];
    private readonly Dictionary<Node, int> _groupOf = [];
    private readonly ILookup<Node, Node> _users;

    private FormGroups(NetworkGraph graph, NodeFacts facts, StoragePlan storage, Machine machine, bool isSingleSample, bool isPlain)
    {
        _users = graph.Nodes.SelectMany(node => node.Operands.Select(operand => (operand, node))).ToLookup(edge => edge.operand, edge => edge.node);
        _isPlain = isPlain;
        _facts = facts;
        _storage = storage;
        _machine = machine;
        _isSingleSample = isSingleSample;
    }

    public static IReadOnlyList<KernelGroup> Run(NetworkGraph graph, NodeFacts facts, StoragePlan storage, Machine machine, bool isSingleSample, bool isPlain)
    {
        var pass = new FormGroups(graph, facts, storage, machine, isSingleSample, isPlain);
        foreach (Node node in graph.Nodes)
        {
            pass.Place(node);
        }

        return pass._groups;
    }

    private void Place(Node node)
    {
        switch (node.Operation)
        {
            case InputOperation or ConstantOperation or IotaOperation:
                _groupOf[node] = -1;
                break;
            case ReshapeOperation when !_storage.NeedsCopy(node):
                _groupOf[node] = _groupOf[node.Operands[0]];
                break;
            case ReshapeOperation or StageOperation:
                Start(GroupKind.Copy, node);
                break;
            case SliceOperation when _groupOf[node.Operands[0]] is >= 0 and var gates && _groups[gates] is { Gates: { } gateForm } gated
                && NodeFacts.Strip(node.Operands[0]) is var whole && gated.Members.Contains(whole) && gateForm.IsWide(whole) && node.Shape.Rank == 1:
                gated.Members.Add(node);
                _groupOf[node] = gates;
                break;
            case SliceOperation when _storage.IsView(node):
                _groupOf[node] = _groupOf[node.Operands[0]];
                break;
            case ConcatOperation when _storage.IsAssembled(node):
                _groupOf[node] = node.Operands.Max(operand => _groupOf[operand]);
                break;
            case ConcatOperation when _storage.IsBody:
                Start(GroupKind.Copy, node);
                break;
            case ScanOperation:
                Start(GroupKind.Scan, node);
                break;
            case ScanResultOperation:
                _groupOf[node] = _groupOf[node.Operands[0]];
                _groups[_groupOf[node]].Members.Add(node);
                break;
            case DropoutMaskOperation:
                Start(GroupKind.Mask, node);
                break;
            case NoiseOperation:
                Start(GroupKind.Noise, node);
                break;
            case UnpackOperation:
                Start(GroupKind.Unpack, node);
                break;
            case PackOperation:
                Start(GroupKind.Pack, node);
                break;
            case NarrowOperation:
                Start(GroupKind.Narrow, node);
                break;
            case RoundRowsOperation:
                Start(GroupKind.RoundRows, node);
                break;
            case ContractOperation when _storage.PackingOf(node.Operands[1]) == WeightPacking.Int8Panels:
                Start(GroupKind.Int8Product, node);
                break;
            case WindowMaskOperation:
                _groupOf[node] = node.Operands.Max(operand => _groupOf[operand]); // computed by the one that reads it
                break;
            case ContractOperation when IsGated(node, out GateForm? gatesOfUnits):
                JoinOrStartGates(node, gatesOfUnits!);
                break;
            case ContractOperation when ConvolutionForm.Match(node) is { } convolution && CanBuild(convolution):
                Start(KindOf(convolution), node, PooledSpace(convolution, node));
                if (convolution.Small.Operation is WindowMaskOperation)
                {
                    _groups[_groups.Count - 1].Members.Add(convolution.Small);
                    _groupOf[convolution.Small] = _groups.Count - 1;
                }

                break;
            case WinogradOperation:
                Start(GroupKind.Winograd, node, TilePooledSpace(node));
                break;
            case WindowOperation when _groupOf[node.Operands[0]] is >= 0 and var pooled && _groups[pooled].IsPooledFrom(node.Operands[0]):
                // Whoever asks for the places of the maxima: they are known here alone.
                _groups[pooled].Members.Add(node);
                _groupOf[node] = pooled;
                break;
            case ContractOperation when !HasTemplate(node):
                Start(GroupKind.Nest, node);
                break;
            case ContractOperation when _isPlain && _storage.PackingOf(node.Operands[1]) != WeightPacking.NarrowPanels:
                Start(GroupKind.Plain, node);
                break;
            case ContractOperation:
                ContractionForm form = ContractionForms.Match(node);
                Start(form == ContractionForm.WeightGradient ? GroupKind.WeightGradient
                    : node.Shape[-1] <= TilingPolicy.MostColumns && _storage.PackingOf(node.Operands[1]) == WeightPacking.Columns ? GroupKind.Dot
                    : GroupKind.Product, node);
                break;
            case ReduceOperation { Extent: ReduceExtent.Rows }:
                Start(GroupKind.RowSum, node);
                break;
            case ReduceOperation { Extent: ReduceExtent.Everything } when _facts.WeightOf(node.Operands[0]) is not null:
                JoinOrStart(GroupKind.Flat, node);
                break;
            case SliceOperation or PadOperation or ConcatOperation or TransposeOperation or ReverseOperation or GatherOperation or ScatterAddOperation
                or WindowOperation or WindowScatterOperation or WinogradKernelOperation or ReduceOperation { Extent: ReduceExtent.RowAxis or ReduceExtent.Everything }:
                Start(GroupKind.Nest, node);
                break;
            case ElementwiseNodeOperation or BroadcastOperation when _facts.WeightOf(node) is null && !FitsLoops(node, LoopsOf(node)):
                Start(GroupKind.Nest, node);
                break;
            default:
                JoinOrStart(_facts.WeightOf(node) is not null ? GroupKind.Flat : LoopsOf(node).IsSingle ? GroupKind.Singles : GroupKind.Rows, node);
                break;
        }
    }

    private static GroupKind KindOf(ConvolutionForm convolution) => convolution.Kind switch
    {
        ConvolutionKind.Forward => GroupKind.Convolution,
        ConvolutionKind.InputGradient => GroupKind.ConvolutionInputGradient,
        _ => GroupKind.ConvolutionWeightGradient,
    };

    // The templates read weights in panels, and write gradients straight to their results.
    private bool CanBuild(ConvolutionForm convolution) => convolution.Kind switch
    {
        ConvolutionKind.WeightGradient => _storage.ResultsOf(convolution.Weight) is { Count: 1 } results && results[0].Result.Role == ResultRole.ParameterGradient
            && _storage.PackingOf(results[0].Result.Index) == WeightPacking.Panels,
        _ => _storage.PackingOf(convolution.Weight) == WeightPacking.Panels,
    };

    // Templates read weights as they are packed and write gradients so; what is neither has its nest.
    private bool HasTemplate(Node node) => node.Operands[1].Operation is InputOperation { Role: InputRole.Parameter or InputRole.Statistic or InputRole.Derived }
        ? ContractionForms.TakesPacked(node, _storage.PackingOf(node.Operands[1]))
        : _storage.ResultsOf(node) is { Count: 1 } results && results[0].Result is { Role: ResultRole.ParameterGradient } result && !_facts.IsRead(node)
            && ContractionForms.WritesPacked(node, _storage.PackingOf(result.Index));

    private static bool FitsLoops(Node node, Space space) => node.Operands.All(operand => Access.Fits(operand, space));

    // A reduction runs in the loops of what it reduces.
    private static Space LoopsOf(Node node) => node.Operation is ReduceOperation ? Space.Of(node.Operands[0]) : Space.Of(node);

    // The loops of a convolution whose sums become maxima before they are stored.
    private Space? PooledSpace(ConvolutionForm convolution, Node node) =>
        convolution.Kind == ConvolutionKind.Forward && _storage.ResultsOf(node).Count == 0 && _facts.ReadersOf(node) is var readers
            && PooledConvolution.WindowOf(node, readers, _machine) is { } window
                ? Space.Of(readers.First(reader => reader.Operation == window))
                : null;

    // The same where a window is one tile.
    private Space? TilePooledSpace(Node node) =>
        _storage.ResultsOf(node).Count == 0 && _facts.ReadersOf(node) is var readers && PooledConvolution.WindowOf(node, readers, _machine) is { } window
            && window.Axes.All(axis => axis.Size == WinogradTransform.Results)
                ? Space.Of(readers.First(reader => reader.Operation == window))
                : null;

    private void Start(GroupKind kind, Node node, Space? space = null)
    {
        var group = new KernelGroup(kind, space ?? LoopsOf(node), _facts.DemandOf(node), _facts.IsBackward(node));
        group.Members.Add(node);
        _groupOf[node] = _groups.Count;
        _groups.Add(group);
    }

    // The gates of one sample stay in registers; of many, a tile of sums is as fast stored as kept.
    private bool IsGated(Node node, out GateForm? form)
    {
        form = _isSingleSample && !_isPlain && _storage.PackingOf(node.Operands[1]) is WeightPacking.Panels or WeightPacking.NarrowPanels && ContractionForms.TryMatch(node) == ContractionForm.Forward
            ? GateForm.Match(node, _users) : null;
        return form is not null;
    }

    // Two products that meet are one kernel: their sums are one where they are only added, and otherwise lie beside each other.
    private void JoinOrStartGates(Node node, GateForm form)
    {
        var reached = new HashSet<Node>(GateForm.Reached(node, _users));
        bool Meets(Node product, bool isAdded) => GateForm.Reached(product, _users).SelectMany(part => _users[part])
            .Any(user => user.Operands.Any(reached.Contains) && (!isAdded || (form.IsWide(user) && user.Operation is ElementwiseNodeOperation { Function: var function } && function == Elementwise.Add)));
        for (int index = 0; index < _groups.Count; index++)
        {
            KernelGroup other = _groups[index];
            Node[] products = [.. other.Members.Where(member => member.Operation is ContractOperation)];
            if (other.Gates == form && other.Demand == _facts.DemandOf(node) && other.IsBackward == _facts.IsBackward(node) && CanRead(node.Operands[0], index)
                && _groupOf[NodeFacts.Strip(node.Operands[0])] != index && products.Any(product => Meets(product, isAdded: false))
                && (products.Any(product => Meets(product, isAdded: true)) || (products.Length + 1) * form.Gates * TilingPolicy.GateVectors <= TilingPolicy.GateSums(_machine)))
            {
                other.Members.Add(node);
                _groupOf[node] = index;
                return;
            }
        }

        StartGates(node, form);
    }

    private void StartGates(Node node, GateForm form)
    {
        var group = new KernelGroup(GroupKind.Gates, new Space(node.IsBatched, 1, form.Units), _facts.DemandOf(node), _facts.IsBackward(node)) { Gates = form };
        group.Members.Add(node);
        _groupOf[node] = _groups.Count;
        _groups.Add(group);
    }

    private void JoinOrStart(GroupKind kind, Node node)
    {
        int first = Math.Max(0, node.Operands.Select(operand => _groupOf[NodeFacts.Strip(operand)]).DefaultIfEmpty(-1).Max());
        for (int index = first; index < _groups.Count; index++)
        {
            if (CanJoin(_groups[index], index, kind, node))
            {
                _groups[index].Members.Add(node);
                _groupOf[node] = index;
                return;
            }
        }

        Start(kind, node);
    }

    private bool CanJoin(KernelGroup group, int index, GroupKind kind, Node node)
    {
        if (group.Demand != _facts.DemandOf(node) || group.IsBackward != _facts.IsBackward(node) || !node.Operands.All(operand => CanRead(operand, index))
            || (group.Kind is not (GroupKind.Flat or GroupKind.Gates) && !FitsLoops(node, group.Space))) // the loops of gates run over units, their sums are wider
        {
            return false;
        }

        bool readsMember = node.Operands.Any(operand => group.Members.Contains(NodeFacts.Strip(operand)));
        return group.Kind switch
        {
            GroupKind.Flat => kind == GroupKind.Flat && WeightBehind(group.Anchor) == WeightBehind(node),
            GroupKind.Singles => kind == GroupKind.Singles && Space.Of(node).IsSingle && group.Space == LoopsOf(node) && node.IsBatched == group.Space.IsBatched,
            GroupKind.Dot => _isSingleSample && kind == GroupKind.Singles && readsMember && node.IsBatched && node.Operation is not ReduceOperation,
            GroupKind.Rows => CanJoinRows(group, kind, node, readsMember),
            GroupKind.Gates => kind == GroupKind.Rows && node.Operation is ElementwiseNodeOperation
                && (group.Gates!.IsWide(node) ? readsMember && node.Operands.All(operand => group.Members.Contains(NodeFacts.Strip(operand)) || Space.Of(operand.Shape, node.IsBatched) == Space.Of(node) || operand.Shape.Length == 1)
                    : Space.Of(node) == group.Space && node.Operands.All(operand => operand.Shape == node.Shape || operand.Shape.Length == 1)),
            GroupKind.Product or GroupKind.Convolution or GroupKind.Winograd => kind == GroupKind.Rows && readsMember && node.Operation is ElementwiseNodeOperation or BroadcastOperation
                && Space.Of(node) == group.Space && node.Shape.Length > 1 && node.Shape[-1] == group.Space.Columns
                && node.Operands.All(operand => operand.Operation is not IotaOperation && IsUniform(operand, group.Space))
                && group.Members.Count <= TilingPolicy.MostEpilogueOperations && IsCheapEnough(group, node),
            _ => false,
        };
    }

    private static bool CanJoinRows(KernelGroup group, GroupKind kind, Node node, bool readsMember)
    {
        bool isWholeRow = kind == GroupKind.Rows && LoopsOf(node) == group.Space && (node.Operation is ReduceOperation || node.Shape[-1] == group.Space.Columns);
        bool isRowScalar = readsMember && node.Operation is ElementwiseNodeOperation && node.IsBatched == group.Space.IsBatched
            && node.Shape.Length == group.Space.Rows && (node.Shape.Rank == 0 || node.Shape[-1] == 1);
        return isWholeRow || isRowScalar;
    }

    // Memory must have been written by an earlier kernel; values of this kernel are read from registers, unless the loops differ.
    private bool CanRead(Node operand, int index)
    {
        Node source = NodeFacts.Strip(operand);
        return _groupOf[source] < index || (_groupOf[source] == index && _groups[index].Gates is not null && _groups[index].Members.Contains(source))
            || (_groupOf[source] == index && source.Operation is not (ReshapeOperation or SliceOperation or ConcatOperation));
    }

    // A product walks over samples and their rows as one sequence; what changes by sample alone, or by row alone, has no step in it.
    private static bool IsUniform(Node operand, Space space) => space.Rows == 1 || (operand.IsBatched
        ? operand.Shape.Length == (long)space.Rows * space.Columns
        : operand.Shape.Rank == 0 || operand.Shape.Length == operand.Shape[-1]);

    private bool IsCheapEnough(KernelGroup group, Node node)
    {
        bool isExpensive = node.Operation is ElementwiseNodeOperation elementwise && elementwise.Function.Value.IsExpensive();
        int vectors = (group.Space.Columns + _machine.Lanes - 1) / _machine.Lanes;
        return !isExpensive || (_isSingleSample && group.Space.Rows == 1 && vectors <= TilingPolicy.MostInlinedFunctions);
    }

    private Node? WeightBehind(Node node) => _facts.WeightOf(node) ?? _facts.WeightOf(node.Operands[0]);
}
