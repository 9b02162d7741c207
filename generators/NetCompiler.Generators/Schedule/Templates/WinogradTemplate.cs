using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// A convolution in tiles, block by block: the pixels of a block are transformed with the lanes along the channels, each position of the tiles
/// is a product of matrices in register tiles, and its sums are transformed back with the lanes along the filters, where bias, activation and
/// a window of one tile are taken in registers. What odd sizes have too much is never stored.
/// </summary>
internal sealed class WinogradTemplate
{
    private const int Side = WinogradTransform.Results;

    // Stands on the row of tiles that is transformed back.
    private const string Sums = "sums";

    private readonly ScheduleContext _context;
    private readonly KernelGroup _group;
    private readonly WinogradTiles _tiles;
    private readonly KernelSignature _signature = new();
    private readonly ProductEpilogue _epilogue;
    private readonly ImagePlace _image;
    private readonly int _channels;
    private readonly int _filters;
    private readonly string _x;
    private readonly string _u;
    private readonly string _v;
    private readonly string _m;
    private readonly List<Parameter> _parameters = [];

    // Of each run of rows of blocks, what is the thread's, where threads share one sample's; and which of the blocks in memory is its own.
    private Dictionary<int, (string First, string Count)> _shares = [];
    private string? _ownBlock;

    // Where threads share the filters of a single row of blocks: how many panels are the thread's, and how many vectors.
    private (string Panels, string Vectors)? _filterShare;

    private WinogradTemplate(ScheduleContext context, KernelGroup group, Place block)
    {
        _context = context;
        _group = group;
        Node image = group.Anchor.Operands[0], kernel = group.Anchor.Operands[1];
        _tiles = WinogradTiles.Of(group.Anchor);
        _channels = image.Shape[-1];
        _filters = group.Anchor.Shape[-1];
        Place place = context.Storage.PlaceOf(image);
        _image = ImagePlace.Of(image, place, image.Shape[1]);
        _x = _signature.Own(place);
        _u = _signature.Reference(context.Storage.PlaceOf(kernel));
        _v = _signature.Reference(block, stem: "v");
        _m = _signature.Reference(block with { Shift = _tiles.ResultOffset }, stem: "m");
        _epilogue = new ProductEpilogue(context, group, _signature);
    }

    /// <summary>The call of the kernels of one convolution.</summary>
    /// <param name="context">The program.</param>
    /// <param name="group">The convolution and its epilogue.</param>
    /// <param name="block">Where a block lies between its transforms.</param>
    public static KernelCall Build(ScheduleContext context, KernelGroup group, Place block) => new WinogradTemplate(context, group, block).Build();

    private bool IsPooled => _group.Window is not null;

    // The pixels of a row of the result as it is stored.
    private int Width => IsPooled ? _group.Anchor.Shape[1] / Side : _group.Anchor.Shape[1];

    private KernelCall Build()
    {
        var results = new ResultKernels(this);
        _parameters.AddRange(_signature.Parameters);
        Share();
        Kernel image = Image(results);
        List<Statement> body = [new CallKernel(image, [.. image.Parameters.Select(Same)])];
        if (!_context.IsSingleSample)
        {
            body.AddRange(Moves(step => step.Sample));
            body = [new Loop("sample", _signature.Count("samples", 1, perSample: true), body)];
        }

        string formula = $"{_group.Anchor} = {_group.Anchor.Operation.Name}({string.Join(", ", _group.Anchor.Operands)})"
            + string.Concat(_group.Members.Skip(1).Select(node => $"; {node} = {node.Operation.Name}({string.Join(", ", node.Operands)})"));
        return new KernelCall(new Kernel(KernelNames.Of(_group, "Winograd"), formula, _signature.Parameters, body), _signature.Arguments, _group.Demand, _group.IsBackward);
    }

    // What threads share of one sample: rows of blocks; of a single row panels of filters, where each thread transforms the image for itself.
    private void Share()
    {
        int units = WinogradTiles.Blocks(_group.Anchor, _context.IsOneShared);
        if (units == 1)
        {
            return;
        }

        (_ownBlock, string panels) = _signature.Share(units);
        if (_tiles.Lines == 1)
        {
            string vectors = _signature.ShareCount("vectors", units, TilingPolicy.PanelWidth / _context.Machine.Lanes);
            _filterShare = (panels, vectors);
            _parameters.AddRange(_signature.Parameters.Where(parameter => parameter.Name == panels || parameter.Name == vectors));
            return;
        }

        _shares = _signature.ShareRuns([.. Runs(_tiles.Rows, _group.Anchor.Shape[0]).Select(rows => rows.Run)]);
    }

