using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Scans;

namespace NetCompiler.Generators.Schedule;

/// <summary>A graph on its way to calls: groups, then places, then kernels. The bodies of scans are graphs of their own, with memory of the graph around them.</summary>
internal sealed class GraphSchedule
{
    private readonly IReadOnlyList<KernelGroup> _groups;
    private readonly Dictionary<KernelGroup, ScanSchedule> _scans = [];
    private readonly IReadOnlyList<SampleBlock> _blocks;
    private readonly ScheduleContext _context;
    private BufferPlan? _buffers;

    public GraphSchedule(NetworkGraph graph, NodeFacts facts, StoragePlan storage, Machine machine, ProgramMode mode, bool isPlain, KnownKernels known)
    {
        Graph = graph;
        Storage = storage;
        _context = new ScheduleContext(machine, mode, facts, storage, known);
        _groups = FormGroups.Run(graph, facts, storage, machine, mode is ProgramMode.PredictOne or ProgramMode.Prepare, isPlain);
        if (_context.IsShared && !isPlain)
        {
            _groups = GradientOrder.Run(_groups, storage, facts);
        }

        storage.OrderAddends([.. _groups.SelectMany(group => group.Members)]);
        _blocks = storage.IsBody || isPlain || _context.IsSingleSample ? [] : SampleBlock.Find(_groups, storage, facts);
        if (_context.IsShared && !isPlain)
        {
            FindBlockSums();
            SplitWeights = ProductParts.Mark(_groups, storage);
        }

        foreach (KernelGroup group in _groups.Where(group => group.Kind == GroupKind.Scan))
        {
            _scans.Add(group, storage.IsBody
                ? throw new InvalidOperationException($"{group.Anchor} is a scan in the body of another; no loop nest takes it.")
                : new ScanSchedule(group, storage, machine, mode, isPlain, known));
        }
    }

    public NetworkGraph Graph { get; }

    public StoragePlan Storage { get; }

    /// <summary>The weights whose rows threads share.</summary>
    public IReadOnlyList<int> SplitWeights { get; } = [];

    public BufferPlan Buffers => _buffers ?? throw new InvalidOperationException("The buffers are not planned yet.");

    /// <summary>Gives every value a place.</summary>
    public void Plan() => _buffers = BufferPlanner.Run(Graph, _groups, _blocks, _scans, Storage, _context.Machine, _context.Mode);

    /// <summary>Moves all buffers into a block of the program around.</summary>
    public void MoveBuffers(int batched, int constant)
    {
        Storage.MoveBuffers(batched, constant);
        _buffers = Buffers with
        {
            Transposed = Buffers.Transposed.ToDictionary(entry => entry.Key, entry => entry.Value with { Offset = entry.Value.Offset + constant }),
            Map = [.. Buffers.Map.Select(buffer => buffer with { Offset = buffer.Offset + (buffer.Arena == Arena.Batched ? batched : constant) })],
        };
    }

    /// <summary>The calls, once all values have places.</summary>
    public IReadOnlyList<ProgramCall> Calls()
    {
        PlaceParts();
        var calls = new List<ProgramCall>();
        for (int index = 0; index < _groups.Count; index++)
        {
            if (_blocks.FirstOrDefault(block => block.First == index) is { } block)
            {
                AddBlock(calls, block);
                index = block.Last;
            }
            else
            {
                AddCalls(calls, _groups[index]);
            }
        }

        // Once all threads have summed, so that they wait for one another once.
        calls.AddRange([.. calls.OfType<BlockSumsCall>().Select(sums => sums.Total)]);
        return calls;
    }

    // Blocks of samples that kernels share have sums that go on from one to the next.
    private void FindBlockSums()
    {
        for (int index = 0; index < _groups.Count; index++)
        {
            if (!_blocks.Any(block => block.First <= index && index <= block.Last))
            {
                _groups[index].BlockSums = BlockSums.Find(_groups[index], Graph, Storage, _context.Facts);
            }
        }
    }

    private void AddCalls(List<ProgramCall> calls, KernelGroup group)
    {
        var own = new List<ProgramCall>();
        AddOwnCalls(own, group);
        Sharing sharing = SharingRules.Of(group, _context);
        long products = SharingRules.Products(group);
        if (group.BlockSums is { } blockSums)
        {
            calls.Add(blockSums.Replace(own, Buffers.BlockSums[group]) with { Products = products, Sharing = sharing });
            return;
        }

        bool isOfImages = group.Kind is GroupKind.Convolution or GroupKind.Winograd or GroupKind.ConvolutionInputGradient;
        calls.AddRange(own.Select(call => (call is KernelCall kernel ? kernel with { IsOfImages = isOfImages } : call) with { Products = call.Products == 0 ? products : call.Products, Sharing = SharingOf(call, group, sharing) }));
    }

    private Sharing SharingOf(ProgramCall call, KernelGroup group, Sharing sharing) => call switch
    {
        // Weights in other layouts, and what a scan makes of its own calls.
        TransposeWeightsCall or TransposeWindowsCall => Sharing.Whole,
        LoopCall or { Sharing: not Sharing.Whole } => call.Sharing,
        _ when group.Kind == GroupKind.Scan => Sharing.Whole,
        KernelCall kernel when (sharing == Sharing.Samples || _context.Mode == ProgramMode.PredictOne) && ProgramStage.IsCut(kernel) => Sharing.Columns,
        _ => sharing,
    };

    private void AddOwnCalls(List<ProgramCall> calls, KernelGroup group)
    {
        if (_scans.TryGetValue(group, out ScanSchedule? scan))
        {
            calls.AddRange(scan.Calls(Storage, group));
        }
        else
        {
            ProgramScheduler.AddCalls(calls, _context, group, Buffers.Transposed.TryGetValue(group, out Place? transposed) ? transposed : null);
        }
    }

    // Weights are moved to other layouts once for all blocks.
    private void AddBlock(List<ProgramCall> calls, SampleBlock block)
    {
        var inside = new List<ProgramCall>();
        for (int index = block.First; index <= block.Last; index++)
        {
            AddCalls(inside, _groups[index]);
        }

        calls.AddRange(inside.Where(call => call is not KernelCall));
        KernelCall[] kernels = [.. inside.OfType<KernelCall>()];
        calls.Add(new BlocksCall(block.Samples, kernels, _groups[block.First].IsBackward) { Products = kernels.Sum(call => call.Products), Sharing = kernels.All(call => call.Sharing == Sharing.Samples) ? Sharing.Samples : Sharing.Whole });
    }

    // The operands of an assembled concatenation are written to its places.
    private void PlaceParts()
    {
        foreach (Node concat in Graph.Nodes.Where(node => node.Operation is ConcatOperation && Storage.IsAssembled(node)))
        {
            Place[] places = [.. _context.StoresOf(concat).Select(store => store.Place)];
            int column = 0;
            foreach (Node part in concat.Operands)
            {
                foreach (Place place in places)
                {
                    Storage.AddResult(new GraphResult(ResultRole.ScanOutput, 0, part), place with { Shift = place.Shift + column, IsPart = true });
                }

                column += part.Shape[0];
            }
        }
    }
}
