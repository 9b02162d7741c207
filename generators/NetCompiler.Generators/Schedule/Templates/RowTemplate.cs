using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// Row by row: elementwise operations along the columns, and reductions over them. Short rows are written out and stay in registers; long
/// ones are one loop for everything up to a reduction, then another for what needs its result.
/// </summary>
internal sealed class RowTemplate
{
    private readonly ScheduleContext _context;
    private readonly KernelGroup _group;
    private readonly KernelSignature _signature = new();
    private readonly MemberReader _reader;
    private readonly IReadOnlyDictionary<Node, int> _levels;

    private RowTemplate(ScheduleContext context, KernelGroup group)
    {
        _context = context;
        _group = group;
        _reader = new MemberReader(context, group, _signature);
        _levels = Levels(group);
    }

    public static KernelCall Build(ScheduleContext context, KernelGroup group) => new RowTemplate(context, group).Build();

    /// <summary>Members that a long row's later loop reads again, and that therefore need memory.</summary>
    public static IEnumerable<Node> Spilled(KernelGroup group, Machine machine)
    {
        if (group.Kind != GroupKind.Rows || IsUnrolled(group, machine))
        {
            return [];
        }

        IReadOnlyDictionary<Node, int> levels = Levels(group);
        return group.Members.Where(node => !IsRowValue(node, group)).Where(node => group.Members.Any(user =>
            (!IsRowValue(user, group) || user.Operation is ReduceOperation) && levels[user] > levels[node] && user.Operands.Any(operand => NodeFacts.Strip(operand) == node)));
    }

    // The number of reductions that must be complete before a member can be computed.
    private static Dictionary<Node, int> Levels(KernelGroup group)
    {
        var levels = new Dictionary<Node, int>();
        foreach (Node node in group.Members)
        {
            int level = 0;
            foreach (Node operand in node.Operands.Select(NodeFacts.Strip).Where(levels.ContainsKey))
            {
                bool waits = IsRowValue(operand, group) && !(IsRowValue(node, group) && node.Operation is not ReduceOperation);
                level = Math.Max(level, levels[operand] + (waits ? 1 : 0));
            }

            levels[node] = level;
        }

        return levels;
    }

    private static bool IsRowValue(Node node, KernelGroup group) =>
        node.Operation is ReduceOperation || (group.Space.Columns > 1 && (node.Shape.Rank == 0 || node.Shape[-1] == 1) && node.Shape.Length == group.Space.Rows);

    private static bool IsUnrolled(KernelGroup group, Machine machine) =>
        group.Space.Columns <= machine.Lanes * TilingPolicy.MostUnrolledRowVectors;

    private KernelCall Build()
    {
        bool hasLoop = _group.Space.IsBatched && !_context.IsSingleSample;
        List<Statement> row = IsUnrolled(_group, _context.Machine) ? UnrolledRow() : LoopedRow();
        List<Statement> body = row;
        if (_group.Space.Rows > 1)
        {
            row.AddRange(Moves(access => access.RowStep));
            body = [new Loop("row", _group.Space.Rows, row)];
        }

        if (hasLoop)
        {
            body.AddRange(Moves(access => access.SampleStep - (_group.Space.Rows > 1 ? access.RowStep * _group.Space.Rows : 0)));
            body = [new Loop("sample", _signature.Count("samples", 1, perSample: true), body)];
        }

        string formula = string.Join("; ", _group.Members.Select(node => $"{node} = {node.Operation.Name}({string.Join(", ", node.Operands)})"));
        var kernel = new Kernel(KernelNames.Of(_group, "Rows"), formula, _signature.Parameters, body);
        return new KernelCall(kernel, _signature.Arguments, _group.Demand, _group.IsBackward);
    }

    private IEnumerable<Statement> Moves(Func<Access, int> step) =>
        _reader.References.Where(reference => step(reference.Value) != 0).Select(reference => new Advance(reference.Key, step(reference.Value)));

    private List<Statement> UnrolledRow()
    {
        var statements = new List<Statement>();
        Chunk[] chunks = [.. Chunk.Unrolled(_group.Space.Columns, _context.Machine.Lanes)];
        foreach (Node node in _group.Members)
        {
            if (node.Operation is ReduceOperation reduce)
            {
                VectorExpression? total = null;
                foreach (Chunk chunk in chunks)
                {
                    VectorExpression value = Kept(_reader.Read(node.Operands[0], chunk, source => InRegister(source, Suffix(chunk))), chunk, reduce);
                    total = total is null ? value : Combine(reduce, total, value);
                }

                AddRowValue(statements, node, new Across(reduce.Kind == ReduceKind.Max, total!));
            }
            else if (IsRowValue(node, _group))
            {
                AddRowValue(statements, node, _reader.Compute(node, chunks[0], source => InRegister(source, "")));
            }
            else
            {
                foreach (Chunk chunk in chunks)
                {
                    AddVector(statements, node, chunk, Suffix(chunk), source => InRegister(source, Suffix(chunk)));
                }
            }
        }

        return statements;
    }