    // Blocks from the top down, and from left to right.
    private Kernel Image(ResultKernels results)
    {
        List<Statement> body = _ownBlock is null ? [] : [new Advance(_v, _tiles.Length, _ownBlock), new Advance(_m, _tiles.Length, _ownBlock)];
        body.AddRange(_filterShare is null ? [] : _parameters.Where(parameter => parameter.Name == _u || IsAlongLanes(parameter))
            .Select(parameter => new Advance(parameter.Name, TilingPolicy.PanelWidth * (parameter.Name == _u ? WinogradTiles.Positions * _channels : 1), _ownBlock)));
        var blocks = new Dictionary<(int, int, bool, bool), Kernel>();
        foreach ((TileRun rows, bool isLow) in Runs(_tiles.Rows, _group.Anchor.Shape[0]))
        {
            List<Statement> line = [];
            foreach ((TileRun columns, bool isNarrow) in Runs(_tiles.Columns, _group.Anchor.Shape[1]))
            {
                (int, int, bool, bool) shape = (rows.Size, columns.Size, isLow, isNarrow);
                if (!blocks.TryGetValue(shape, out Kernel? block))
                {
                    blocks.Add(shape, block = Block(results, rows.Size, columns.Size, isLow, isNarrow));
                }

                string? counter = columns.Count > 1 ? $"block{line.Count}" : null;
                var call = new CallKernel(block, [.. block.Parameters.Select(parameter => Moved(parameter, columns.Start * Step(parameter.Name).Pixel, columns.Size * Step(parameter.Name).Pixel, counter))]);
                line.Add(counter is null ? call : new Loop(counter, columns.Count, [call], CountsUp: true));
            }

            line.AddRange(Moves(step => rows.Size * step.Line));
            body.AddRange(Shared(rows, new Loop($"line{body.Count}", _shares.TryGetValue(rows.Start, out (string, string Count) share) ? share.Count : (Extent)rows.Count, line)));
        }

        return new Kernel(KernelNames.Of(_group, "Blocks"), "all tiles of an image, block by block", _signature.Parameters, body);
    }

    // The thread's rows of blocks of a run, from the references where the run begins to those where it ends.
    private IEnumerable<Statement> Shared(TileRun rows, Loop lines)
    {
        IEnumerable<Statement> Go(int count, string? times) => Moves(step => count * rows.Size * step.Line, times);
        return !_shares.TryGetValue(rows.Start, out (string First, string Count) share) ? [lines]
            : [.. Go(1, share.First), lines, .. Go(-1, share.First), .. Go(-1, share.Count), .. Go(rows.Count, null)];
    }

    // The last tile of an odd size is another case.
    private static IEnumerable<(TileRun Run, bool IsCut)> Runs(IReadOnlyList<TileRun> runs, int size)
    {
        bool isOdd = size % Side != 0;
        for (int i = 0; i < runs.Count; i++)
        {
            bool isCut = isOdd && i == runs.Count - 1;
            int whole = runs[i].Count - (isCut ? 1 : 0);
            if (whole > 0)
            {
                yield return (runs[i] with { Count = whole }, false);
            }

            if (isCut)
            {
                yield return (runs[i] with { Start = runs[i].Start + (whole * runs[i].Size), Count = 1 }, true);
            }
        }
    }

    private Kernel Block(ResultKernels results, int rows, int columns, bool isLow, bool isNarrow)
    {
        List<Statement> body =
        [
            new LetReference("pixels", new Address(_x)),
            new LetReference("tiles", new Address(_v)),
            new Loop("tileRow", rows,
            [
                .. ImageLanes().SelectMany((lanes, i) => Counted($"channels{i}", lanes.Count, counter => new CallKernel(Transform(lanes.Chunk),
                [
                    new Argument(new Address("pixels", lanes.Chunk.Start, counter, counter is null ? 0 : _context.Machine.Lanes), 0),
                    new Argument(new Address("tiles", lanes.Chunk.Start, counter, counter is null ? 0 : _context.Machine.Lanes), 0),
                    new Argument(null, columns),
                ]))),
                new Advance("pixels", Side * _image.Line),
                new Advance("tiles", columns * _tiles.Channels),
            ]),
            .. Products(rows * columns),
            new LetReference(Sums, new Address(_m)),
            .. results.Rows(isLow ? rows - 1 : rows, columns, Side, isNarrow),
            .. isLow ? results.Rows(1, columns, 1, isNarrow) : [],
        ];
        return new Kernel(KernelNames.Of(_group, $"Block{rows}x{columns}"), "one block of tiles: to products, multiplied, and back", [.. _parameters], body);
    }

