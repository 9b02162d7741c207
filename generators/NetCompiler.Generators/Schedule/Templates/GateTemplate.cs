using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;
using NetCompiler.Generators.Schedule.Scans;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// One step of a recurrent layer for one sample: for some units at a time the sums of all their gates, over the state and over the input where
/// that is not multiplied for all steps at once, then what is made of them: at once, in registers, or where those are few of all units at the end, from sums that wait in memory.
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
    private readonly bool _isFinishedLast;
    private readonly IReadOnlyList<(string Row, string Weights, int Length, bool IsNarrow)> _products;

    private GateTemplate(ScheduleContext context, KernelGroup group)
    {
        _context = context;
        _group = group;
        _form = group.Gates!;
        _units = new MemberReader(context, group, _signature);
        _wide = new MemberReader(context, group.WithSpace(Space.Of(group.Anchor)), _signature);
        _sums = new GateSums(group, node => context.StoresOf(node).Any());
        _isFinishedLast = IsFinishedLast(group, context.Machine);
        _products = [.. _sums.Products.Select(product =>
            (_signature.Own(context.Storage.PlaceOf(product.Operands[0])), _signature.Reference(context.Storage.PlaceOf(product.Operands[1])), product.Operands[0].Shape[-1],
                context.Storage.PackingOf(product.Operands[1]) == WeightPacking.NarrowPanels))];
    }

    public static KernelCall Build(ScheduleContext context, KernelGroup group) => new GateTemplate(context, group).Build();

    /// <summary>The sums that wait in memory until those of all units are complete.</summary>
    /// <param name="group">A kernel.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="isStored">Whether a value is read from memory in any case.</param>
    public static IEnumerable<Node> Spilled(KernelGroup group, Machine machine, Func<Node, bool> isStored)
    {
        if (group.Kind != GroupKind.Gates || !IsFinishedLast(group, machine))
        {
            return [];
        }

        var sums = new GateSums(group, isStored);
        return sums.All.Select(sums.ValueOf);
    }

    // Functions of one vector are one long chain, and the next sums a long way off: all units are finished at the end, side by side, where registers do not hold what functions want beside the sums.
    // Of two blocks the first is finished while the second is summed.
    private static bool IsFinishedLast(KernelGroup group, Machine machine) =>
        !TilingPolicy.FinishesGatesAtOnce(machine) && group.Gates!.Units > 2 * TilingPolicy.GateVectors * machine.Lanes;

    private KernelCall Build()
    {
        // The next step comes back from the last weights, which are still near: the sums are the same in any order. In a scan that is a matter of the panels; a step that the
        // caller asks for reads the weights of the inputs as well, more than the nearest cache holds of a panel, and comes back gate by gate.
        List<Statement> body;
        if (!_context.Storage.IsBody && IsFar && _sums.Products.Any(product => product.Operands[0].Operation is InputOperation { Role: InputRole.State }))
        {
            // A kernel for each direction: the JIT gives up on methods of many locals.
            string turned = _signature.Turned();
            List<Statement> back = Units(turned), forth = Units(null);
            body = [new When(turned, [Call("GatesBack", "all units, the last first", back)]), new When(turned, [Call("GatesForth", "all units, the first first", forth)], IsNegated: true)];
        }
        else
        {
            body = Units(null);
        }

        if (_isFinishedLast)
        {
            body.Add(FinishAll());
        }

        string formula = $"{_group.Anchor} = {_group.Anchor.Operation.Name}({string.Join(", ", _group.Anchor.Operands)}), {NumberText.Integer(_form.Gates)} gates of one row"
            + string.Concat(_group.Members.Skip(1).Select(node => $"; {node} = {node.Operation.Name}({string.Join(", ", node.Operands)})"));
        var kernel = new Kernel(KernelNames.Of(_group, "Gates"), formula, _signature.Parameters, body);
        return new KernelCall(kernel, _signature.Arguments, _group.Demand, _group.IsBackward);
    }

    private CallKernel Call(string name, string formula, List<Statement> body) =>
        new(new Kernel(KernelNames.Of(_group, name), formula, _signature.Parameters, body), [.. _signature.Parameters.Select(Argument.Same)]);

    // All units, from the last to the first where they are turned: a loop over spans of whole panels, and half a panel that may be left. A gate may begin in the middle of a panel, but a span
    // later it stands in the next one at the same place.
    private List<Statement> Units(string? turned)
    {
        int lanes = _context.Machine.Lanes, far = _isFinishedLast ? TilingPolicy.PanelWidth : TilingPolicy.FarGateVectors * lanes;
        bool isWide = IsFar && (_isFinishedLast || (_form.Units % far == 0 && _sums.All.Count() * _form.Gates * TilingPolicy.FarGateVectors <= TilingPolicy.FarGateSums));
        int width = isWide ? far : Math.Min(TilingPolicy.GateVectors * lanes, TilingPolicy.PanelWidth);
        int span = Math.Max(width, TilingPolicy.PanelWidth), spans = _form.Units / span;
        string? counter = spans > 1 ? "panel" : null;
        List<Statement> Blocks(int first, int end, string? counter)
        {
            IEnumerable<int> columns = Enumerable.Range(0, (end - first + width - 1) / width).Select(block => first + (block * width));
            return [.. (turned is null ? columns : columns.Reverse()).SelectMany(column => Block(new GateBlock(column, Math.Min(width, end - column), counter, span), turned is not null))];
        }

        List<Statement> whole = Blocks(0, spans > 0 ? span : 0, counter), rest = Blocks(spans * span, _form.Units, null);
        whole = counter is null ? whole : [new Loop(counter, spans, whole, CountsUp: true) { TurnedBy = _context.Storage.IsBody ? _signature.OddStep() : turned }];
        return turned is null ? [.. whole, .. rest] : [.. rest, .. whole];
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
                if (_isFinishedLast)
                {
                    statements.AddRange(places.SelectMany(place => _wide.Stores(_sums.ValueOf(sum), new Name(Sum(sum, place.Gate, place.Vector, 0)), Wide(place.Gate, place.Vector))));
                    continue;
                }

                for (int vector = 0; vector < vectors; vector++)
                {
                    int current = vector;
                    statements.AddRange(Finish(_units, _wide, (own, gate) => new Name(Sum(own, gate, current, 0)), gate => Wide(gate, current), Narrow(vector), $"{suffix}_{vector}", progress));
                }
            }
        }

        return statements;
    }

    // What is made of all sums, read back from memory, vector by vector: a kernel of its own, since the JIT inlines nothing any more where all the sums were.
    private CallKernel FinishAll()
    {
        const string counter = "column";
        int lanes = _context.Machine.Lanes;
        var signature = new KernelSignature();
        var wide = new MemberReader(_context, _group.WithSpace(Space.Of(_group.Anchor)), signature);
        Chunk Wide(int gate) => new(gate * _form.Units, counter, lanes, lanes, _form.Gates * _form.Units);
        var progress = new GateProgress();
        progress.Sums.UnionWith(_sums.All.SelectMany(sum => Enumerable.Range(0, _form.Gates).Select(gate => (sum, gate))));
        List<Statement> made = [.. Finish(new MemberReader(_context, _group, signature), wide,
            (sum, gate) => wide.Read(_sums.ValueOf(sum), Wide(gate), _ => null), Wide, new Chunk(0, counter, lanes, lanes, _form.Units), "", progress)];
        var kernel = new Kernel(KernelNames.Of(_group, "Units"), "what is made of the sums of all gates", signature.Parameters, [new Loop(counter, _form.Units / lanes, made, CountsUp: true)]);
        return new CallKernel(kernel, [.. _signature.ArgumentsOf(signature)]);
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
    private IEnumerable<Statement> Finish(MemberReader units, MemberReader wides, Func<int, int, VectorExpression> sum, Func<int, Chunk> wide, Chunk narrow, string suffix, GateProgress progress)
    {
        VectorExpression Gate(Node node, int gate) => _sums.Of(node) is { } own ? sum(own, gate) : new Name($"v{units.IndexOf(node)}g{gate}{suffix}");
        VectorExpression Unit(Node node) => node.Operation is SliceOperation slice ? Gate(NodeFacts.Strip(node.Operands[0]), slice.Start / _form.Units) : new Name($"v{units.IndexOf(node)}{suffix}");
        bool IsMade(Node node, int gate) => !_group.Members.Contains(node) || (_sums.Of(node) is { } own ? progress.Sums.Contains((own, gate)) : progress.Values.Contains((node, gate, suffix)));
        bool CanBeMade(Node node, int gate) => _sums.Of(node) is not null ? IsMade(node, gate) : node.Operands.All(operand => IsMade(NodeFacts.Strip(operand), gate));
        foreach (Node node in _group.Members)
        {
            if (_form.IsWide(node))
            {
                if (_sums.Of(node) is { } own && (_sums.ValueOf(own) != node || _isFinishedLast))
                {
                    continue; // a part of a sum, or one that is stored already
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
                        yield return new Let(((Name)Gate(node, gate)).Text, wides.Compute(node, wide(gate), source => Gate(source, current)));
                    }

                    foreach (Statement store in wides.Stores(node, Gate(node, gate), wide(gate)))
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
                yield return new Let(((Name)Unit(node)).Text, units.Compute(node, narrow, Unit));
            }

            foreach (Statement store in units.Stores(node, Unit(node), narrow))
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
