using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Nests;
using NetCompiler.Generators.Schedule.Scans;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// One step of a recurrent layer for one sample: for some units at a time the sums of all their gates, then what is made of them, so that
/// the product is never stored.
/// </summary>
internal sealed class GateTemplate
{
    private readonly ScheduleContext _context;
    private readonly KernelGroup _group;
    private readonly GateForm _form;
    private readonly KernelSignature _signature = new();
    private readonly MemberReader _units;
    private readonly MemberReader _wide;
    private readonly Node? _started;
    private readonly int _reduction;

    private GateTemplate(ScheduleContext context, KernelGroup group)
    {
        _context = context;
        _group = group;
        _form = group.Gates!;
        _reduction = group.Anchor.Operands[0].Shape[0];
        _units = new MemberReader(context, group, _signature);
        _wide = new MemberReader(context, group.WithSpace(Space.Of(group.Anchor)), _signature);
        _started = FindStarted();
    }

    public static KernelCall Build(ScheduleContext context, KernelGroup group) => new GateTemplate(context, group).Build();

    private KernelCall Build()
    {
        string state = _signature.Own(_context.Storage.PlaceOf(_group.Anchor.Operands[0])), weights = _signature.Reference(_context.Storage.PlaceOf(_group.Anchor.Operands[1]));
        int lanes = _context.Machine.Lanes, width = Math.Min(TilingPolicy.GateVectors * lanes, TilingPolicy.PanelWidth);
        List<Statement> body = [];
        if (_form.Units % TilingPolicy.PanelWidth == 0)
        {
            // Blocks at the same place of all panels are one loop.
            int panels = _form.Units / TilingPolicy.PanelWidth;
            for (int column = 0; column < TilingPolicy.PanelWidth; column += width)
            {
                string? counter = panels > 1 ? $"panel{column}" : null;
                List<Statement> block = Block(state, weights, column, width, counter);
                body.AddRange(counter is null ? block : [new Loop(counter, panels, block, CountsUp: true)]);
            }
        }
        else
        {
            width = Math.Min(width, TilingPolicy.RowAlignment);
            for (int column = 0; column < _form.Units; column += width)
            {
                body.AddRange(Block(state, weights, column, width, counter: null));
            }
        }

        string formula = $"{_group.Anchor} = {_group.Anchor.Operation.Name}({string.Join(", ", _group.Anchor.Operands)}), {_form.Gates} gates of one row"
            + string.Concat(_group.Members.Skip(1).Select(node => $"; {node} = {node.Operation.Name}({string.Join(", ", node.Operands)})"));
        var kernel = new Kernel(KernelNames.Of(_group, "Gates"), formula, _signature.Parameters, body);
        return new KernelCall(kernel, _signature.Arguments, _group.Demand, _group.IsBackward);
    }

    // Some units: their sums over the state, then all that follows, vector by vector.
    private List<Statement> Block(string state, string weights, int first, int width, string? counter)
    {
        int lanes = _context.Machine.Lanes, vectors = width / lanes;
        int phases = Math.Max(1, Math.Min(_reduction, (TilingPolicy.LatencyHidingSums + (_form.Gates * vectors) - 1) / (_form.Gates * vectors)));
        string suffix = $"_{first}";
        List<Statement> statements = [];
        var sums = Enumerable.Range(0, _form.Gates).SelectMany(gate => Enumerable.Range(0, vectors).Select(vector => (Gate: gate, Vector: vector))).ToArray();
        string Sum(int gate, int vector, int phase) => $"c{gate}_{vector}_{phase}{suffix}";
        Chunk Wide(int gate, int vector) => ChunkAt((gate * _form.Units) + first + (vector * lanes), _form.Gates * _form.Units);
        Chunk Narrow(int vector) => ChunkAt(first + (vector * lanes), _form.Units);
        Chunk ChunkAt(int start, int columns) => new(start, counter, lanes, lanes, columns) { CounterStep = TilingPolicy.PanelWidth };
        foreach ((int gate, int vector) in sums)
        {
            for (int phase = 0; phase < phases; phase++)
            {
                statements.Add(new Let(Sum(gate, vector, phase), phase > 0 || _started is null ? new Number(0) : _wide.Read(Addend(_started), Wide(gate, vector), _ => null)));
            }
        }

        string x = "x" + suffix;
        string Weights(int gate, int vector) => $"w{gate}_{vector}{suffix}";

        // The panels of the gates may differ in width, at the end of the kernel.
        var places = sums.Select(sum => PlaceOf((sum.Gate * _form.Units) + first + (sum.Vector * lanes))).ToArray();
        bool isUniform = places.All(place => place.Stride == places[0].Stride);
        Address At(int index, int row) => isUniform
            ? new Address(Weights(0, 0), places[index].Offset - places[0].Offset + (row * places[index].Stride))
            : new Address(Weights(sums[index].Gate, sums[index].Vector), row * places[index].Stride);
        statements.Add(new LetReference(x, new Address(state)));
        int[] moved = isUniform ? [0] : [.. Enumerable.Range(0, sums.Length)];
        statements.AddRange(moved.Select(index => new LetReference(Weights(sums[index].Gate, sums[index].Vector),
            new Address(weights, places[index].Offset, counter, counter is null ? 0 : TilingPolicy.PanelWidth * _reduction))));
        IEnumerable<Statement> Row(int row, int phase)
        {
            string spread = $"s{row}{suffix}";
            yield return new Let(spread, new Spread(new Address(x, row)));
            for (int index = 0; index < sums.Length; index++)
            {
                string sum = Sum(sums[index].Gate, sums[index].Vector, phase);
                yield return new Set(sum, new MultiplyAdd(new Name(spread), new Load(At(index, row), lanes), new Name(sum)));
            }
        }

        int unroll = phases * (_reduction % (2 * phases) == 0 ? 2 : 1), rest = _reduction % unroll;
        statements.Add(new Loop("k" + suffix, _reduction / unroll,
        [
            .. Enumerable.Range(0, unroll).SelectMany(row => Row(row, row % phases)),
            new Advance(x, unroll),
            .. moved.Select(index => new Advance(Weights(sums[index].Gate, sums[index].Vector), unroll * places[index].Stride)),
        ]));
        statements.AddRange(Enumerable.Range(0, rest).SelectMany(row => Row(row, row % phases)).Select(statement => statement is Let let ? let with { Name = let.Name + "r" } : Rest(statement)));
        foreach ((int gate, int vector) in sums)
        {
            for (int phase = 1; phase < phases; phase++)
            {
                statements.Add(new Set(Sum(gate, vector, 0), new Apply(Elementwise.Add.Value, [new Name(Sum(gate, vector, 0)), new Name(Sum(gate, vector, phase))])));
            }
        }

        for (int vector = 0; vector < vectors; vector++)
        {
            int current = vector;
            statements.AddRange(Finish(gate => new Name(Sum(gate, current, 0)), gate => Wide(gate, current), Narrow(vector), $"{suffix}_{vector}"));
        }

        return statements;
    }

