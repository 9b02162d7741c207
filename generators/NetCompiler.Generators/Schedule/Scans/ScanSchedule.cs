using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Memory;

namespace NetCompiler.Generators.Schedule.Scans;

/// <summary>
/// A scan as a loop: its body is scheduled as any graph, once for all steps. What comes from around it moves on from step to step, the states
/// alternate between two buffers, everything else lies in scratch that all steps share.
/// </summary>
internal sealed class ScanSchedule
{
    private readonly Node _scan;
    private readonly ScanOperation _operation;
    private readonly IReadOnlyDictionary<int, Node> _outputs;
    private readonly GraphSchedule _body;
    private readonly GraphSchedule? _entry;
    private readonly List<StateSlots> _slots = [];
    private readonly NetworkGraph _bodyGraph;

    /// <param name="group">The scan and its results.</param>
    /// <param name="around">The values of the graph around it.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="mode">One sample, a block of samples, or training.</param>
    /// <param name="isPlain">Whether every contraction is its plain loop nest.</param>
    /// <param name="known">The kernels that were built for the machine.</param>
    public ScanSchedule(KernelGroup group, StoragePlan around, Machine machine, ProgramMode mode, bool isPlain, KnownKernels known)
    {
        _scan = group.Anchor;
        _operation = (ScanOperation)_scan.Operation;
        _outputs = Results(group, isState: false);
        States = Results(group, isState: true);
        _bodyGraph = PrepareScanBody.Run(_scan, _outputs.ContainsKey, around);
        foreach (GraphResult result in _bodyGraph.Results.Where(result => result.Role == ResultRole.ScanState))
        {
            Place layout = StoragePlan.OwnLayout(result.Node, result.Node.IsBatched ? Arena.Batched : Arena.Fixed, 0);
            int size = TilingPolicy.Align(layout.RowStride * Space.Of(result.Node).Rows);
            _slots.Add(new StateSlots(result.Index, layout, size, _operation.Steps, _operation.IsReversed));
        }

        _body = Schedule(_bodyGraph);
        _body.Plan();
        NetworkGraph entry = Entry();
        _entry = entry.Results.Count > 0 ? Schedule(entry) : null;
        _entry?.Plan();

        GraphSchedule Schedule(NetworkGraph graph) => new(graph, new NodeFacts(graph), new StoragePlan(graph, around.Weights, around.Targets, around.Derived, isBody: true), machine, mode, isPlain, known);
    }

    /// <summary>The nodes that read the states after the last step, by state.</summary>
    public IReadOnlyDictionary<int, Node> States { get; }

    /// <summary>The buffers of the states.</summary>
    public IReadOnlyList<StateSlots> Slots => _slots;

    /// <summary>The scratch of a step, in floats per sample.</summary>
    public int BatchedFloats => Math.Max(_body.Buffers.BatchedFloats, _entry?.Buffers.BatchedFloats ?? 0);

    /// <summary>The scratch of a step that does not depend on the batch, in floats.</summary>
    public int FixedFloats => Math.Max(_body.Buffers.FixedFloats, _entry?.Buffers.FixedFloats ?? 0);

    /// <summary>Gives the scratch its place.</summary>
    public void SetScratch(int batched, int constant, List<PlannedBuffer> map)
    {
        _entry?.MoveBuffers(batched, constant);
        _body.MoveBuffers(batched, constant);
        map.AddRange(_body.Buffers.Map);
    }

    /// <summary>Gives a state its place.</summary>
    public void SetSlots(int index, int offset, StoragePlan around, List<PlannedBuffer> map)
    {
        StateSlots slots = _slots[index] = _slots[index] with { Layout = _slots[index].Layout with { Offset = offset } };
        if (States.TryGetValue(slots.State, out Node? final))
        {
            around.SetBuffer(final, slots.Final);
        }

        for (int slot = 0; slot < StateSlots.Count; slot++)
        {
            map.Add(new PlannedBuffer(slots.Layout.Arena, offset + (slot * slots.Size), slots.Size, $"state {NumberText.Integer(slots.State)} of {_scan}"));
        }
    }

