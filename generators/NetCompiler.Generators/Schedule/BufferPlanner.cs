using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Layouts;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Scans;
using NetCompiler.Generators.Schedule.Templates;

namespace NetCompiler.Generators.Schedule;

/// <summary>The buffers of a program.</summary>
/// <param name="BatchedFloats">The floats per sample.</param>
/// <param name="FixedFloats">The floats that do not depend on the batch.</param>
/// <param name="ScratchFloats">The floats of a thread's own memory.</param>
/// <param name="Transposed">The places of transposed weights, of transformed tiles and of sums in parts, by the product that reads them.</param>
/// <param name="BlockSums">The places of the sums of blocks of samples, by the group that makes them.</param>
/// <param name="Map">All buffers.</param>
internal sealed record BufferPlan(
    int BatchedFloats, int FixedFloats, int ScratchFloats, IReadOnlyDictionary<KernelGroup, Place> Transposed, IReadOnlyDictionary<KernelGroup, Place> BlockSums, IReadOnlyList<PlannedBuffer> Map)
{
    /// <summary>Buffers are indexed by int.</summary>
    /// <exception cref="TooManyValuesException">So many floats are more than one holds.</exception>
    public static int Checked(long floats) => floats <= int.MaxValue ? (int)floats : throw new TooManyValuesException(floats);
}

/// <summary>What lies between the layers of a sample exceeds a buffer, although each value fits one.</summary>
internal sealed class TooManyValuesException(long floats) : Exception(FormattableString.Invariant($"keeps {floats:N0} values of one sample between its layers"));

/// <summary>A buffer, for the header of the generated file.</summary>
/// <param name="Arena">The block: in Batched memory offset and size are per sample.</param>
/// <param name="Offset">The first float.</param>
/// <param name="Size">The number of floats.</param>
/// <param name="Value">What lies there.</param>
internal sealed record PlannedBuffer(Arena Arena, int Offset, int Size, string Value)
{
    public override string ToString() => $"{Arena.ToString().ToLowerInvariant()} {NumberText.Integer(Offset)} + {NumberText.Integer(Size)}: {Value}";
}

/// <summary>Gives a place to every value that one kernel writes and another reads; places are shared by values whose lifetimes do not meet.</summary>
internal sealed class BufferPlanner
{
    private readonly Dictionary<Node, int> _groupOf = [];
    private readonly Dictionary<Node, List<Node>> _users = [];
    private readonly IReadOnlyList<KernelGroup> _groups;
    private readonly List<(int First, int Last)> _together;
    private readonly StoragePlan _storage;
    private readonly bool _isOneShared;