    private List<Statement> LoopedRow()
    {
        var statements = new List<Statement>();
        int lanes = _context.Machine.Lanes, columns = _group.Space.Columns, whole = columns / lanes;
        for (int level = 0; level <= _levels.Values.Max(); level++)
        {
            Node[] vectors = [.. _group.Members.Where(node => _levels[node] == level && (!IsRowValue(node, _group) || node.Operation is ReduceOperation))];
            foreach (Node node in vectors.Where(node => node.Operation is ReduceOperation))
            {
                bool isMaximum = ((ReduceOperation)node.Operation).Kind == ReduceKind.Max;
                statements.Add(new Let($"a{_reader.IndexOf(node)}", new Number(isMaximum ? double.NegativeInfinity : 0)));
            }

            if (vectors.Length > 0)
            {
                int current = level;
                Func<Node, VectorExpression?> Register(string suffix) => source =>
                    IsRowValue(source, _group) ? InRegister(source, "") : _levels[source] == current ? InRegister(source, suffix) : null;
                var body = new List<Statement>();
                AddColumns(body, vectors, new Chunk(0, "column", lanes, lanes, columns), "", Register(""));
                statements.Add(new Loop("column", whole, body, CountsUp: true));
                if (columns % lanes != 0)
                {
                    AddColumns(statements, vectors, new Chunk(whole * lanes, null, columns % lanes, lanes, columns), "t", Register("t"));
                }
            }

            foreach (Node node in vectors.Where(node => node.Operation is ReduceOperation))
            {
                AddRowValue(statements, node, new Across(((ReduceOperation)node.Operation).Kind == ReduceKind.Max, new Name($"a{_reader.IndexOf(node)}")));
            }

            var any = new Chunk(0, null, lanes, lanes, columns);
            foreach (Node node in _group.Members.Where(node => _levels[node] == level && IsRowValue(node, _group) && node.Operation is not ReduceOperation))
            {
                AddRowValue(statements, node, _reader.Compute(node, any, source => InRegister(source, "")));
            }
        }

        return statements;
    }

    private void AddColumns(List<Statement> statements, Node[] members, Chunk chunk, string suffix, Func<Node, VectorExpression?> register)
    {
        foreach (Node node in members)
        {
            if (node.Operation is ReduceOperation reduce)
            {
                string sum = $"a{_reader.IndexOf(node)}";
                statements.Add(new Set(sum, Combine(reduce, new Name(sum), Kept(_reader.Read(node.Operands[0], chunk, register), chunk, reduce))));
            }
            else
            {
                AddVector(statements, node, chunk, suffix, register);
            }
        }
    }

    private void AddVector(List<Statement> statements, Node node, Chunk chunk, string suffix, Func<Node, VectorExpression?> register)
    {
        string name = $"v{_reader.IndexOf(node)}{suffix}";
        statements.Add(new Let(name, _reader.Compute(node, chunk, register)));
        statements.AddRange(_reader.Stores(node, new Name(name), chunk));
    }

    private void AddRowValue(List<Statement> statements, Node node, VectorExpression value)
    {
        string name = $"v{_reader.IndexOf(node)}";
        statements.Add(new Let(name, value));
        statements.AddRange(_reader.StoresOfRowValue(node, new Name(name)));
    }

    private Name InRegister(Node source, string suffix) => new($"v{_reader.IndexOf(source)}{(IsRowValue(source, _group) ? "" : suffix)}");

    private static string Suffix(Chunk chunk) => $"_{chunk.Start}";

    private static VectorExpression Kept(VectorExpression value, Chunk chunk, ReduceOperation reduce) =>
        chunk.IsWhole ? value : new Keep(value, chunk.Lanes, MinusInfinity: reduce.Kind == ReduceKind.Max);

    private static Apply Combine(ReduceOperation reduce, VectorExpression a, VectorExpression b) =>
        new(reduce.Kind == ReduceKind.Max ? Elementwise.Maximum.Value : Elementwise.Add.Value, [a, b]);
}
