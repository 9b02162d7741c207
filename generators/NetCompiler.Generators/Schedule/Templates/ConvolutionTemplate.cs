using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// A convolution read in place: pixels of the result times vectors of filters in registers, summed over the window. Three kernels deep: images
/// and panels of filters, strips of pixels, one strip from the top of the image to its bottom.
/// </summary>
internal sealed class ConvolutionTemplate
{
    private readonly ScheduleContext _context;
    private readonly KernelGroup _group;
    private readonly ConvolutionForm _form;
    private readonly KernelSignature _signature = new();
    private readonly ProductEpilogue _epilogue;
    private readonly ImagePlace _image;
    private readonly string _x;
    private readonly string _w;

    // The window that maxima are taken of, 1 x 1 without one, and the pixels of the result.
    private readonly (int Height, int Width) _pool;
    private readonly (int Height, int Width) _out;

    // Where threads share one sample by its pixels: what is the thread's of each run of strips of so many pixels at most.
    private readonly Dictionary<int, Dictionary<int, (string First, string Count)>> _shares = [];

    private ConvolutionTemplate(ScheduleContext context, KernelGroup group)
    {
        _context = context;
        _group = group;
        _form = ConvolutionForm.Match(group.Anchor)!;
        Place place = context.Storage.PlaceOf(_form.Large);
        _image = ImagePlace.Of(_form.Large, place, _form.Width.In);
        _x = _signature.Own(place);
        _w = _signature.Reference(context.Storage.PlaceOf(_form.Weight));
        _epilogue = new ProductEpilogue(context, group, _signature);
        _pool = group.Window?.Axes is not { } axes ? (1, 1) : axes.Count == 1 ? (1, axes[0].Size) : (axes[0].Size, axes[1].Size);
        _out = (_form.Height.Out / _pool.Height, _form.Width.Out / _pool.Width);
    }

    public static KernelCall Build(ScheduleContext context, KernelGroup group) => new ConvolutionTemplate(context, group).Build();

    private KernelCall Build()
    {
        Machine machine = _context.Machine;
        LaneBlock[] blocks = [.. LaneBlock.OfPanels(_form.WeightRows, _form.Filters, machine, TilingPolicy.PooledVectors(machine, _pool.Height * _pool.Width, _form.WeightRows))];
        (string First, string Count)? filters = Share(blocks);
        var strips = new Dictionary<(int, int, int), Kernel>();
        foreach (LaneBlock block in blocks)
        {
            (int, int, int) shape = (block.Vectors, block.LastLanes, block.Stride);
            if (!strips.ContainsKey(shape))
            {
                strips.Add(shape, Strips(block));
            }
        }

        List<Statement> image = [];
        for (int index = 0; index < blocks.Length; index++)
        {
            LaneBlock block = blocks[index];
            string? counter = block.Count > 1 ? $"block{index}" : null;
            Kernel kernel = strips[(block.Vectors, block.LastLanes, block.Stride)];
            var call = new CallKernel(kernel, [.. kernel.Parameters.Select(parameter => Moved(parameter,
                parameter.Name == _w ? (block.Offset, block.OffsetStep) : IsAlongLanes(parameter.Name) ? (block.Column, block.ColumnStep) : (0, 0), counter))]);
            image.Add(counter is null ? call : new Loop(counter, filters?.Count ?? (Extent)block.Count, [call], CountsUp: true));
        }

        if (filters is { First: var first })
        {
            image.InsertRange(0, Parameters.Select(parameter => new Advance(parameter.Name, parameter.Name == _w ? blocks[0].OffsetStep : IsAlongLanes(parameter.Name) ? blocks[0].ColumnStep : 0, first))
                .Where(move => move.Elements != 0));
        }

        if (!_context.IsSingleSample)
        {
            image.AddRange(Moves(move => move.Sample));
            image = [new Loop("sample", _signature.Count("samples", 1, perSample: true), image)];
        }

        string formula = $"{_group.Anchor} = {_group.Anchor.Operation.Name}({string.Join(", ", _group.Anchor.Operands)})"
            + string.Concat(_group.Members.Skip(1).Select(node => $"; {node} = {node.Operation.Name}({string.Join(", ", node.Operands)})"));
        return new KernelCall(new Kernel(KernelNames.Of(_group, "Convolution"), formula, _signature.Parameters, image), _signature.Arguments, _group.Demand, _group.IsBackward);
    }

