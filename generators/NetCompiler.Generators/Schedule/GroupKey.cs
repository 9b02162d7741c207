using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;

namespace NetCompiler.Generators.Schedule;

/// <summary>
/// Everything of a group that its kernels depend on, as numbers: operations, shapes, how values lie in memory and which of them share a place.
/// Where a place begins is left out, it goes into the arguments of the calls alone; so are names, the numbers of layers and weights, and who needs the calls.
/// </summary>
internal sealed class GroupKey : IEquatable<GroupKey>
{
    private readonly StoragePlan _storage;
    private readonly KernelGroup _group;
    private readonly OperationCodes _codes;
    private readonly List<Node> _nodes = [];
    private readonly List<Place> _places = [];
    private readonly List<int> _facts = [];
    private int _hash = 17;

    public GroupKey(ScheduleContext context, KernelGroup group, Place? transposed, OperationCodes codes)
    {
        _storage = context.Storage;
        _group = group;
        _codes = codes;
        Add(context.IsSingleSample ? (int)context.Mode : -1); // a batch's predictions and its training's have kernels in common
        Add(context.IsShared && IsCut(group));
        Add(_storage.IsBody);
        Add((int)group.Kind);
        Add(group.Space.IsBatched);
        Add(group.Space.Rows);
        Add(group.Space.Columns);
        Add(group.Parts);
        Add(group.Gates?.Gates ?? 0);
        Add(group.Gates?.Units ?? 0);
        Add(transposed);
        foreach (Node member in group.Members)
        {
            Add(member);
        }

        foreach (Node member in group.Members)
        {
            AddStores(context, member);
        }

        if (group.Kind == GroupKind.Flat)
        {
            foreach (Node member in group.Members)
            {
                Add(context.Facts.WeightOf(member) ?? context.Facts.WeightOf(member.Operands[0])!);
            }
        }
    }

    /// <summary>The nodes, in an order that groups with equal keys share.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>The places, each once, in an order that groups with equal keys share.</summary>
    public IReadOnlyList<Place> Places => _places;

    /// <summary>Which of the places this one is, or -1.</summary>
    public int IndexOf(Place place) => _places.IndexOf(place);

    /// <summary>Which of the nodes has this number in its graph, or -1.</summary>
    public int IndexOf(int id) => _nodes.FindIndex(node => node.Id == id);

    public bool Equals(GroupKey? other)
    {
        if (other is null || _hash != other._hash || _facts.Count != other._facts.Count)
        {
            return false;
        }

        for (int i = 0; i < _facts.Count; i++)
        {
            if (_facts[i] != other._facts[i])
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as GroupKey);

    public override int GetHashCode() => _hash;

    // Which templates ask whether threads share the kernel; one of them asks for the half of the program as well.
    private static bool IsCut(KernelGroup group) => group.Kind switch
    {
        GroupKind.Product => !group.IsBackward && TilingPolicy.IsOwned(group.Anchor.Operands[0].Shape[-1], group.Anchor.Shape[-1]),
        GroupKind.WeightGradient or GroupKind.ConvolutionWeightGradient => true,
        _ => false,
    };

    private void Add(int fact)
    {
        _facts.Add(fact);
        _hash = unchecked((_hash * 31) + fact);
    }

    private void Add(bool fact) => Add(fact ? 1 : 0);

    private void Add(Node node)
    {
        int known = _nodes.IndexOf(node);
        Add(known);
        if (known >= 0)
        {
            return;
        }

        _nodes.Add(node);
        bool isMember = _group.Members.Contains(node);
        Place? place = isMember ? null : _storage.FindPlace(node);
        Add(isMember);
        Add(_codes.Of(node.Operation));
        Add(node.IsBatched);
        Add(node.Shape.Rank);
        for (int axis = 0; axis < node.Shape.Rank; axis++)
        {
            Add(node.Shape[axis]);
        }

        Add(place);
        Add(_storage.IsInteger(node));
        Add((int)_storage.PackingOf(node));
        Add(node.Operation is InputOperation { Role: InputRole.Parameter } ? _storage.WeightOf(node).PhysicalLength : 0);

        // Behind a value in memory templates do not look, but for the views of it.
        if (isMember || place is null || node.Operation is ReshapeOperation or SliceOperation)
        {
            foreach (Node operand in node.Operands)
            {
                Add(operand);
            }
        }
    }

    private void AddStores(ScheduleContext context, Node member)
    {
        foreach ((Place place, bool isGradient, bool isAddend) in context.StoresOf(member))
        {
            Add(place);
            Add(isGradient);
            Add(isAddend);
        }

        Add(-1);
    }

    private void Add(Place? place)
    {
        int known = place is null ? -1 : _places.IndexOf(place);
        Add(known);
        if (place is null || known >= 0)
        {
            return;
        }

        _places.Add(place);
        Add((int)place.Arena);
        Add(place.RowStride);
        Add(place.SampleStride);
        Add(place.StepStride);
        Add(place.Alternate);
        Add(place.Shift);
        Add(place.IsPart);
    }
}