    // Vectors of channels: whole ones as one, repeated, then what is left.
    private IEnumerable<(Chunk Chunk, int Count)> ImageLanes()
    {
        int lanes = _context.Machine.Lanes, whole = (_image.Pixel >= _tiles.Channels ? _channels + lanes - 1 : _channels) / lanes; // zeros may be read
        if (whole > 0)
        {
            yield return (new Chunk(0, null, lanes, lanes, _channels), whole);
        }

        if (whole * lanes < _channels)
        {
            yield return (new Chunk(whole * lanes, null, _channels - (whole * lanes), lanes, _channels), 1);
        }
    }

    private static IEnumerable<Statement> Counted(string counter, Extent count, Func<string?, CallKernel> call) =>
        [count.IsConstant && count.Constant == 1 ? call(null) : new Loop(counter, count, [call(counter)], CountsUp: true)];

    // B x transposed(B) for a row of tiles, from left to right: the products of the columns that neighbours share stay in registers.
    private Kernel Transform(Chunk chunk)
    {
        int shared = WinogradTransform.Products - Side;
        IEnumerable<Statement> Columns(int first, int count) => Enumerable.Range(first, count).SelectMany(column => MatrixSteps.Column(
            WinogradTransform.OfImage, "d", "v", column, (i, j) => new Load(new Address("x", (i * _image.Line) + (j * _image.Pixel)), chunk.Lanes)));
        List<Statement> loop =
        [
            .. Columns(shared, Side),
            .. MatrixSteps.Rows(WinogradTransform.OfImage, "v", (row, column) => MatrixSteps.At("tv", row, column)),
            .. Positions((i, j, position) => new Store(new Address("v", position * _tiles.ImagePosition), new Name(MatrixSteps.At("v", i, j)), _context.Machine.Lanes)),
            .. from column in Enumerable.Range(0, shared)
            from row in Enumerable.Range(0, WinogradTransform.Products)
            select new Set(MatrixSteps.At("tv", row, column), new Name(MatrixSteps.At("tv", row, column + Side))),
            new Advance("x", Side * _image.Pixel),
            new Advance("v", _tiles.Channels),
        ];
        return new Kernel(KernelNames.Of(_group, "ToProducts"), "v = B x transposed(B), a row of tiles",
            [new Parameter("x", ParameterType.Floats), new Parameter("v", ParameterType.Floats), new Parameter("tiles", ParameterType.Count)], [.. Columns(0, shared), new Loop("tile", "tiles", loop)]);
    }

    private static IEnumerable<Statement> Positions(Func<int, int, int, Statement> statement) =>
        from i in Enumerable.Range(0, WinogradTransform.Products)
        from j in Enumerable.Range(0, WinogradTransform.Products)
        select statement(i, j, (i * WinogradTransform.Products) + j);

    // m[position] = v[position] u[position], the tiles of a block times panels of filters
    private IEnumerable<Statement> Products(int tiles)
    {
        int index = 0;
        foreach (LaneBlock block in LaneBlock.OfPanels(WinogradTiles.Positions * _channels, _filters, _context.Machine, TilingPolicy.TileVectors))
        {
            Kernel kernel = Product(block, tiles);
            yield return Counted($"panel{index++}", _filterShare?.Panels ?? (Extent)block.Count, counter => new CallKernel(kernel,
            [
                new Argument(new Address(_v), 0),
                new Argument(new Address(_u, block.Offset, counter, counter is null ? 0 : block.OffsetStep), 0),
                new Argument(new Address(_m, block.Column, counter, counter is null ? 0 : block.ColumnStep), 0),
            ])).Single();
        }
    }

