using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// dx[r, k] = sum over n of dy[r, n] W[k, n] with the lanes along the rows r: the weights are broadcast as they lie in their panels, and instead
/// of them the far smaller dy and dx are transposed, some rows at a time and in the nearest cache. Three kernels deep: blocks of rows, strips of
/// 16 columns of dx, tiles of a strip.
/// </summary>
internal sealed class TransposedProductTemplate
{
    /// <summary>The columns of dx in a strip.</summary>
    public const int Strip = 16;

    private const int MostRows = 32;

    private readonly ScheduleContext _context;
    private readonly KernelGroup _group;
    private readonly KernelSignature _signature = new();
    private readonly ProductEpilogue _epilogue;
    private readonly Place _left;
    private readonly string _x;
    private readonly string _w;
    private readonly string _scratch;
    private readonly int _inputs;
    private readonly int _outputs;
    private string? _strips;

    private TransposedProductTemplate(ScheduleContext context, KernelGroup group, Place scratch)
    {
        _context = context;
        _group = group;
        _left = context.Storage.PlaceOf(group.Anchor.Operands[0]);
        _x = _signature.Own(_left);
        _w = _signature.Reference(context.Storage.PlaceOf(group.Anchor.Operands[1]));
        _scratch = _signature.Own(scratch);
        _epilogue = new ProductEpilogue(context, group, _signature);
        _inputs = group.Anchor.Shape[-1];
        _outputs = Outputs(group);
    }

    /// <summary>Whether the template computes an input gradient. Bodies of scans bring their weights into rows once for all steps instead.</summary>
    public static bool Takes(KernelGroup group, StoragePlan storage) =>
        !storage.IsBody && Outputs(group) >= TilingPolicy.LeastTransposedProduct && Outputs(group) % TilingPolicy.PanelWidth == 0;

    /// <summary>The floats of scratch: a block of dy transposed, the last rows of dy with room for all of a block, a strip of dx transposed and not.</summary>
    public static int ScratchLength(KernelGroup group) => (MostRows * Outputs(group)) + (Strip * Outputs(group)) + (2 * Strip * MostRows);

    public static KernelCall Build(ScheduleContext context, KernelGroup group, Place scratch) => new TransposedProductTemplate(context, group, scratch).Build();

    private static int Outputs(KernelGroup group) => group.Anchor.Operands[0].Shape[-1];

    // Vectors of rows in a block; the transposition moves 16 rows at least.
    private int BlockRows => Math.Max(Strip, TilingPolicy.TileVectors * _context.Machine.Lanes);

    private KernelCall Build()
    {
        int step = TileTemplate.RowStep(_group.Anchor.Operands[0], _left);
        string rows = _signature.Count("rows", _group.Space.Rows, _group.Space.IsBatched);
        string? first = null;
        if (_group.Parts > 0)
        {
            (first, _strips) = _signature.Share(_inputs / Strip);
        }

        List<Statement> body = [new LetReference("t", new Address(_scratch)), new LetReference("s", new Address(_scratch, (MostRows + Strip) * _outputs))];
        string left = rows;
        foreach (int height in BlockRows > Strip ? new[] { BlockRows, Strip } : [Strip])
        {
            string blocks = $"blocks{height}", rest = $"rest{height}";
            body.AddRange(
            [
                new LetCount(blocks, left, height, IsRemainder: false),
                new LetCount(rest, left, height, IsRemainder: true),
                new Loop($"block{height}", blocks,
                [
                    new Transpose(new Address(_x), step, new Address("t"), height, height, _outputs),
                    CallStrips(height, height),
                    new Advance(_x, height * step),
                    .. Moving.Select(reference => new Advance(reference.Name, height * reference.Step)),
                ]),
            ]);
            left = rest;
        }

        body.Add(new WhenCount(left,
        [
            .. Copy(left, step),
            new Transpose(new Address(_scratch, MostRows * _outputs), _outputs, new Address("t"), Strip, Strip, _outputs),
            CallStrips(Strip, left),
        ]));
        if (first is not null)
        {
            // A thread's strips lie behind those of the threads before it.
            body.InsertRange(0, Inner.Where(IsReference).Where(parameter => StripStep(parameter) != 0).Select(parameter => new Advance(parameter.Name, StripStep(parameter), first)));
        }

        Node anchor = _group.Anchor;
        string formula = $"{anchor} = {anchor.Operation.Name}({string.Join(", ", anchor.Operands)})"
            + string.Concat(_group.Members.Skip(1).Select(node => $"; {node} = {node.Operation.Name}({string.Join(", ", node.Operands)})"));
        return new KernelCall(new Kernel(KernelNames.Of(_group, "TransposedProduct"), formula, _signature.Parameters, body), _signature.Arguments, _group.Demand, _group.IsBackward);
    }