    // The names of the rows after the loop are of their own.
    private static Statement Rest(Statement statement) =>
        statement is Set { Value: MultiplyAdd { Left: Name spread } product } set ? set with { Value = product with { Left = new Name(spread.Text + "r") } } : statement;

    private IEnumerable<Statement> Finish(Func<int, VectorExpression> sum, Func<int, Chunk> wide, Chunk narrow, string suffix)
    {
        VectorExpression Gate(Node node, int gate) => node == _group.Anchor || node == _started ? sum(gate) : new Name($"v{_units.IndexOf(node)}g{gate}{suffix}");
        VectorExpression Unit(Node node) => node.Operation is SliceOperation slice ? Gate(node.Operands[0], slice.Start / _form.Units) : new Name($"v{_units.IndexOf(node)}{suffix}");
        foreach (Node node in _group.Members)
        {
            if (_form.IsWide(node))
            {
                for (int gate = 0; gate < _form.Gates; gate++)
                {
                    int current = gate;
                    if (node != _group.Anchor && node != _started)
                    {
                        yield return new Let(((Name)Gate(node, gate)).Text, _wide.Compute(node, wide(gate), source => Gate(source, current)));
                    }

                    if (node == _group.Anchor && _started is not null)
                    {
                        continue;
                    }

                    foreach (Statement store in _wide.Stores(node, Gate(node, gate), wide(gate)))
                    {
                        yield return store;
                    }
                }

                continue;
            }

            if (node.Operation is not SliceOperation)
            {
                yield return new Let(((Name)Unit(node)).Text, _units.Compute(node, narrow, Unit));
            }

            foreach (Statement store in _units.Stores(node, Unit(node), narrow))
            {
                yield return store;
            }
        }
    }

    // Where a column lies in panels, and the floats between its rows.
    private (int Offset, int Stride) PlaceOf(int column)
    {
        int panel = column / TilingPolicy.PanelWidth * TilingPolicy.PanelWidth;
        return ((panel * _reduction) + column - panel, Math.Min(TilingPolicy.PanelWidth, (_form.Gates * _form.Units) - panel));
    }

    private Node Addend(Node sum) => NodeFacts.Strip(sum.Operands[0]) == _group.Anchor ? sum.Operands[1] : sum.Operands[0];

    // The sums start from what is added to them when nothing reads them without it: the part of the input, made before the scan.
    private Node? FindStarted()
    {
        Node[] users = [.. _group.Members.Where(member => member.Operands.Any(operand => NodeFacts.Strip(operand) == _group.Anchor))];
        return users.Length == 1 && users[0] is { Operation: ElementwiseNodeOperation { Function: var function } } sum && function == Elementwise.Add && _form.IsWide(sum)
            && !_context.StoresOf(_group.Anchor).Any() && !_group.Members.Contains(NodeFacts.Strip(Addend(sum))) && Addend(sum).Shape == sum.Shape ? sum : null;
    }
}