    // All positions for one block of filters.
    private Kernel Product(LaneBlock block, int tiles)
    {
        List<Statement> body = [];
        foreach (TileRun run in TileRun.Split(tiles, TilingPolicy.TileRows(_context.Machine, block.Vectors, int.MaxValue)))
        {
            body.Add(new CallKernel(Strip(block, run.Size),
            [
                new Argument(new Address("v", run.Start * _tiles.Channels), 0),
                new Argument(new Address("u"), 0),
                new Argument(new Address("m", run.Start * _tiles.Filters), 0),
                new Argument(null, run.Count),
            ]));
        }

        body.AddRange([new Advance("v", _tiles.ImagePosition), new Advance("u", _channels * block.Stride), new Advance("m", _tiles.ResultPosition)]);
        return new Kernel(KernelNames.Of(_group, $"Positions{tiles}x{block.Vectors}"), "m = v u, position by position", ProductParameters, [new Loop("position", WinogradTiles.Positions, body)]);
    }

    private Kernel Strip(LaneBlock block, int rows)
    {
        int lanes = _context.Machine.Lanes;
        Chunk[] chunks = [.. Chunk.Unrolled(((block.Vectors - 1) * lanes) + block.LastLanes, lanes)];
        var tile = new RegisterTile([.. Enumerable.Range(0, rows).Select(row => row * _tiles.Channels)], chunks, block.Stride);
        List<Statement> loop =
        [
            .. tile.Declare((_, _) => new Number(0)),
            .. tile.Reduce("v", "u", RegisterTile.Merge(new ReductionLoop(_channels, 1, block.Stride))),
            .. tile.Sums.Select(at => new Store(new Address("m", (at.Row * _tiles.Filters) + at.Chunk.Start), new Name(RegisterTile.Sum(at.Row, at.Chunk)), lanes)),
            new Advance("v", rows * _tiles.Channels),
            new Advance("m", rows * _tiles.Filters),
        ];
        return new Kernel(KernelNames.Of(_group, $"Products{rows}x{block.Vectors}"), "one position of some tiles", [.. ProductParameters, new Parameter("strips", ParameterType.Count)],
            [new Loop("strip", "strips", loop)]);
    }

    private static Parameter[] ProductParameters => [new Parameter("v", ParameterType.Floats), new Parameter("u", ParameterType.Floats), new Parameter("m", ParameterType.Floats)];

    private IEnumerable<Statement> Moves(Func<ImagePlace, int> distance, string? times = null) => _parameters.Where(parameter => IsReference(parameter) && distance(Step(parameter.Name)) != 0)
        .Select(parameter => new Advance(parameter.Name, distance(Step(parameter.Name)), times));

    // How far a reference moves for a tile, a row of tiles, an image.
    private ImagePlace Step(string reference)
    {
        int side = IsPooled ? 1 : Side;
        return reference == _x ? new ImagePlace(Side * _image.Pixel, Side * _image.Line, _image.Sample)
            : _epilogue.Reader.References.TryGetValue(reference, out Access? access) ? new ImagePlace(side * access.RowStep, side * access.RowStep * Width, access.SampleStep)
            : default;
    }

    private bool IsAlongLanes(Parameter parameter) => _epilogue.Reader.References.TryGetValue(parameter.Name, out Access? access) && access.IsAlongLanes;

    private static bool IsReference(Parameter parameter) => parameter.Type is ParameterType.Floats or ParameterType.Integers;

    private static Argument Same(Parameter parameter) => Moved(parameter, 0, 0, null);

    private static Argument Moved(Parameter parameter, int offset, int step, string? counter) => !IsReference(parameter)
        ? new Argument(null, parameter.Name)
        : new Argument(new Address(parameter.Name, offset, step == 0 ? null : counter, counter is null ? 0 : step), 0);

    /// <summary>The kernels from sums to stores. They read and write what the epilogue refers to, so they are made before all others.</summary>
    private sealed class ResultKernels
    {
        private readonly WinogradTemplate _template;
        private readonly LaneBlock[] _blocks;
        private readonly Dictionary<(int, int, int), Kernel> _kernels = [];

        public ResultKernels(WinogradTemplate template)
        {
            _template = template;
            _blocks = [.. LaneBlock.OfRows(template._filters, template._tiles.Filters, template._context.Machine, 1)];
            Node result = template._group.Anchor;
            foreach (int height in result.Shape[0] % Side == 0 ? new[] { Side } : [Side, 1])
            {
                foreach (int width in result.Shape[1] % Side == 0 ? new[] { Side } : [Side, 1])
                {
                    foreach (LaneBlock block in _blocks)
                    {
                        _kernels[(height, width, block.LastLanes)] = Make(block, height, width);
                    }
                }
            }
        }

