using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>What happens to a product's sums before they leave the registers: the bias they start from, elementwise operations, stores.</summary>
internal sealed class ProductEpilogue
{
    private readonly ScheduleContext _context;
    private readonly KernelGroup _group;
    private readonly Node? _biased;

    public ProductEpilogue(ScheduleContext context, KernelGroup group, KernelSignature signature)
    {
        _context = context;
        _group = group;
        Reader = new MemberReader(context, group, signature);
        _biased = FindBiased();
    }

    public MemberReader Reader { get; }

    /// <summary>What the sums start from: the bias where there is one.</summary>
    public VectorExpression Start(Chunk chunk) => _biased is null
        ? new Number(0)
        : Reader.Read(_biased.Operands[NodeFacts.Strip(_biased.Operands[0]) == _group.Anchor ? 1 : 0], chunk, _ => null);

    /// <summary>The statements from a finished sum to its stores.</summary>
    /// <param name="sum">The vector with the sum.</param>
    /// <param name="suffix">Distinguishes the names of this vector from those of the others.</param>
    /// <param name="chunk">Its columns.</param>
    /// <param name="row">Its row behind the references.</param>
    /// <param name="index">The vector with the numbers of the maxima, where the sum is a maximum of several.</param>
    public IEnumerable<Statement> Finish(string sum, string suffix, Chunk chunk, int row, string? index = null)
    {
        VectorExpression Register(Node node) =>
            new Name(node == _group.Anchor || node == _biased || node.Operation is WindowOperation { Kind: WindowKind.Max } ? sum
                : node.Operation is WindowOperation ? index! : "v" + NumberText.Integer(Reader.IndexOf(node)) + suffix);
        foreach (Node node in _group.Members)
        {
            if (node != _group.Anchor && node != _biased && node.Operation is not WindowOperation)
            {
                yield return new Let("v" + NumberText.Integer(Reader.IndexOf(node)) + suffix, Reader.Compute(node, chunk, Register, row));
            }

            if (node == _group.Anchor && _biased is not null)
            {
                continue;
            }

            foreach (Statement store in Reader.Stores(node, Register(node), chunk, row))
            {
                yield return store;
            }
        }
    }

    // The sums may start from the bias when nothing else reads them without it.
    private Node? FindBiased()
    {
        Node? first = _group.Members.Count > 1 ? _group.Members[1] : null;
        bool isAlone = !_context.StoresOf(_group.Anchor).Any()
            && _group.Members.Count(member => member.Operands.Any(operand => NodeFacts.Strip(operand) == _group.Anchor)) == 1;
        if (first?.Operation is ElementwiseNodeOperation elementwise && elementwise.Function == Elementwise.Add && isAlone)
        {
            Node bias = first.Operands[NodeFacts.Strip(first.Operands[0]) == _group.Anchor ? 1 : 0];
            return bias.Operation is InputOperation { Role: InputRole.Parameter or InputRole.Derived } ? first : null;
        }

        return null;
    }
}