    // The last rows, to where as many as a block has may be read. What lies behind them there becomes lanes that nobody stores.
    private IEnumerable<Statement> Copy(string rows, int step)
    {
        int lanes = _context.Machine.Lanes;
        yield return new LetReference("from", new Address(_x));
        yield return new LetReference("to", new Address(_scratch, MostRows * _outputs));
        yield return new Loop("copied", rows,
        [
            new Loop("vector", _outputs / lanes, [new Store(new Address("to"), new Load(new Address("from"), lanes), lanes), new Advance("from", lanes), new Advance("to", lanes)]),
            .. step == _outputs ? Array.Empty<Statement>() : [new Advance("from", step - _outputs)],
        ]);
    }

    private CallKernel CallStrips(int height, Extent count)
    {
        Kernel strips = Strips(height);
        return new CallKernel(strips, [.. Arguments(count), .. _strips is null ? Array.Empty<Argument>() : [new Argument(null, _strips)]]);
    }

    // All strips of a block of rows, or a thread's: whole ones, then the columns that are left.
    private Kernel Strips(int height)
    {
        List<Statement> body = [];
        int whole = _inputs / Strip, rest = _inputs % Strip;
        if (whole > 0)
        {
            body.Add(new Loop("strip", _strips is null ? whole : "strips", [new CallKernel(OneStrip(height, Strip), Moved("strip", 0))], CountsUp: true));
        }

        if (rest > 0)
        {
            body.Add(new CallKernel(OneStrip(height, rest), Moved(null, whole)));
        }

        return new Kernel(KernelNames.Of(_group, $"TransposedStrips{height}"), "all columns of a block of rows", [.. Inner, .. _strips is null ? Array.Empty<Parameter>() : [new Parameter("strips", ParameterType.Count)]], body);
    }

    // Tiles of a strip into scratch, that transposed, then row by row to where the values go.
    private Kernel OneStrip(int height, int columns)
    {
        int lanes = _context.Machine.Lanes, vectors = Math.Min(TilingPolicy.TileVectors, height / lanes), most = TilingPolicy.TransposedTileRows(_context.Machine) * TilingPolicy.TileVectors / vectors;
        List<Statement> body = [];
        foreach (TileRun run in TileRun.Split(columns, most))
        {
            Kernel tile = Tile(height, run.Size, vectors);
            for (int row = run.Start; row < run.Start + (run.Size * run.Count); row += run.Size)
            {
                for (int lane = 0; lane < height; lane += vectors * lanes)
                {
                    body.Add(new CallKernel(tile, [new Argument(new Address(_w, row * TilingPolicy.PanelWidth), 0), new Argument(new Address("t", lane), 0), new Argument(new Address("s", (row * height) + lane), 0)]));
                }
            }
        }

        body.AddRange([new LetReference("q", new Address("s", Strip * MostRows)), new Transpose(new Address("s"), height, new Address("q"), Strip, Strip, height)]);
        List<Statement> row16 = [];
        foreach (Chunk chunk in Chunk.Unrolled(columns, lanes))
        {
            string sum = $"c_{chunk.Start}";
            VectorExpression product = new Load(new Address("q", chunk.Start), lanes), start = _epilogue.Start(chunk);
            row16.Add(new Let(sum, start is Number ? product : new Apply(Elementwise.Add.Value, [product, start])));
            row16.AddRange(_epilogue.Finish(sum, $"_{chunk.Start}", chunk, 0));
        }

        row16.AddRange([new Advance("q", Strip), .. Moving.Select(reference => new Advance(reference.Name, reference.Step))]);
        body.Add(new Loop("row", "count", row16));
        return new Kernel(KernelNames.Of(_group, $"TransposedStrip{columns}x{height}"), "some columns of a block of rows", Inner, body);
    }

