using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Scans;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// The sums of a kernel of gates. A sum starts from what is added to its product where nothing else reads the product alone, and products
/// that are only added share one sum: the parts of the input and of the state.
/// </summary>
internal sealed class GateSums
{
    private readonly Dictionary<Node, int> _sumOf = [];
    private readonly Dictionary<int, Node> _starts = [];
    private readonly Dictionary<int, Node> _values = [];

    /// <param name="group">A kernel of gates.</param>
    /// <param name="isStored">Whether a value is read from memory as well.</param>
    public GateSums(KernelGroup group, Func<Node, bool> isStored)
    {
        GateForm form = group.Gates!;
        Products = [.. group.Members.Where(member => member.Operation is ContractOperation)];
        bool IsAlone(Node node) => _sumOf.TryGetValue(node, out int sum) && _values[sum] == node && !isStored(node)
            && group.Members.Count(member => member.Operands.Any(operand => NodeFacts.Strip(operand) == node)) == 1;
        foreach (Node node in group.Members.Where(form.IsWide))
        {
            if (node.Operation is ContractOperation)
            {
                Take(node, _sumOf.Count);
                continue;
            }

            if (((ElementwiseNodeOperation)node.Operation).Function != Elementwise.Add)
            {
                continue;
            }

            Node left = NodeFacts.Strip(node.Operands[0]), right = NodeFacts.Strip(node.Operands[1]);
            if (left != right && IsAlone(left) && IsAlone(right) && !(_starts.ContainsKey(_sumOf[left]) && _starts.ContainsKey(_sumOf[right])))
            {
                Join(_sumOf[left], _sumOf[right]);
                Take(node, _sumOf[left]);
            }
            else if (IsAlone(left) && CanStart(node.Operands[1], right, _sumOf[left]))
            {
                _starts.Add(_sumOf[left], node.Operands[1]);
                Take(node, _sumOf[left]);
            }
            else if (IsAlone(right) && CanStart(node.Operands[0], left, _sumOf[right]))
            {
                _starts.Add(_sumOf[right], node.Operands[0]);
                Take(node, _sumOf[right]);
            }
        }

        bool CanStart(Node operand, Node source, int sum) =>
            !_starts.ContainsKey(sum) && !group.Members.Contains(source) && Space.Of(operand.Shape, isBatched: true) == new Space(true, 1, form.Gates * form.Units);
    }

    /// <summary>The products, in the order in which they are added.</summary>
    public IReadOnlyList<Node> Products { get; }

    /// <summary>The sums there are.</summary>
    public IEnumerable<int> All => _values.Keys.OrderBy(sum => sum);

    /// <summary>The sum that a product goes to or that a value is, or null.</summary>
    public int? Of(Node node) => _sumOf.TryGetValue(node, out int sum) ? sum : null;

    /// <summary>The value that a sum is when it is complete.</summary>
    public Node ValueOf(int sum) => _values[sum];

    /// <summary>What a sum starts from, or null.</summary>
    public Node? StartOf(int sum) => _starts.TryGetValue(sum, out Node? start) ? start : null;

    private void Take(Node node, int sum)
    {
        _sumOf[node] = sum;
        _values[sum] = node;
    }

    // The second sum becomes a part of the first.
    private void Join(int first, int second)
    {
        foreach (Node node in _sumOf.Where(entry => entry.Value == second).Select(entry => entry.Key).ToArray())
        {
            _sumOf[node] = first;
        }

        _values.Remove(second);
        if (_starts.TryGetValue(second, out Node? start))
        {
            _starts.Remove(second);
            _starts.Add(first, start);
        }
    }
}
