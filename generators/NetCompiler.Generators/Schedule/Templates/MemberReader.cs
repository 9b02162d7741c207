using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>Turns an operand of a kernel's member into a vector: a register, a number, or memory through a parameter of the kernel.</summary>
internal sealed class MemberReader(ScheduleContext context, KernelGroup group, KernelSignature signature)
{
    private readonly Dictionary<string, Access> _references = [];
    private readonly Dictionary<Node, (Memory.Place Place, bool IsGradient, bool IsAddend)[]> _stores = [];

    /// <summary>The references that loops must move, with their steps.</summary>
    public IReadOnlyDictionary<string, Access> References => _references;

    /// <summary>The place of a member in its kernel, which names its registers.</summary>
    public int IndexOf(Node node) => group.Members.IndexOf(node);

    /// <summary>
    /// The operand, for a chunk of columns; <paramref name="register"/> gives the vector of a member, or null to read it back from memory.
    /// <paramref name="row"/> counts rows behind the references.
    /// </summary>
    public VectorExpression Read(Node operand, Chunk chunk, Func<Node, VectorExpression?> register, int row = 0)
    {
        Node source = NodeFacts.Strip(operand);
        if (group.Members.Contains(source) && register(source) is { } known)
        {
            return known;
        }

        switch (source.Operation)
        {
            case ConstantOperation constant:
                return new Number(constant.Value);
            case IotaOperation:
                return chunk.Counter is null ? new Ramp(chunk.Start) : new CountedRamp(chunk.Counter);
            case InputOperation { Role: InputRole.Setting } setting:
                return new SpreadParameter(signature.Number(setting.Index, isBatchCount: false));
            case InputOperation { Role: InputRole.BatchCount }:
                return new SpreadParameter(signature.Number(0, isBatchCount: true));
            default:
                Access access = Access.Of(operand, group.Space, context.Storage);
                return access.Read(Reference(access), chunk, row * access.SequenceStep(group.Space));
        }
    }

    /// <summary>The value of an elementwise member.</summary>
    public VectorExpression Compute(Node node, Chunk chunk, Func<Node, VectorExpression?> register, int row = 0)
    {
        VectorExpression[] operands = [.. node.Operands.Select(operand => Read(operand, chunk, register, row))];
        return node.Operation is ElementwiseNodeOperation elementwise
            ? new Apply(elementwise.Function.Value, operands)
            : operands[0]; // a broadcast: reading it has repeated it
    }

    /// <summary>The statements that store a member's vector wherever it is asked for, padding kept at zero.</summary>
    public IEnumerable<Statement> Stores(Node node, VectorExpression value, Chunk chunk, int row = 0)
    {
        foreach ((Memory.Place place, bool isGradient, bool isAddend) in StoresOf(node))
        {
            var access = new Access(place, place.RowStride, node.IsBatched ? place.SampleStride : 0, IsAlongLanes: true, IsInteger: false);
            string reference = Reference(access, "y");
            Address address = chunk.At(reference).Plus(row * access.SequenceStep(group.Space));
            VectorExpression stored = value;
            if (isGradient)
            {
                string sum = reference + "_" + NumberText.Integer(IndexOf(node)) + "_" + NumberText.Integer(chunk.Start) + "_" + NumberText.Integer(row); // several members may be addends of one gradient
                foreach (Statement statement in Accumulation.Of(sum, value, signature.Accumulate(isAddend), new Load(address, chunk.Lanes)))
                {
                    yield return statement;
                }

                stored = new Name(sum);
            }

            yield return chunk.IsWhole || !chunk.Lanes.IsConstant || !access.IsPaddedTo(chunk.Start + chunk.Width, chunk.Columns)
                ? new Store(address, stored, chunk.Lanes)
                : new Store(address, new Keep(stored, chunk.Lanes), chunk.Width);
        }
    }

    /// <summary>The statements that store a member with one value per row.</summary>
    public IEnumerable<Statement> StoresOfRowValue(Node node, VectorExpression value)
    {
        foreach ((Memory.Place place, bool isGradient, bool isAddend) in StoresOf(node))
        {
            int rowStep = node.Shape.Length == 1 ? 0 : 1;
            var access = new Access(place, rowStep, node.IsBatched ? place.SampleStride : 0, IsAlongLanes: false, IsInteger: false);
            var address = new Address(Reference(access, "y"));
            VectorExpression stored = value;
            if (isGradient)
            {
                string sum = $"{address.Reference}_{IndexOf(node)}";
                foreach (Statement statement in Accumulation.Of(sum, value, signature.Accumulate(isAddend), new Spread(address)))
                {
                    yield return statement;
                }

                stored = new Name(sum);
            }

            yield return new StoreOne(address, stored);
        }
    }

    // Asked for every vector of a kernel.
    private (Memory.Place Place, bool IsGradient, bool IsAddend)[] StoresOf(Node node)
    {
        if (!_stores.TryGetValue(node, out (Memory.Place, bool, bool)[]? stores))
        {
            _stores.Add(node, stores = [.. context.StoresOf(node)]);
        }

        return stores;
    }

    private string Reference(Access access, string stem = "x")
    {
        string reference = signature.Reference(access.Place, access.IsInteger, stem, (access.RowStep, access.SampleStep, access.IsAlongLanes));
        _references[reference] = access;
        return reference;
    }
}