    private Kernel Tile(int height, int rows, int vectors)
    {
        int lanes = _context.Machine.Lanes;
        Chunk[] chunks = [.. Chunk.Unrolled(vectors * lanes, lanes)];
        var tile = new RegisterTile([.. Enumerable.Range(0, rows).Select(row => row * TilingPolicy.PanelWidth)], chunks, height);
        List<Statement> body =
        [
            .. tile.Declare((_, _) => new Number(0)),
            .. tile.Reduce(_w, "t", RegisterTile.Merge(
                new ReductionLoop(_outputs / TilingPolicy.PanelWidth, TilingPolicy.PanelWidth * _inputs, TilingPolicy.PanelWidth * height),
                new ReductionLoop(TilingPolicy.PanelWidth, 1, height))),
            .. tile.Sums.Select(at => new Store(new Address("s", (at.Row * height) + at.Chunk.Start), new Name(RegisterTile.Sum(at.Row, at.Chunk)), lanes)),
        ];
        return new Kernel(KernelNames.Of(_group, $"TransposedTile{rows}x{vectors}"), "one tile of columns and vectors of rows",
            [new Parameter(_w, ParameterType.Floats), new Parameter("t", ParameterType.Floats), new Parameter("s", ParameterType.Floats)], body);
    }

    // Parameters of the inner kernels: the weights, the scratch, what the epilogue reads and writes, the rows.
    private Parameter[] Inner =>
    [
        new Parameter(_w, ParameterType.Floats), new Parameter("t", ParameterType.Floats), new Parameter("s", ParameterType.Floats),
        .. _signature.Parameters.Where(parameter => parameter.Name != _x && parameter.Name != _w && parameter.Name != _scratch && parameter.Type != ParameterType.Count),
        new Parameter("count", ParameterType.Count),
    ];

    private IEnumerable<(string Name, int Step)> Moving => _epilogue.Reader.References
        .Select(reference => (reference.Key, reference.Value.SequenceStep(_group.Space))).Where(reference => reference.Item2 != 0);

    private Argument[] Arguments(Extent count) =>
        [.. Inner.Select(parameter => IsReference(parameter) ? new Argument(new Address(parameter.Name), 0) : new Argument(null, parameter.Name == "count" ? count : parameter.Name))];

    // A strip further on: by a counter's strips, or by so many.
    private Argument[] Moved(string? counter, int strips) =>
    [
        .. Inner.Select(parameter =>
        {
            int step = StripStep(parameter);
            return IsReference(parameter)
                ? new Argument(new Address(parameter.Name, strips * step, step == 0 ? null : counter, counter is null ? 0 : step), 0)
                : new Argument(null, parameter.Name);
        }),
    ];

    private int StripStep(Parameter parameter) => parameter.Name == _w ? Strip * TilingPolicy.PanelWidth
        : _epilogue.Reader.References.TryGetValue(parameter.Name, out Access? access) && access.IsAlongLanes ? Strip : 0;

    private static bool IsReference(Parameter parameter) => parameter.Type is ParameterType.Floats or ParameterType.Integers;
}
