using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>The plain loop nest of any node that is no product: always correct, for every shape and layout.</summary>
internal sealed partial class NestTemplate
{
    private readonly ScheduleContext _context;
    private readonly KernelGroup _group;
    private readonly Node _node;
    private readonly KernelSignature _signature = new();
    private readonly LoopNest _loops;
    private readonly NestValues _values;
    private readonly List<Statement> _body = [];
    private NestTarget? _first;

    private NestTemplate(ScheduleContext context, KernelGroup group)
    {
        _context = context;
        _group = group;
        _node = group.Anchor;
        _loops = new LoopNest(context, _signature);
        _values = new NestValues(context, _signature);
    }

    public static KernelCall Build(ScheduleContext context, KernelGroup group) => new NestTemplate(context, group).Build();

    // A name outside of all loops, where the nests of several targets follow one another.
    private string Own(string name, NestTarget target) => _first == target ? name : $"{name}_{target.Reference}";

    private KernelCall Build()
    {
        IReadOnlyList<NestTarget> targets = _values.Targets(_node);
        _first = targets.Count > 0 ? targets[0] : null;
        foreach (NestTarget target in targets)
        {
            switch (_node.Operation)
            {
                case ElementwiseNodeOperation or BroadcastOperation:
                    Elementwise(target);
                    break;
                case ReduceOperation { Extent: ReduceExtent.RowAxis } reduce:
                    RowAxis(target, reduce.Kind);
                    break;
                case ReduceOperation { Extent: ReduceExtent.Everything } reduce:
                    Everything(target, reduce.Kind);
                    break;
                case SliceOperation slice:
                    Move(target, _node.Shape, slice.Start * _values.StridesOf(X)[slice.Axis], (strides, axis) => strides[axis]);
                    break;
                case ReverseOperation reverse:
                    Move(target, _node.Shape, (_node.Shape[reverse.Axis] - 1) * _values.StridesOf(X)[reverse.Axis], (strides, axis) => axis == reverse.Axis ? -strides[axis] : strides[axis]);
                    break;
                case TransposeOperation transpose:
                    Move(target, _node.Shape, 0, (strides, axis) => strides[transpose.Order[axis]]);
                    break;
                case PadOperation pad:
                    Pad(target, pad);
                    break;
                case ConcatOperation concat:
                    Concat(target, concat.Axis);
                    break;
                case GatherOperation:
                    Gather(target);
                    break;
                case ScatterAddOperation:
                    ScatterAdd(target);
                    break;
                case WindowOperation window:
                    Window(target, window);
                    break;
                case WindowScatterOperation scatter:
                    WindowScatter(target, scatter);
                    break;
                case ContractOperation contract:
                    Contract(target, contract);
                    break;
                case WinogradKernelOperation:
                    WinogradKernel(target);
                    break;
                default:
                    throw new InvalidOperationException($"{_node.Operation.Name} has no loop nest.");
            }
        }

        string formula = $"{_node} = {_node.Operation.Name}({string.Join(", ", _node.Operands)}) {_node.Shape}";
        return new KernelCall(new Kernel(KernelNames.Of(_group, KindName()), formula, _signature.Parameters, _body), _signature.Arguments, _group.Demand, _group.IsBackward);
    }

    private Node X => _node.Operands[0];

    private string KindName() => _node.Operation switch
    {
        ReduceOperation => "Sum",
        SliceOperation => "Slice",
        ReverseOperation => "Reverse",
        TransposeOperation => "Transpose",
        PadOperation => "Pad",
        ConcatOperation => "Concat",
        GatherOperation => "Gather",
        ScatterAddOperation => "ScatterAdd",
        WindowOperation => "Window",
        WindowScatterOperation => "WindowScatter",
        ContractOperation => "Contract",
        WinogradKernelOperation => "WinogradKernel",
        _ => "Nest",
    };

    // One number everywhere, padding excepted.
    private List<Statement> Fill(NestTarget target, double number)
    {
        int[] axes = NestValues.AxesOf(target.Node.Shape);
        Walk y = target.Along(axes);
        return _loops.Build(target.Node.IsBatched, NestValues.Extents(target.Node.Shape, axes), [y], point => [point.Store(y, new Number(number))]);
    }

    // Padding must be zero, which only whole rows make it.
    private void ClearPadding(NestTarget target, Walk walk)
    {
        if (target.HasPadding && !walk.IsPadded)
        {
            _body.AddRange(Fill(target, 0));
        }
    }

    // f(a, b, ..), each repeated as NumPy does
    private void Elementwise(NestTarget target)
    {
        int[] axes = NestValues.AxesOf(_node.Shape);
        Walk y = target.Along(axes);
        List<Walk> walks = [y];
        bool hasIota = false;
        var reads = new List<Func<NestPoint, VectorExpression>>();
        foreach (Node operand in _node.Operands)
        {
            Node source = Source(operand);
            switch (source.Operation)
            {
                case ConstantOperation constant:
                    reads.Add(_ => new Number(constant.Value));
                    break;
                case InputOperation { Role: InputRole.Setting or InputRole.BatchCount } number:
                    string parameter = _signature.Number(number.Role == InputRole.Setting ? number.Index : 0, number.Role == InputRole.BatchCount);
                    reads.Add(_ => new SpreadParameter(parameter));
                    break;
                case IotaOperation iota:
                    hasIota = true;
                    reads.Add(point => iota.Extent == 1 ? new Number(0) : point.Chunk.Counter is { } counter ? new CountedRamp(counter) : new Ramp(point.Chunk.Start));
                    break;
                default:
                    Walk walk = _values.Repeated(operand, _node.Shape, axes);
                    walks.Add(walk);
                    reads.Add(point => point.Read(walk));
                    break;
            }
        }

        _body.AddRange(_loops.Build(_node.IsBatched, NestValues.Extents(_node.Shape, axes), walks, point =>
        {
            VectorExpression[] operands = [.. reads.Select(read => read(point))];
            return target.Store(point, y, _node.Operation is ElementwiseNodeOperation elementwise ? new Apply(elementwise.Function.Value, operands) : operands[0]);
        }, isRow: hasIota));
    }

    // A number stays one under any shape.
    private static Node Source(Node operand)
    {
        Node source = operand;
        while (source.Operation is ReshapeOperation)
        {
            source = source.Operands[0];
        }

        return source.Operation is ConstantOperation or InputOperation { Role: InputRole.Setting or InputRole.BatchCount } ? source : NodeFacts.Strip(operand);
    }
}
