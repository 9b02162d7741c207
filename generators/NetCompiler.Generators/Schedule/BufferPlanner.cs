using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Templates;

namespace NetCompiler.Generators.Schedule;

/// <summary>The buffers of a program.</summary>
/// <param name="BatchedFloats">The floats per sample.</param>
/// <param name="FixedFloats">The floats that do not depend on the batch.</param>
/// <param name="Transposed">The places of transposed weights, by the product that reads them.</param>
/// <param name="Map">A line per buffer.</param>
internal sealed record BufferPlan(int BatchedFloats, int FixedFloats, IReadOnlyDictionary<KernelGroup, Place> Transposed, IReadOnlyList<string> Map);

/// <summary>Gives a place to every value that one kernel writes and another reads; places are shared by values whose lifetimes do not meet.</summary>
internal sealed class BufferPlanner
{
    private readonly Dictionary<Node, int> _groupOf = [];
    private readonly Dictionary<Node, List<Node>> _users = [];
    private readonly IReadOnlyList<KernelGroup> _groups;
    private readonly StoragePlan _storage;

    private BufferPlanner(NetworkGraph graph, IReadOnlyList<KernelGroup> groups, StoragePlan storage)
    {
        _groups = groups;
        _storage = storage;
        for (int index = 0; index < groups.Count; index++)
        {
            foreach (Node member in groups[index].Members)
            {
                _groupOf[member] = index;
            }
        }

        foreach (Node node in graph.Nodes)
        {
            _users[node] = [];
            foreach (Node operand in node.Operands)
            {
                _users[operand].Add(node);
            }
        }
    }

    public static BufferPlan Run(NetworkGraph graph, IReadOnlyList<KernelGroup> groups, StoragePlan storage, Machine machine, ProgramMode mode) =>
        new BufferPlanner(graph, groups, storage).Plan(graph, machine, mode);

    private BufferPlan Plan(NetworkGraph graph, Machine machine, ProgramMode mode)
    {
        var spilled = new HashSet<Node>(_groups.SelectMany(group => RowTemplate.Spilled(group, machine)));
        bool hasTwoHalves = _groups.Any(group => group.IsBackward);
        int unit = mode == ProgramMode.PredictOne ? TilingPolicy.RowAlignment : 1;
        var batched = new Arranger(unit);
        var constant = new Arranger(TilingPolicy.RowAlignment);
        var map = new List<string>();
        foreach (Node node in graph.Nodes.Where(_groupOf.ContainsKey))
        {
            int first = _groupOf[node], last = LastReader(node);
            if (last <= first && !spilled.Contains(node))
            {
                continue;
            }

            // The backward half may be called again for the same forward half, so it must leave what it reads alone.
            last = hasTwoHalves && !_groups[first].IsBackward && last < _groups.Count && _groups[Math.Max(first, last)].IsBackward ? _groups.Count : Math.Max(first, last);
            Place own = StoragePlan.OwnLayout(node, node.IsBatched ? Arena.Batched : Arena.Fixed, 0);
            int size = node.IsBatched ? own.SampleStride : FixedSize(node, own);
            int offset = (node.IsBatched ? batched : constant).Add(size, first, last);
            _storage.SetBuffer(node, own with { Offset = offset });
            map.Add($"{(node.IsBatched ? "batched" : "fixed")} {offset} + {size}: {node} = {node.Operation.Name} {node.Shape}{(node.Origin.Length > 0 ? " of " + node.Origin : "")}");
        }

        Dictionary<KernelGroup, Place> transposed = Transposed(constant, map);
        return new BufferPlan(batched.Size, constant.Size, transposed, map);
    }

    private Dictionary<KernelGroup, Place> Transposed(Arranger constant, List<string> map)
    {
        var places = new Dictionary<KernelGroup, Place>();
        for (int index = 0; index < _groups.Count; index++)
        {
            KernelGroup group = _groups[index];
            if (group.Kind == GroupKind.Product && ContractionForms.Match(group.Anchor) == ContractionForm.InputGradient)
            {
                Node weight = group.Anchor.Operands[1];
                int stride = TilingPolicy.Align(weight.Shape[0]), size = stride * TilingPolicy.Align(weight.Shape[1]);
                int offset = constant.Add(size, index, index);
                places.Add(group, new Place(Arena.Fixed, 0, offset, stride, 0));
                map.Add($"fixed {offset} + {size}: {weight} = {_storage.WeightOf(weight).FileName}, transposed");
            }
        }

        return places;
    }

    private int FixedSize(Node node, Place own) =>
        own.RowStride * Space.Of(node).Rows;

    // The last kernel that reads a node from memory; kernels that hold it in registers do not count.
    private int LastReader(Node node)
    {
        int last = -1, own = _groupOf[node];
        foreach (Node user in _users[node])
        {
            if (_groupOf.TryGetValue(user, out int group))
            {
                last = Math.Max(last, group == own && !ReadsFromMemory(user) ? -1 : group);
            }
            else if (user.Operation is ReshapeOperation)
            {
                last = Math.Max(last, LastReaderOfView(user, own));
            }
        }

        return last;
    }

    private int LastReaderOfView(Node view, int own)
    {
        int last = -1;
        foreach (Node user in _users[view])
        {
            last = Math.Max(last, _groupOf.TryGetValue(user, out int group) ? (group == own ? -1 : group) : LastReaderOfView(user, own));
        }

        return last;
    }

    private static bool ReadsFromMemory(Node user) => user.Operation is ContractOperation or ReduceOperation { Extent: ReduceExtent.Rows };

    // First fit among buffers whose lifetimes overlap.
    private sealed class Arranger(int unit)
    {
        private readonly List<(int Offset, int Size, int First, int Last)> _placed = [];

        public int Size { get; private set; }

        public int Add(int size, int first, int last)
        {
            size = (size + unit - 1) / unit * unit;
            int offset = 0;
            foreach ((int Offset, int Size, int First, int Last) other in _placed.Where(other => other.First <= last && first <= other.Last).OrderBy(other => other.Offset))
            {
                if (offset + size <= other.Offset)
                {
                    break;
                }

                offset = Math.Max(offset, other.Offset + other.Size);
            }

            _placed.Add((offset, size, first, last));
            Size = Math.Max(Size, offset + size);
            return offset;
        }
    }
}
