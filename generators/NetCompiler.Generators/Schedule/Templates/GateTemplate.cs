using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;
using NetCompiler.Generators.Schedule.Scans;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// One step of a recurrent layer for one sample: for some units at a time the sums of all their gates, over the state and over the input where
/// that is not multiplied for all steps at once, then what is made of them, so that the products are never stored.
/// </summary>
internal sealed class GateTemplate
{
    private readonly ScheduleContext _context;
    private readonly KernelGroup _group;
    private readonly GateForm _form;
    private readonly KernelSignature _signature = new();
    private readonly MemberReader _units;
    private readonly MemberReader _wide;
    private readonly GateSums _sums;
    private readonly IReadOnlyList<(string Row, string Weights, int Length, bool IsNarrow)> _products;

    private GateTemplate(ScheduleContext context, KernelGroup group)
    {
        _context = context;
        _group = group;
        _form = group.Gates!;
        _units = new MemberReader(context, group, _signature);
        _wide = new MemberReader(context, group.WithSpace(Space.Of(group.Anchor)), _signature);
        _sums = new GateSums(context, group);
        _products = [.. _sums.Products.Select(product =>
            (_signature.Own(context.Storage.PlaceOf(product.Operands[0])), _signature.Reference(context.Storage.PlaceOf(product.Operands[1])), product.Operands[0].Shape[-1],
                context.Storage.PackingOf(product.Operands[1]) == WeightPacking.NarrowPanels))];
    }

    public static KernelCall Build(ScheduleContext context, KernelGroup group) => new GateTemplate(context, group).Build();

    private KernelCall Build()
    {
        // The next step comes back from the last weights, which are still near: the sums are the same in any order. In a scan that is a matter of the panels; a step that the
        // caller asks for reads the weights of the inputs as well, more than the nearest cache holds of a panel, and comes back gate by gate.
        List<Statement> body;
        if (!_context.Storage.IsBody && IsFar && _sums.Products.Any(product => product.Operands[0].Operation is InputOperation { Role: InputRole.State }))
        {
            string turned = _signature.Turned();
            body = [new When(turned, Units(turned)), new When(turned, Units(null), IsNegated: true)];
        }
        else
        {
            body = Units(null);
        }

        string formula = $"{_group.Anchor} = {_group.Anchor.Operation.Name}({string.Join(", ", _group.Anchor.Operands)}), {NumberText.Integer(_form.Gates)} gates of one row"
            + string.Concat(_group.Members.Skip(1).Select(node => $"; {node} = {node.Operation.Name}({string.Join(", ", node.Operands)})"));
        var kernel = new Kernel(KernelNames.Of(_group, "Gates"), formula, _signature.Parameters, body);
        return new KernelCall(kernel, _signature.Arguments, _group.Demand, _group.IsBackward);
    }

    // All units, from the last to the first where they are turned.
    private List<Statement> Units(string? turned)
    {
        int lanes = _context.Machine.Lanes, far = TilingPolicy.FarGateVectors * lanes;
        bool isWide = IsFar && _form.Units % far == 0 && _sums.All.Count() * _form.Gates * TilingPolicy.FarGateVectors <= TilingPolicy.FarGateSums;
        bool isOfPanels = _form.Units % TilingPolicy.PanelWidth == 0;
        int width = isWide ? far : Math.Min(TilingPolicy.GateVectors * lanes, isOfPanels ? TilingPolicy.PanelWidth : TilingPolicy.RowAlignment);
        int span = isOfPanels ? Math.Max(width, TilingPolicy.PanelWidth) : _form.Units, spans = _form.Units / span;
        string? counter = spans > 1 ? "panel" : null;
        IEnumerable<int> columns = Enumerable.Range(0, (span + width - 1) / width).Select(block => block * width);
        List<Statement> blocks = [.. (turned is null ? columns : columns.Reverse()).SelectMany(column => Block(new GateBlock(column, width, counter, span), turned is not null))];
        return counter is null ? blocks : [new Loop(counter, spans, blocks, CountsUp: true) { TurnedBy = _context.Storage.IsBody ? _signature.OddStep() : turned }];
    }

    // Weights of the next cache are read one gate after another, in one stream or two; near ones by all gates at once, which share the broadcast numbers.
    private bool IsFar => _products.Sum(product => product.Length * (product.IsNarrow ? 1 : 2)) * _form.Gates * _form.Units > 2 * TilingPolicy.MostNearGateFloats;