        /// <summary>The calls for rows of tiles of one height; the last tile of a row may be narrower than the others.</summary>
        public IEnumerable<Statement> Rows(int rows, int columns, int height, bool isNarrow)
        {
            int whole = isNarrow ? columns - 1 : columns;
            List<Statement> row = [];
            foreach ((int first, int count, int width) in new[] { (0, whole, Side), (whole, columns - whole, 1) })
            {
                row.AddRange(count == 0 ? [] : _blocks.SelectMany((block, i) => Counted($"filters{first}_{i}", _template._filterShare?.Vectors ?? (Extent)block.Count, counter => Call(block, height, width, first, count, counter))));
            }

            row.AddRange([new Advance(Sums, columns * _template._tiles.Filters), .. _template.Moves(step => step.Line).Where(move => move is Advance advance && advance.Reference != _template._x)]);
            return rows == 0 ? [] : [new Loop($"resultRow{height}", rows, row)];
        }

        private CallKernel Call(LaneBlock block, int height, int width, int first, int count, string? counter)
        {
            Kernel kernel = _kernels[(height, width, block.LastLanes)];
            return new CallKernel(kernel, [.. kernel.Parameters.Select(parameter =>
                parameter.Type == ParameterType.Count ? new Argument(null, count)
                : parameter.Name == _template._m ? Moved(parameter with { Name = Sums }, (first * _template._tiles.Filters) + block.Column, block.ColumnStep, counter)
                : Moved(parameter, (first * _template.Step(parameter.Name).Pixel) + (_template.IsAlongLanes(parameter) ? block.Column : 0), _template.IsAlongLanes(parameter) ? block.ColumnStep : 0, counter))]);
        }

        // transposed(A) m A for a row of tiles, and what follows it.
        private Kernel Make(LaneBlock block, int height, int width)
        {
            ProductEpilogue epilogue = _template._epilogue;
            int lanes = _template._context.Machine.Lanes;
            var chunk = new Chunk(0, null, block.LastLanes, lanes, block.LastLanes);
            VectorExpression start = _template.IsPooled ? new Number(0) : epilogue.Start(chunk);
            bool isBiased = start is not Number;
            List<Statement> loop =
            [
                .. MatrixSteps.Both(WinogradTransform.OfResult, "m", "s", (i, j) => new Load(new Address(_template._m, ((i * WinogradTransform.Products) + j) * _template._tiles.ResultPosition), lanes)),
            ];
            if (_template.IsPooled)
            {
                string[] sums = [.. from i in Enumerable.Range(0, Side) from j in Enumerable.Range(0, Side) select MatrixSteps.At("s", i, j)];
                loop.AddRange(PooledSums.Reduce(0, chunk, sums, hasIndex: false));
                loop.AddRange(epilogue.Finish(PooledSums.Maximum(0, chunk), "_", chunk, 0));
            }
            else
            {
                for (int pixel = 0; pixel < height * width; pixel++)
                {
                    int i = pixel / width, j = pixel % width;
                    string sum = MatrixSteps.At("s", i, j), biased = MatrixSteps.At("y", i, j);
                    loop.AddRange(isBiased ? [new Let(biased, new Apply(Elementwise.Add.Value, [new Name(sum), new Name("start")]))] : []);
                    loop.AddRange(epilogue.Finish(isBiased ? biased : sum, $"_{i}{j}", chunk, (i * _template.Width) + j));
                }
            }

            Parameter[] parameters = [new Parameter(_template._m, ParameterType.Floats), .. _template._signature.Parameters.Where(parameter =>
                parameter.Type == ParameterType.Float || epilogue.Reader.References.ContainsKey(parameter.Name)), new Parameter("tiles", ParameterType.Count)];
            loop.AddRange([new Advance(_template._m, _template._tiles.Filters), .. _template.References(parameters).Where(move => move.Step != 0).Select(move => new Advance(move.Name, move.Step))]);
            List<Statement> body = [.. isBiased ? [new Let("start", start)] : Array.Empty<Statement>(), new Loop("tile", "tiles", loop)];
            return new Kernel(KernelNames.Of(_template._group, $"FromProducts{height}x{width}"), "y = A m transposed(A), a row of tiles", parameters, body);
        }
    }

    private IEnumerable<(string Name, int Step)> References(IEnumerable<Parameter> parameters) =>
        parameters.Where(parameter => _epilogue.Reader.References.ContainsKey(parameter.Name)).Select(parameter => (parameter.Name, Step(parameter.Name).Pixel));
}