    /// <summary>What comes before the steps, then the steps.</summary>
    public IEnumerable<ProgramCall> Calls(StoragePlan around, KernelGroup group)
    {
        ScanBody body = _operation.Body;
        if (_entry is not null)
        {
            foreach (Node input in Inputs(_entry.Graph, InputRole.ScanInvariant))
            {
                _entry.Storage.SetBuffer(input, around.PlaceOf(Operand(InputRole.ScanState, IndexOf(input))));
            }

            foreach (GraphResult result in _entry.Graph.Results)
            {
                _entry.Storage.AddResult(result, _slots.Single(slots => slots.State == result.Index).First);
            }
        }

        foreach (Node input in _bodyGraph.Nodes.Where(node => node.Operation is InputOperation { Role: InputRole.ScanSequence or InputRole.ScanInvariant or InputRole.ScanState }))
        {
            _body.Storage.SetBuffer(input, PlaceOf(input, around));
        }

        foreach (GraphResult result in _bodyGraph.Results)
        {
            if (result.Role == ResultRole.ScanState)
            {
                _body.Storage.AddResult(result, _slots.Single(slots => slots.State == result.Index).Written);
                continue;
            }

            Node output = _outputs[result.Index];
            IEnumerable<Place> places = around.ResultsOf(output).Select(stored => stored.Place);
            foreach (Place place in around.HasBuffer(output) ? places.Prepend(around.PlaceOf(output)) : places)
            {
                _body.Storage.AddResult(result, StepOf(place, result.Node.Shape));
            }
        }

        // Weights are moved to other layouts once for all steps.
        static bool IsInvariant(ProgramCall call) => call is TransposeWeightsCall or UnpackWeightsCall;
        IReadOnlyList<ProgramCall> steps = _body.Calls();
        return
        [
            .. (_entry?.Calls() ?? []).Concat(steps.Where(IsInvariant)).Select(call => call with { Demand = group.Demand, IsBackward = group.IsBackward }),
            new LoopCall(_operation.Steps, _operation.IsReversed, [.. steps.Where(call => !IsInvariant(call))], group.Demand, group.IsBackward)
            {
                Sharing = steps.All(call => IsInvariant(call) || call.Sharing == Sharing.Samples) ? Sharing.Samples : Sharing.Whole,
            },
        ];
    }

    private static Dictionary<int, Node> Results(KernelGroup group, bool isState) => group.Members
        .Where(node => node.Operation is ScanResultOperation result && result.IsState == isState)
        .ToDictionary(node => ((ScanResultOperation)node.Operation).Index);

    private static IEnumerable<Node> Inputs(NetworkGraph graph, InputRole role) => graph.Nodes.Where(node => node.Operation is InputOperation input && input.Role == role);

    private static int IndexOf(Node input) => ((InputOperation)input.Operation).Index;

    private Node Operand(InputRole role, int index) => _scan.Operands[index + role switch
    {
        InputRole.ScanSequence => 0,
        InputRole.ScanInvariant => _operation.Body.Sequences,
        _ => _operation.Body.Sequences + _operation.Body.Invariants,
    }];

    // The states before the first step, repeated to the shape that the body reads. A single step may read them where they are.
    private NetworkGraph Entry()
    {
        var builder = new GraphBuilder { Origin = _scan.Origin };
        var results = new List<GraphResult>();
        foreach (Node state in Inputs(_bodyGraph, InputRole.ScanState).Where(state => !IsReadInPlace(state)))
        {
            Node outer = Operand(InputRole.ScanState, IndexOf(state));
            Node given = outer.Operation is InputOperation or ConstantOperation
                ? builder.Make(outer.Operation, [], outer.Shape, outer.IsBatched)
                : builder.Input(InputRole.ScanInvariant, IndexOf(state), outer.Shape, outer.IsBatched);
            Node first = builder.Broadcast(given, state.Shape, state.IsBatched);
            results.Add(new GraphResult(ResultRole.ScanState, IndexOf(state), first == given ? builder.Apply(Elementwise.Copy, given) : first));
        }

        return new NetworkGraph([.. builder.Nodes], results);
    }

    private bool IsReadInPlace(Node state)
    {
        Node outer = Operand(InputRole.ScanState, IndexOf(state));
        return _operation.Steps == 1 && outer.Operation is not (ConstantOperation or IotaOperation) && outer.Shape == state.Shape && outer.IsBatched == state.IsBatched;
    }

    private Place PlaceOf(Node input, StoragePlan around)
    {
        var operation = (InputOperation)input.Operation;
        Node outer = Operand(operation.Role, operation.Index);
        return operation.Role switch
        {
            InputRole.ScanSequence => StepOf(around.PlaceOf(outer), input.Shape),
            InputRole.ScanState when !IsReadInPlace(input) => _slots.Single(slots => slots.State == operation.Index).Read,
            _ => around.PlaceOf(outer),
        };
    }

    // The part of one step in the memory of all steps, which lie one behind another.
    private static Place StepOf(Place place, Shape step)
    {
        int length = (int)step.Length, last = step.Rank == 0 ? 1 : step[-1];
        return last == 1
            ? place with { RowStride = length, StepStride = length }
            : place with { StepStride = length / last * place.RowStride };
    }
}