    // Some units: their sums over all rows, then all that follows, vector by vector.
    private List<Statement> Block(GateBlock block, bool isTurned)
    {
        int lanes = _context.Machine.Lanes, vectors = block.Width / lanes;
        string suffix = $"_{block.First}";
        List<Statement> statements = [];
        string Sum(int sum, int gate, int vector, int phase) => $"c{sum}_{gate}_{vector}_{phase}{suffix}";
        Chunk Wide(int gate, int vector) => ChunkAt((gate * _form.Units) + block.First + (vector * lanes), _form.Gates * _form.Units);
        Chunk Narrow(int vector) => ChunkAt(block.First + (vector * lanes), _form.Units);
        Chunk ChunkAt(int start, int columns) => new(start, block.Counter, lanes, lanes, columns) { CounterStep = block.Step };

        // Far weights are waited for, so that what can be made of a gate at once is made meanwhile, while the next one's arrive.
        var progress = new GateProgress();
        int[] all = [.. isTurned ? Enumerable.Range(0, _form.Gates).Reverse() : Enumerable.Range(0, _form.Gates)];
        foreach (int sum in isTurned ? _sums.All.Reverse() : _sums.All)
        {
            foreach (int[] gates in IsFar ? [.. all.Select(gate => new[] { gate })] : new[] { all })
            {
                var places = gates.SelectMany(gate => Enumerable.Range(0, vectors).Select(vector => (Gate: gate, Vector: vector))).ToArray();
                int[] products = [.. Enumerable.Range(0, _products.Count).Where(product => _sums.Of(_sums.Products[product]) == sum)];
                int phases = Math.Max(1, Math.Min(products.Min(product => _products[product].Length), (TilingPolicy.LatencyHidingSums + places.Length - 1) / places.Length));
                statements.AddRange(places.SelectMany(place => Enumerable.Range(0, phases).Select(phase => new Let(Sum(sum, place.Gate, place.Vector, phase),
                    phase > 0 || _sums.StartOf(sum) is not { } start ? new Number(0) : _wide.Read(start, Wide(place.Gate, place.Vector), _ => null)))));
                foreach (int product in products)
                {
                    statements.AddRange(Product(product, [.. places.Select(place => (place.Gate * _form.Units) + block.First + (place.Vector * lanes))],
                        (place, phase) => Sum(sum, places[place].Gate, places[place].Vector, phase), phases, block, $"{suffix}_{product}_{gates[0]}"));
                }

                statements.AddRange(places.SelectMany(place => Together(phase => Sum(sum, place.Gate, place.Vector, phase), phases)));
                Array.ForEach(gates, gate => progress.Sums.Add((sum, gate)));
                for (int vector = 0; vector < vectors; vector++)
                {
                    int current = vector;
                    statements.AddRange(Finish((own, gate) => new Name(Sum(own, gate, current, 0)), gate => Wide(gate, current), Narrow(vector), $"{suffix}_{vector}", progress));
                }
            }
        }

        return statements;
    }

    // The parts of a sum, two by two.
    private static IEnumerable<Statement> Together(Func<int, string> sum, int phases)
    {
        for (int distance = 1; distance < phases; distance *= 2)
        {
            for (int phase = 0; phase + distance < phases; phase += 2 * distance)
            {
                yield return new Set(sum(phase), new Apply(Elementwise.Add.Value, [new Name(sum(phase)), new Name(sum(phase + distance))]));
            }
        }
    }

    // The loop over one row: every number times the weights of some columns, added to their sums.
    private List<Statement> Product(int product, int[] columns, Func<int, int, string> sum, int phases, GateBlock block, string suffix)
    {
        (string state, string weights, int length, bool isNarrow) = _products[product];
        string x = "x" + suffix;
        string Weights(int index) => $"w{index}{suffix}";

        // The panels of the gates may differ in width, at the end of the kernel.
        var places = columns.Select(column => PlaceOf(column, length, isNarrow)).ToArray();
        bool isUniform = places.All(place => place.Stride == places[0].Stride);
        Address At(int index, int row) => isUniform
            ? new Address(Weights(0), places[index].Offset - places[0].Offset + (row * places[index].Stride))
            : new Address(Weights(index), row * places[index].Stride);
        int[] moved = isUniform ? [0] : [.. Enumerable.Range(0, columns.Length)];
        List<Statement> statements =
        [
            new LetReference(x, new Address(state)),
            .. moved.Select(index => new LetReference(Weights(index), new Address(weights, places[index].Offset, block.Counter, block.Step / TilingPolicy.PanelWidth * (isNarrow ? NarrowPanels.Pairs : TilingPolicy.PanelWidth) * length))),
        ];

        // The names of the rows after the loop are of their own.
        IEnumerable<Statement> Row(int row, int phase, string rest = "")
        {
            string spread = $"s{row}{suffix}{rest}";
            string Pairs(int place) => $"p{row}_{place}{suffix}{rest}";
            yield return new Let(spread, new Spread(new Address(x, row)));
            for (int index = 0; index < columns.Length; index++)
            {
                int first = Array.FindIndex(places, place => place.Offset == places[index].Offset);
                if (isNarrow && first == index)
                {
                    yield return new Let(Pairs(index), new Load(At(index, row), _context.Machine.Lanes));
                }

                VectorExpression read = isNarrow ? new Widen(new Name(Pairs(first)), NarrowPanels.IsHigh(columns[index])) : new Load(At(index, row), _context.Machine.Lanes);
                yield return new Set(sum(index, phase), new MultiplyAdd(new Name(spread), read, new Name(sum(index, phase))));
            }
        }

        int unroll = phases * (length % (2 * phases) == 0 && block.Width <= TilingPolicy.PanelWidth ? 2 : 1), rest = length % unroll;
        statements.Add(new Loop("k" + suffix, length / unroll,
        [
            .. Enumerable.Range(0, unroll).SelectMany(row => Row(row, row % phases)),
            new Advance(x, unroll),
            .. moved.Select(index => new Advance(Weights(index), unroll * places[index].Stride)),
        ]));
        statements.AddRange(Enumerable.Range(0, rest).SelectMany(row => Row(row, row % phases, "r")));
        return statements;
    }

