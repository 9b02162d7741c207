using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;

namespace NetCompiler.Generators.Schedule;

/// <summary>Where every value lies: outside values where they come from, results where they are asked for, the others in planned buffers.</summary>
internal sealed class StoragePlan
{
    private readonly IReadOnlyList<PlannedWeight> _weights;
    private readonly IReadOnlyList<TargetSpec> _targets;
    private readonly IReadOnlyList<PlannedDerived> _derived;
    private readonly Dictionary<Node, Place> _buffers = [];
    private readonly Dictionary<Node, List<StoredResult>> _results = [];

    /// <param name="graph">The graph whose values are stored.</param>
    /// <param name="weights">The weights of the network.</param>
    /// <param name="targets">The targets of the network.</param>
    /// <param name="derived">What inference derives from the weights.</param>
    /// <param name="isBody">Whether it is the body of a scan: its inputs and results get their places from the graph around it.</param>
    public StoragePlan(NetworkGraph graph, IReadOnlyList<PlannedWeight> weights, IReadOnlyList<TargetSpec> targets, IReadOnlyList<PlannedDerived> derived, bool isBody = false)
    {
        _derived = derived;
        _weights = weights;
        _targets = targets;
        IsBody = isBody;
        if (!isBody)
        {
            foreach (GraphResult result in graph.Results)
            {
                AddResult(result);
            }
        }
    }

    public IReadOnlyList<PlannedWeight> Weights => _weights;

    public IReadOnlyList<TargetSpec> Targets => _targets;

    public IReadOnlyList<PlannedDerived> Derived => _derived;

    /// <summary>Whether these are the values of a scan's body.</summary>
    public bool IsBody { get; }

    /// <summary>The results that a node is, apart from being read by others.</summary>
    public IReadOnlyList<StoredResult> ResultsOf(Node node) => _results.TryGetValue(node, out List<StoredResult>? results) ? results : [];

    public bool HasBuffer(Node node) => _buffers.ContainsKey(node);

    public void SetBuffer(Node node, Place place) => _buffers[node] = place;

    /// <summary>Moves all buffers: those of a scan's body lie in a block of the program around it.</summary>
    public void MoveBuffers(int batched, int constant)
    {
        foreach (KeyValuePair<Node, Place> buffer in _buffers.ToArray())
        {
            _buffers[buffer.Key] = buffer.Value with { Offset = buffer.Value.Offset + (buffer.Value.Arena == Arena.Batched ? batched : constant) };
        }
    }

    /// <summary>Stores a value at one more place.</summary>
    public void AddResult(GraphResult result, Place place) => Add(Owner(result.Node), new StoredResult(result, place, IsAddend: false));

    /// <summary>Whether a slice is read where its operand lies: some columns of a row, or some rows of a weight that lies in rows.</summary>
    public bool IsView(Node slice) => (IsBody && slice.Shape.Rank == 1) || (IsRowsOfWeight(slice) && ResultsOf(slice).Count == 0);

    private bool IsRowsOfWeight(Node slice) => slice is { Operation: SliceOperation { Axis: 0 } } && slice.Shape.Rank > 1
        && slice.Operands[0].Operation is InputOperation { Role: InputRole.Parameter or InputRole.Statistic } input && _weights[input.Index].Packing == WeightPacking.Flat;

    /// <summary>Whether the operands of a concatenation are stored where it lies, one behind another: whole vectors, so that none writes into the next.</summary>
    public bool IsAssembled(Node concat) => IsBody && concat.Shape.Rank == 1
        && concat.Operands.All(operand => operand.Shape[0] % TilingPolicy.RowAlignment == 0 && operand.IsBatched == concat.IsBatched);

    /// <summary>Whether a value consists of integers.</summary>
    public bool IsInteger(Node node) => Owner(node).Operation is InputOperation input
        && (input.Role == InputRole.Tokens || (input.Role == InputRole.Target && IsClassTarget(input.Index)));