    private BufferPlanner(NetworkGraph graph, IReadOnlyList<KernelGroup> groups, IReadOnlyList<SampleBlock> blocks, StoragePlan storage, ProgramMode mode)
    {
        _groups = groups;
        _together = Joined(blocks.Select(block => (block.First, block.Last)).Concat(
            mode != ProgramMode.Training ? [] : storage.IsBody ? [(0, groups.Count)] : SharingRules.Runs(groups)));
        _storage = storage;
        _isOneShared = SharingRules.SharesOneSample(mode, storage);
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

    public static BufferPlan Run(
        NetworkGraph graph, IReadOnlyList<KernelGroup> groups, IReadOnlyList<SampleBlock> blocks, IReadOnlyDictionary<KernelGroup, ScanSchedule> scans, StoragePlan storage, Machine machine, ProgramMode mode) =>
        new BufferPlanner(graph, groups, blocks, storage, mode).Plan(graph, scans, machine, mode);

    private BufferPlan Plan(NetworkGraph graph, IReadOnlyDictionary<KernelGroup, ScanSchedule> scans, Machine machine, ProgramMode mode)
    {
        var spilled = new HashSet<Node>(_groups.SelectMany(group => RowTemplate.Spilled(group, machine)
            .Concat(GateTemplate.Spilled(group, machine, node => IsReadElsewhere(node) || _storage.ResultsOf(node).Count > 0))));
        bool hasTwoHalves = _groups.Any(group => group.IsBackward);
        int unit = mode == ProgramMode.PredictOne ? TilingPolicy.RowAlignment : 1;
        var batched = new Arranger(unit);
        var constant = new Arranger(TilingPolicy.RowAlignment);
        var map = new List<PlannedBuffer>();
        foreach (Node node in graph.Nodes.Where(IsStored))
        {
            if (!IsReadElsewhere(node) && !spilled.Contains(node))
            {
                continue;
            }

            int first = First(node), last = LastReader(node);
            (first, last) = Whole(first, Kept(first, last, hasTwoHalves));
            if (_storage.IsBody && node.Operation is UnpackOperation)
            {
                (first, last) = (0, _groups.Count); // once for all steps
            }

            Place own = StoragePlan.OwnLayout(node, node.IsBatched ? Arena.Batched : Arena.Fixed, 0);
            int size = node.IsBatched ? own.SampleStride : FixedSize(node, own);
            int offset = (node.IsBatched ? batched : constant).Add(size, first, last);
            _storage.SetBuffer(node, own with { Offset = offset });
            map.Add(new PlannedBuffer(node.IsBatched ? Arena.Batched : Arena.Fixed, offset, size, $"{node} = {node.Operation.Name} {node.Shape}{(node.Origin.Length > 0 ? " of " + node.Origin : "")}"));
        }

        foreach (KeyValuePair<KernelGroup, ScanSchedule> scan in scans)
        {
            int at = _groupOf[scan.Key.Anchor];
            (int start, int end) = Whole(at, at);
            scan.Value.SetScratch(batched.Add(scan.Value.BatchedFloats, start, end), constant.Add(scan.Value.FixedFloats, start, end), map);
            for (int state = 0; state < scan.Value.Slots.Count; state++)
            {
                StateSlots slots = scan.Value.Slots[state];
                int last = scan.Value.States.TryGetValue(slots.State, out Node? final) ? Whole(at, Kept(at, LastReader(final), hasTwoHalves)).Last : end;
                int offset = (slots.Layout.Arena == Arena.Batched ? batched : constant).Add(StateSlots.Count * slots.Size, start, last);
                scan.Value.SetSlots(state, offset, _storage, map);
            }
        }

        var scratch = new Arranger(TilingPolicy.RowAlignment);
        Dictionary<KernelGroup, Place> transposed = Transposed(batched, constant, scratch, map);
        Dictionary<KernelGroup, Place> sums = BlockSums(batched, map);
        return new BufferPlan(batched.Size, constant.Size, scratch.Size, transposed, sums, map);
    }

    // Kept to the end of the program, where they are added up.
    private Dictionary<KernelGroup, Place> BlockSums(Arranger batched, List<PlannedBuffer> map)
    {
        var places = new Dictionary<KernelGroup, Place>();
        for (int index = 0; index < _groups.Count; index++)
        {
            if (_groups[index].BlockSums is { SampleStride: var stride })
            {
                int offset = batched.Add(stride, Whole(index, index).First, _groups.Count);
                places.Add(_groups[index], new Place(Arena.Batched, 0, offset, stride, stride));
                map.Add(new PlannedBuffer(Arena.Batched, offset, stride, $"{_groups[index].Anchor}, sums of {Schedule.BlockSums.Samples} samples"));
            }
        }

        return places;
    }

    private Dictionary<KernelGroup, Place> Transposed(Arranger batched, Arranger constant, Arranger scratch, List<PlannedBuffer> map)
    {
        var places = new Dictionary<KernelGroup, Place>();
        for (int index = 0; index < _groups.Count; index++)
        {
            KernelGroup group = _groups[index];
            if (group.Kind == GroupKind.ConvolutionInputGradient)
            {
                ConvolutionForm form = ConvolutionForm.Match(group.Anchor)!;
                int floats = ConvolutionInputGradientTemplate.TransposedLength(form), at = _storage.IsBody ? constant.Add(floats, 0, _groups.Count) : constant.Add(floats, index, index);
                places.Add(group, new Place(Arena.Fixed, 0, at, floats, 0));
                map.Add(new PlannedBuffer(Arena.Fixed, at, floats, $"{form.Weight}, transposed"));
            }

            if (group.Kind == GroupKind.Winograd)
            {
                WinogradTiles tiles = WinogradTiles.Of(group.Anchor);
                int floats = tiles.Length * WinogradTiles.Blocks(group.Anchor, _isOneShared), at = constant.Add(floats, index, index);
                places.Add(group, new Place(Arena.Fixed, 0, at, floats, 0));
                map.Add(new PlannedBuffer(Arena.Fixed, at, floats, $"{group.Anchor}, transformed tiles{(group.Anchor.Origin.Length > 0 ? " of " + group.Anchor.Origin : "")}"));
            }

            if (group.Kind == GroupKind.Product && group.Parts > 0 && ContractionForms.Match(group.Anchor) == ContractionForm.Forward)
            {
                (int first, int last) = Whole(index, index);
                int floats = (group.Parts * group.Anchor.Shape[-1]) + TilingPolicy.PositionPadding, at = batched.Add(floats, first, last);
                places.Add(group, new Place(Arena.Batched, 0, at, floats, floats));
                map.Add(new PlannedBuffer(Arena.Batched, at, floats, $"{group.Anchor}, {NumberText.Integer(group.Parts)} parts of the sums"));
            }

            if (group.Kind == GroupKind.Product && ContractionForms.Match(group.Anchor) == ContractionForm.InputGradient)
            {
                Node weight = group.Anchor.Operands[1];
                bool isAlongSamples = TransposedProductTemplate.Takes(group, _storage);
                int stride = isAlongSamples ? 0 : TilingPolicy.Align(weight.Shape[0]);
                int size = isAlongSamples ? TransposedProductTemplate.ScratchLength(group) : stride * TilingPolicy.Align(weight.Shape[1]);
                (int first, int last) = _storage.IsBody ? (0, _groups.Count) : Whole(index, index); // once for all steps
                int offset = (isAlongSamples ? scratch : constant).Add(size, first, last);
                Arena arena = isAlongSamples ? Arena.Scratch : Arena.Fixed;
                places.Add(group, new Place(arena, 0, offset, stride, 0));
                map.Add(new PlannedBuffer(arena, offset, size, isAlongSamples ? $"rows of {group.Anchor.Operands[0]}, transposed" : $"{weight} = {_storage.WeightOf(weight).FileName}, transposed"));
            }
        }

        return places;
    }

    // Values of kernels and what they assemble; the states of scans have slots of their own.
    private bool IsStored(Node node) => _groupOf.ContainsKey(node)
        ? node.Operation is not (ScanOperation or ScanResultOperation { IsState: true })
        : node.Operation is ConcatOperation && _storage.IsAssembled(node);

    private bool IsReadElsewhere(Node node) => LastReader(node) > First(node);

    private int First(Node node) => _groupOf.TryGetValue(node, out int group) ? group : node.Operands.Min(operand => _groupOf[operand]);

    // The backward half may be called again for the same forward half, so it must leave what it reads alone.
    private int Kept(int first, int last, bool hasTwoHalves) =>
        hasTwoHalves && !_groups[first].IsBackward && last < _groups.Count && _groups[Math.Max(first, last)].IsBackward ? _groups.Count : Math.Max(first, last);

    // The kernels of a block take turns, and threads run through kernels at their own pace, so that what one of them needs is kept through all of them.
    private (int First, int Last) Whole(int first, int last)
    {
        foreach ((int begin, int end) in _together)
        {
            first = begin <= first && first <= end ? begin : first;
            last = begin <= last && last <= end ? end : last;
        }

        return (first, last);
    }

    // Ranges that meet are one.
    private static List<(int First, int Last)> Joined(IEnumerable<(int First, int Last)> ranges)
    {
        var joined = new List<(int First, int Last)>();
        foreach ((int first, int last) in ranges.OrderBy(range => range.First))
        {
            if (joined.Count > 0 && joined[joined.Count - 1] is var before && first <= before.Last)
            {
                joined[joined.Count - 1] = (before.First, Math.Max(before.Last, last));
            }
            else
            {
                joined.Add((first, last));
            }
        }

        return joined;
    }

    private int FixedSize(Node node, Place own) =>
        own.RowStride * Space.Of(node).Rows;

    // The last kernel that reads a node from memory; kernels that hold it in registers do not count.
    private int LastReader(Node node)
    {
        int last = -1, own = _groupOf.TryGetValue(node, out int ownGroup) ? ownGroup : -1;
        foreach (Node user in _users[node])
        {
            if (_groupOf.TryGetValue(user, out int group))
            {
                last = Math.Max(last, group == own && !ReadsFromMemory(user) ? -1 : group);
            }
            else if (user.Operation is ReshapeOperation or SliceOperation)
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
            size = BufferPlan.Checked(((long)size + unit - 1) / unit * unit);
            long offset = 0;
            foreach ((int Offset, int Size, int First, int Last) other in _placed.Where(other => other.First <= last && first <= other.Last).OrderBy(other => other.Offset))
            {
                if (offset + size <= other.Offset)
                {
                    break;
                }

                offset = Math.Max(offset, other.Offset + other.Size);
            }

            Size = Math.Max(Size, BufferPlan.Checked(offset + size));
            _placed.Add(((int)offset, size, first, last));
            return (int)offset;
        }
    }
}