    // What follows the sums that are complete, and is not made yet.
    private IEnumerable<Statement> Finish(Func<int, int, VectorExpression> sum, Func<int, Chunk> wide, Chunk narrow, string suffix, GateProgress progress)
    {
        VectorExpression Gate(Node node, int gate) => _sums.Of(node) is { } own ? sum(own, gate) : new Name($"v{_units.IndexOf(node)}g{gate}{suffix}");
        VectorExpression Unit(Node node) => node.Operation is SliceOperation slice ? Gate(NodeFacts.Strip(node.Operands[0]), slice.Start / _form.Units) : new Name($"v{_units.IndexOf(node)}{suffix}");
        bool IsMade(Node node, int gate) => !_group.Members.Contains(node) || (_sums.Of(node) is { } own ? progress.Sums.Contains((own, gate)) : progress.Values.Contains((node, gate, suffix)));
        bool CanBeMade(Node node, int gate) => _sums.Of(node) is not null ? IsMade(node, gate) : node.Operands.All(operand => IsMade(NodeFacts.Strip(operand), gate));
        foreach (Node node in _group.Members)
        {
            if (_form.IsWide(node))
            {
                if (_sums.Of(node) is { } own && _sums.ValueOf(own) != node)
                {
                    continue; // a part of a sum
                }

                for (int gate = 0; gate < _form.Gates; gate++)
                {
                    int current = gate;
                    if (!CanBeMade(node, gate) || !progress.Values.Add((node, gate, suffix)))
                    {
                        continue;
                    }

                    if (_sums.Of(node) is null)
                    {
                        yield return new Let(((Name)Gate(node, gate)).Text, _wide.Compute(node, wide(gate), source => Gate(source, current)));
                    }

                    foreach (Statement store in _wide.Stores(node, Gate(node, gate), wide(gate)))
                    {
                        yield return store;
                    }
                }

                continue;
            }

            if (!CanBeMade(node, node.Operation is SliceOperation { Start: var start } ? start / _form.Units : GateProgress.Units) || !progress.Values.Add((node, GateProgress.Units, suffix)))
            {
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

    // Where a column lies in panels, and the floats or pairs between its rows.
    private (int Offset, int Stride) PlaceOf(int column, int length, bool isNarrow)
    {
        if (isNarrow)
        {
            return (NarrowPanels.OffsetOf(column, length), NarrowPanels.Pairs);
        }

        int panel = column / TilingPolicy.PanelWidth * TilingPolicy.PanelWidth;
        return ((panel * length) + column - panel, Math.Min(TilingPolicy.PanelWidth, (_form.Gates * _form.Units) - panel));
    }
}

/// <summary>Units whose gates are summed and finished together.</summary>
/// <param name="First">The first, where nothing is counted or the counter is 0.</param>
/// <param name="Width">How many there are.</param>
/// <param name="Counter">The counter of the loop over all units, or null without one.</param>
/// <param name="Span">The units that the loop moves on by.</param>
internal readonly record struct GateBlock(int First, int Width, string? Counter, int Span)
{
    /// <summary>The columns from one turn of the loop to the next: whole panels, or none.</summary>
    public int Step => Counter is null ? 0 : Span;
}

/// <summary>What is made of some units so far.</summary>
internal sealed class GateProgress
{
    /// <summary>The gate of what has the columns of one gate only.</summary>
    public const int Units = -1;

    /// <summary>The sums that are complete.</summary>
    public HashSet<(int Sum, int Gate)> Sums { get; } = [];

    /// <summary>The values that stand in registers, by the ending of their names.</summary>
    public HashSet<(Node Node, int Gate, string Suffix)> Values { get; } = [];
}