    public WeightPacking PackingOf(Node node) => node.Operation switch
    {
        InputOperation { Role: InputRole.Parameter or InputRole.Statistic } input => _weights[input.Index].Packing,
        InputOperation { Role: InputRole.Derived } input => _derived[input.Index].Packing,
        _ => WeightPacking.Flat,
    };

    public WeightPacking PackingOf(int weight) => _weights[weight].Packing;

    public PlannedWeight WeightOf(Node parameter) => _weights[((InputOperation)parameter.Operation).Index];

    /// <summary>The range that the rows of a place are rounded by.</summary>
    public Place RangeOf(int weight) => new(Arena.Derived, 0, _derived.Single(value => value.RangeOf == weight).Offset, Int8Layout.Range, 0);

    /// <summary>Lets the first kernel that writes a part of a gradient begin it, and every later one add to it.</summary>
    public void OrderAddends(IReadOnlyList<Node> computed)
    {
        var begun = new HashSet<(ResultRole, int)>();
        foreach (Node node in computed)
        {
            if (_results.TryGetValue(node, out List<StoredResult>? results))
            {
                for (int i = 0; i < results.Count; i++)
                {
                    results[i] = results[i] with { IsAddend = results[i].Result.Role == ResultRole.ParameterGradient && !begun.Add((results[i].Result.Role, results[i].Result.Index)) };
                }
            }
        }
    }

    /// <summary>Whether a target holds class indices.</summary>
    public bool IsClassTarget(int target) => _targets[target].Classes > 0;

    /// <summary>The node whose memory a chain of reshapes shows.</summary>
    public Node Owner(Node node)
    {
        while (node.Operation is ReshapeOperation && !NeedsCopy(node))
        {
            node = node.Operands[0];
        }

        return node;
    }

    /// <summary>Whether a reshape must move values: because rows are padded, or because new rows would not follow those of the sample before.</summary>
    public bool NeedsCopy(Node reshape)
    {
        Node operand = reshape.Operands[0];
        return LastAxis(reshape.Shape) != LastAxis(operand.Shape) && (!IsContiguous(operand) || (reshape.Shape.Length > LastAxis(reshape.Shape) && HasGapsBetweenSamples(operand)));
    }

    /// <summary>The place a value is read from.</summary>
    public Place PlaceOf(Node node) => FindPlace(node) ?? throw new InvalidOperationException($"{node} = {node.Operation.Name} is read from memory, but has no place.");

    /// <summary>The place of a value, or null for one that lies nowhere.</summary>
    public Place? FindPlace(Node node)
    {
        if (_buffers.TryGetValue(node, out Place buffer))
        {
            return buffer;
        }

        return node.Operation switch
        {
            InputOperation input => External(node, input),
            SliceOperation slice when IsView(node) => FindPlace(node.Operands[0]) is { } whole
                ? whole with { Shift = whole.Shift + (slice.Start * (int)(node.Shape.Length / node.Shape[0])), IsPart = true } : null,
            ReshapeOperation => FindPlace(node.Operands[0]) is { } place
                ? LastAxis(node.Shape) == LastAxis(node.Operands[0].Shape) ? place : place with { RowStride = CompactRow(node) } : null,
            _ => null,
        };
    }

    /// <summary>The shape of a buffer of our own: rows padded, single values per row without gaps. Where a sample is one row, samples keep off each other's cache sets.</summary>
    public static Place OwnLayout(Node node, Arena arena, int offset)
    {
        int rowStride = node.Operation is RoundRowsOperation ? Int8Layout.RowStride(node.Shape[-1])
            : LastAxis(node.Shape) == 1 ? (int)node.Shape.Length
            : arena == Arena.Batched && node.Shape.Rank == 1 ? TilingPolicy.SampleStride(node.Shape[0])
            : TilingPolicy.Align(node.Shape[-1]);
        return new Place(arena, 0, offset, rowStride, node.IsBatched ? rowStride * Space.Of(node).Rows : 0);
    }