    // What threads share of one sample: the filters, as each core keeps its own, where they are more than the pixels; else rows of strips, or the strips of a single row.
    private (string First, string Count)? Share(LaneBlock[] blocks)
    {
        if (!_context.IsOneShared || !TilingPolicy.IsWorthSharing(_form.Height.Out * _form.Width.Out, _form.WeightRows, _form.Filters))
        {
            return null;
        }

        if (blocks[0].Count > 1 && blocks.All(block => block.Count == blocks[0].Count) && (long)_form.WeightRows * _form.Filters > _form.Large.Shape.Length)
        {
            return _signature.Share(blocks[0].Count);
        }

        foreach (int most in blocks.Select(MostPixels).Distinct())
        {
            _shares.Add(most, _signature.ShareRuns(_out.Height > 1 ? RowRuns(most) : TileRun.Split(_out.Width, most), $"{NumberText.Integer(most)}_"));
        }

        return null;
    }

    private int MostPixels(LaneBlock block) => TilingPolicy.PooledRows(_context.Machine, block.Vectors, _pool.Height * _pool.Width, _form.WeightRows);

    private IReadOnlyList<TileRun> RowRuns(int most) => TileRun.Split(_out.Height, Math.Max(1, most / _out.Width));

    // All pixels of one image for one block of filters: tiles of nearly equal width, or of several rows where images are narrow.
    private Kernel Strips(LaneBlock block)
    {
        int most = MostPixels(block);
        var tiles = new List<(TileRun Rows, TileRun Columns, Kernel Kernel)>();
        foreach (TileRun rows in RowRuns(most))
        {
            foreach (TileRun columns in TileRun.Split(_out.Width, most))
            {
                tiles.Add((rows, columns, Tile(block, rows.Size, columns.Size)));
            }
        }

        List<Statement> body = [];
        foreach ((TileRun rows, TileRun columns, Kernel kernel) in tiles)
        {
            bool isRow = _out.Height == 1, isShared = _shares.ContainsKey(most);
            (string First, string Count) share = isShared ? _shares[most][(isRow ? columns : rows).Start] : default;
            string? counter = columns.Count > 1 ? $"strip{body.Count}" : null;
            var call = new CallKernel(kernel, [.. kernel.Parameters.Select(parameter => parameter.Type == ParameterType.Count
                ? new Argument(null, isShared && !isRow ? share.Count : (Extent)rows.Count)
                : Moved(parameter, Step(parameter.Name) is var step ? ((rows.Start * step.Line) + (columns.Start * step.Pixel), columns.Size * step.Pixel) : default, counter))]);
            Extent strips = isShared && isRow ? share.Count : columns.Count;
            IEnumerable<Statement> Go(int direction) => !isShared ? [] : Moves(move => direction * (isRow ? columns.Size * move.Pixel : rows.Size * move.Line), share.First);
            body.AddRange([.. Go(1), counter is not null ? new Loop(counter, strips, [call], CountsUp: true) : strips.Variable is string own ? new WhenCount(own, [call]) : call, .. Go(-1)]);
        }

        Parameter[] shares = [.. _signature.Parameters.Where(parameter => _shares.Values.SelectMany(own => own.Values).Any(share => parameter.Name == share.First || parameter.Name == share.Count))];
        return new Kernel(KernelNames.Of(_group, $"Strips{block.Vectors}"), "all pixels of an image for one block of filters", [.. Parameters, .. shares], body);
    }

    // Some pixels side by side, from the top of the image down.
    private Kernel Tile(LaneBlock block, int rows, int columns)
    {
        int lanes = _context.Machine.Lanes, width = ((block.Vectors - 1) * lanes) + block.LastLanes;
        Chunk[] chunks = [.. Chunk.Unrolled(width, lanes)];
        int[] offsets = [.. from row in Enumerable.Range(0, rows)
            from column in Enumerable.Range(0, columns)
            from y in Enumerable.Range(row * _pool.Height, _pool.Height)
            from x in Enumerable.Range(column * _pool.Width, _pool.Width)
            select (y * _form.Height.Stride * _image.Line) + (x * _form.Width.Stride * _image.Pixel)];
        var tile = new RegisterTile(offsets, chunks, block.Stride);
        int rowStep = _form.Width.Taps * _form.Channels * block.Stride;
        List<Statement> body =
        [
            .. tile.Declare((_, chunk) => _group.Window is null ? _epilogue.Start(chunk) : new Number(0)),
            .. tile.Reduce(_x, _w, RegisterTile.Merge(
                new ReductionLoop(_form.Height.Taps, _form.Height.Dilation * _image.Line, rowStep),
                new ReductionLoop(_form.Width.Taps, _form.Width.Dilation * _image.Pixel, _form.Channels * block.Stride),
                new ReductionLoop(_form.Channels, 1, block.Stride))),
        ];
        for (int pixel = 0; pixel < rows * columns; pixel++)
        {
            int row = (pixel / columns * _out.Width) + (pixel % columns);
            foreach (Chunk chunk in chunks)
            {
                body.AddRange(_form.Filters == 1 ? StoresOfOneFilter(RegisterTile.Sum(pixel, chunk), row) : Finish(pixel, row, chunk));
            }
        }

        body.AddRange(Moves(move => rows * move.Line));
        return new Kernel(KernelNames.Of(_group, $"Strip{rows}x{columns}x{block.Vectors}"), "one strip of pixels, from the top down",
            [.. Parameters, new Parameter("rows", ParameterType.Count)], [new Loop("row", "rows", body)]);
    }

    // From the sums of a pixel, or of all pixels of its window, to its stores.
    private IEnumerable<Statement> Finish(int pixel, int row, Chunk chunk)
    {
        string suffix = $"_{pixel}_{chunk.Start}";
        if (_group.Window is null)
        {
            return _epilogue.Finish(RegisterTile.Sum(pixel, chunk), suffix, chunk, row);
        }

        int size = _pool.Height * _pool.Width;
        bool hasIndex = _group.Members.Any(member => member.Operation is WindowOperation { Kind: WindowKind.Index });
        string[] sums = [.. Enumerable.Range(pixel * size, size).Select(sum => RegisterTile.Sum(sum, chunk))];
        return PooledSums.Reduce(pixel, chunk, sums, hasIndex).Concat(_epilogue.Finish(PooledSums.Maximum(pixel, chunk), suffix, chunk, row, PooledSums.Index(pixel, chunk)));
    }

    // Pixels of one value lie without gaps; nothing else joins the kernel.
    private IEnumerable<Statement> StoresOfOneFilter(string sum, int pixel) => _context.StoresOf(_group.Anchor)
        .Select(store => new StoreOne(new Address(_signature.Reference(store.Place, stem: "y"), pixel), new Name(sum)));

    private IReadOnlyList<Parameter> Parameters => [.. _signature.Parameters.Where(parameter => parameter.Type != ParameterType.Count)];

    private IEnumerable<Statement> Moves(Func<ImagePlace, int> distance, string? times = null) => Parameters.Where(parameter => IsReference(parameter) && distance(Step(parameter.Name)) != 0)
        .Select(parameter => new Advance(parameter.Name, distance(Step(parameter.Name)), times));

    // How far a reference moves for a pixel of the result, a row of pixels, an image.
    private ImagePlace Step(string reference)
    {
        if (reference == _x)
        {
            return new ImagePlace(_pool.Width * _form.Width.Stride * _image.Pixel, _pool.Height * _form.Height.Stride * _image.Line, _image.Sample);
        }

        if (_epilogue.Reader.References.TryGetValue(reference, out Access? access))
        {
            return new ImagePlace(access.RowStep, access.RowStep * _out.Width, access.SampleStep);
        }

        return reference == _w ? default : new ImagePlace(1, _out.Width, _out.Width * _out.Height);
    }

    private bool IsAlongLanes(string reference) => _epilogue.Reader.References.TryGetValue(reference, out Access? access) && access.IsAlongLanes;

    private static bool IsReference(Parameter parameter) => parameter.Type is ParameterType.Floats or ParameterType.Integers;

    private static Argument Moved(Parameter parameter, (int Offset, int Step) move, string? counter) => !IsReference(parameter)
        ? new Argument(null, parameter.Name)
        : new Argument(new Address(parameter.Name, move.Offset, move.Step == 0 ? null : counter, counter is null ? 0 : move.Step), 0);
}