    private static int CompactRow(Node node) => LastAxis(node.Shape) == 1 ? (int)node.Shape.Length : node.Shape[-1];

    private static int LastAxis(Shape shape) => shape.Rank == 0 ? 1 : shape[-1];

    private Place? External(Node node, InputOperation input)
    {
        int row = CompactRow(node), sample = node.IsBatched ? (int)node.Shape.Length : 0;
        return input.Role switch
        {
            InputRole.Feature or InputRole.Tokens => new Place(Arena.Feature, input.Index, 0, row, sample),
            InputRole.Target => new Place(Arena.Target, input.Index, 0, row, sample),
            InputRole.State => new Place(Arena.State, input.Index, 0, row, sample),
            InputRole.OutputGradient => new Place(Arena.OutputGradient, input.Index, 0, row, sample),
            InputRole.SampleScale => new Place(Arena.SampleScale, 0, 0, 1, 1),
            InputRole.Parameter => new Place(Arena.Parameters, 0, _weights[input.Index].Offset, row, 0),
            InputRole.Statistic => new Place(Arena.Statistics, 0, _weights[input.Index].Offset, row, 0),
            InputRole.Derived => OwnLayout(node, Arena.Derived, _derived[input.Index].Offset),
            _ => null,
        };
    }

    private bool IsContiguous(Node node)
    {
        Node owner = Owner(node);
        return owner.Operation is InputOperation { Role: not InputRole.Derived } input && !IsOfScan(input)
            ? PackingOf(owner) != WeightPacking.Panels
            : Space.Of(node).Rows == 1 || LastAxis(node.Shape) % TilingPolicy.RowAlignment == 0;
    }

    private bool HasGapsBetweenSamples(Node node)
    {
        Node owner = Owner(node);
        return owner.Operation is InputOperation input
            ? IsOfScan(input) && owner.IsBatched
            : owner.IsBatched && OwnLayout(owner, Arena.Batched, 0).SampleStride != owner.Shape.Length;
    }

    // Its samples lie as those of a whole sequence, with the other steps between them.
    private static bool IsOfScan(InputOperation input) => input.Role is InputRole.ScanSequence or InputRole.ScanInvariant or InputRole.ScanState;

    private void AddResult(GraphResult result)
    {
        Node node = Owner(result.Node);
        int row = CompactRow(node), sample = (int)node.Shape.Length;
        StoredResult stored = result.Role switch
        {
            ResultRole.Output => new StoredResult(result, new Place(Arena.Output, result.Index, 0, row, sample), IsAddend: false),
            ResultRole.State => new StoredResult(result, new Place(Arena.NextState, result.Index, 0, row, sample), IsAddend: false),
            ResultRole.InputGradient => new StoredResult(result, new Place(Arena.InputGradient, result.Index, 0, row, sample), IsAddend: false),
            ResultRole.LossPart => new StoredResult(result, new Place(Arena.Losses, 0, result.Index, 1, 0), IsAddend: false),
            ResultRole.Derived => new StoredResult(result, OwnLayout(result.Node, Arena.Derived, _derived[result.Index].Offset), IsAddend: false),
            ResultRole.StatisticUpdate => new StoredResult(result, new Place(Arena.Statistics, 0, _weights[result.Index].Offset, row, 0), IsAddend: false),
            _ => new StoredResult(result, new Place(Arena.Gradients, 0, _weights[result.Index].Offset, row, 0), IsAddend: false),
        };
        Add(node, stored);
    }

    private void Add(Node node, StoredResult stored)
    {
        if (!_results.TryGetValue(node, out List<StoredResult>? list))
        {
            _results.Add(node, list = []);
        }

        list.Add(stored);
    }
}

/// <summary>A result and the place it is written to.</summary>
/// <param name="Result">The result.</param>
/// <param name="Place">Where it goes.</param>
/// <param name="IsAddend">Whether it is added to what another kernel of the same call wrote.</param>
internal sealed record StoredResult(GraphResult Result, Place Place, bool IsAddend);
