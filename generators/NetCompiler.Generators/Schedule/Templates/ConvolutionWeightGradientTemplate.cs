using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// The gradient of a convolution's weights, in their own layout: rows (y, x, c) of the window at constant offsets times vectors of filters,
/// summed over the pixels of one image after another in the gradient itself, which is zero before the first. Pixels that come back through
/// windows of maxima are masked in registers, and never lie in memory.
/// </summary>
internal sealed class ConvolutionWeightGradientTemplate
{
    private readonly ScheduleContext _context;
    private readonly KernelGroup _group;
    private readonly ConvolutionForm _form;
    private readonly KernelSignature _signature = new();
    private readonly StoredResult _stored;
    private readonly ImagePlace _small;
    private readonly ImagePlace _large;
    private readonly string _x;
    private readonly string _gradient;
    private readonly string _result;

    // Where the maxima came from, and the windows; null and 1 x 1 without any.
    private readonly string? _index;
    private readonly ImagePlace _indices;
    private readonly (int Height, int Width) _pool = (1, 1);
    private readonly (int Height, int Width) _windows;

    private ConvolutionWeightGradientTemplate(ScheduleContext context, KernelGroup group)
    {
        _context = context;
        _group = group;
        _form = ConvolutionForm.Match(group.Anchor)!;
        Node? mask = group.Members.FirstOrDefault(member => member.Operation is WindowMaskOperation);
        Node pixels = mask?.Operands[0] ?? _form.Small;
        Place large = context.Storage.PlaceOf(_form.Large), small = context.Storage.PlaceOf(pixels);
        _stored = context.Storage.ResultsOf(group.Anchor).Single();
        _large = ImagePlace.Of(_form.Large, large, _form.Width.In);
        if (mask?.Operation is WindowMaskOperation { Axes: var axes })
        {
            _pool = axes.Count == 1 ? (1, axes[0].Size) : (axes[0].Size, axes[1].Size);
        }

        _windows = (_form.Height.Out / _pool.Height, _form.Width.Out / _pool.Width);
        _small = ImagePlace.Of(pixels, small, _windows.Width);
        _x = _signature.Reference(large);
        _gradient = _signature.Own(small);
        _result = _signature.Reference(_stored.Place, stem: "y");
        if (mask is not null)
        {
            Place indices = context.Storage.PlaceOf(mask.Operands[1]);
            _index = _signature.Own(indices);
            _indices = ImagePlace.Of(mask.Operands[1], indices, _windows.Width);
        }
    }

    public static IEnumerable<ProgramCall> Build(ScheduleContext context, KernelGroup group)
    {
        var template = new ConvolutionWeightGradientTemplate(context, group);
        if (!template._stored.IsAddend)
        {
            int length = template._form.WeightRows * TilingPolicy.Align(template._form.Filters);
            LaneBlock[] blocks = [.. LaneBlock.OfPanels(template._form.WeightRows, template._form.Filters, context.Machine, TilingPolicy.TileVectors)];
            yield return new ClearCall(template._stored.Place, length, IsBatched: false, group.Demand, group.IsBackward) { Units = context.IsShared ? LaneBlock.PanelsAlone(blocks) : 1 };
        }

        yield return template.Build();
    }

    private KernelCall Build()
    {
        List<Statement> image = [], moves = [];
        LaneBlock[] blocks = [.. LaneBlock.OfPanels(_form.WeightRows, _form.Filters, _context.Machine, TilingPolicy.TileVectors)];
        string? share = null;

        // Threads share the panels of filters.
        if (_context.IsShared && LaneBlock.PanelsAlone(blocks) is > 1 and var panels)
        {
            (string first, share) = _signature.Share(panels);
            moves = [new Advance(_gradient, blocks[0].ColumnStep, first), new Advance(_result, blocks[0].OffsetStep, first), .. _index is null ? Array.Empty<Statement>() : [new Advance(_index, blocks[0].ColumnStep, first)]];
        }

        var kernels = new Dictionary<(int, int, int), Kernel>();
        for (int index = 0; index < blocks.Length; index++)
        {
            LaneBlock block = blocks[index];
            (int, int, int) shape = (block.Vectors, block.LastLanes, block.Stride);
            if (!kernels.TryGetValue(shape, out Kernel? kernel))
            {
                kernels.Add(shape, kernel = Window(block));
            }

            string? counter = block.Count > 1 ? $"block{index}" : null;
            var call = new CallKernel(kernel,
            [
                new Argument(new Address(_x), 0),
                new Argument(new Address(_gradient, block.Column, counter, counter is null ? 0 : block.ColumnStep), 0),
                new Argument(new Address(_result, block.Offset, counter, counter is null ? 0 : block.OffsetStep), 0),
                .. _index is null ? Array.Empty<Argument>() : [new Argument(new Address(_index, block.Column, counter, counter is null ? 0 : block.ColumnStep), 0)],
            ]);
            image.Add(counter is null ? call : new Loop(counter, share ?? (Extent)block.Count, [call], CountsUp: true));
        }

        image.AddRange([new Advance(_x, _large.Sample), new Advance(_gradient, _small.Sample)]);
        image.AddRange(_index is null ? [] : [new Advance(_index, _indices.Sample)]);
        string formula = string.Join("; ", _group.Members.Select(node => $"{node} = {node.Operation.Name}({string.Join(", ", node.Operands)})"));
        List<Statement> body = [.. moves, new Loop("sample", _signature.Count("samples", 1, perSample: true), image)];
        return new KernelCall(new Kernel(KernelNames.Of(_group, "KernelGradient"), formula, _signature.Parameters, body), _signature.Arguments, _group.Demand, _group.IsBackward);
    }

    // All rows of the window for one block of filters: as many inner loops as fit are one tile, the next one is split, the others are loops.
    private Kernel Window(LaneBlock block)
    {
        int most = _index is null
            ? TilingPolicy.TileRows(_context.Machine, block.Vectors, _form.Height.Out * _form.Width.Out)
            : TilingPolicy.MaskedTileRows(_context.Machine, block.Vectors);
        List<ReductionLoop> axes = RegisterTile.Merge(
            new ReductionLoop(_form.Height.Taps, _form.Height.Dilation * _large.Line, _form.Width.Taps * _form.Channels),
            new ReductionLoop(_form.Width.Taps, _form.Width.Dilation * _large.Pixel, _form.Channels),
            new ReductionLoop(_form.Channels, 1, 1));
        int[] inner = [0];
        int split = axes.Count - 1;
        for (; split >= 0 && inner.Length * axes[split].Count.Constant <= most; split--)
        {
            ReductionLoop axis = axes[split];
            int[] own = inner;
            inner = [.. Enumerable.Range(0, axis.Count.Constant).SelectMany(step => own.Select(offset => (step * axis.NumberStep) + offset))];
        }

        List<Statement> body = [];
        if (split < 0)
        {
            body.Add(new CallKernel(Tile(block, inner), [.. References.Select(parameter => new Argument(new Address(parameter.Name), 0))]));
        }
        else
        {
            ReductionLoop axis = axes[split];
            foreach (TileRun run in TileRun.Split(axis.Count.Constant, Math.Max(1, most / inner.Length)))
            {
                int[] offsets = [.. Enumerable.Range(0, run.Size).SelectMany(step => inner.Select(offset => (step * axis.NumberStep) + offset))];
                string? counter = run.Count > 1 ? $"tile{body.Count}" : null;
                Address At(string reference, int step) => new(reference, run.Start * step, counter, counter is null ? 0 : run.Size * step);
                var call = new CallKernel(Tile(block, offsets),
                [
                    new Argument(At(_x, axis.NumberStep), 0),
                    new Argument(new Address(_gradient), 0),
                    new Argument(At(_result, axis.VectorStep * block.Stride), 0),
                    .. _index is null ? Array.Empty<Argument>() : [new Argument(new Address(_index), 0)],
                ]);
                body.Add(counter is null ? call : new Loop(counter, run.Count, [call], CountsUp: true));
            }

            for (int level = split - 1; level >= 0; level--)
            {
                // The loop inside has moved the references over its own axis.
                ReductionLoop loop = axes[level], within = level == split - 1 ? default : axes[level + 1];
                body.AddRange(
                [
                    new Advance(_x, loop.NumberStep - (within.Count.Constant * within.NumberStep)),
                    new Advance(_result, (loop.VectorStep - (within.Count.Constant * within.VectorStep)) * block.Stride),
                ]);
                body = [new Loop($"axis{level}", loop.Count, body)];
            }
        }

        return new Kernel(KernelNames.Of(_group, $"KernelGradient{block.Vectors}"), "one image's part of the gradient, for one block of filters", References, body);
    }

    private Kernel Tile(LaneBlock block, int[] offsets)
    {
        int lanes = _context.Machine.Lanes;
        Chunk[] chunks = [.. Chunk.Unrolled(((block.Vectors - 1) * lanes) + block.LastLanes, lanes)];
        int line = _form.Height.Stride * _large.Line, pixel = _form.Width.Stride * _large.Pixel;
        WindowMask? mask = _index is null ? null : new WindowMask(_index, _indices.Pixel,
            [.. Enumerable.Range(0, _pool.Height).SelectMany(y => Enumerable.Range(0, _pool.Width).Select(x => (y * line) + (x * pixel)))]);
        var tile = new RegisterTile(offsets, chunks, _small.Pixel, mask);
        Address At(int row, Chunk chunk) => new(_result, (row * block.Stride) + chunk.Start);
        List<Statement> body =
        [
            .. tile.Declare((row, chunk) => new Load(At(row, chunk), lanes)),
            .. tile.Reduce(_x, _gradient, RegisterTile.Merge(
                new ReductionLoop(_windows.Height, _pool.Height * line, _small.Line, _indices.Line),
                new ReductionLoop(_windows.Width, _pool.Width * pixel, _small.Pixel, _indices.Pixel))),
            .. tile.Sums.Select(at => new Store(At(at.Row, at.Chunk), new Name(RegisterTile.Sum(at.Row, at.Chunk)), lanes)),
        ];
        return new Kernel(KernelNames.Of(_group, $"TapsGradient{offsets.Length}x{block.Vectors}"), "some rows of the window, over all pixels of an image", References, body);
    }

    private Parameter[] References => [.. new[] { _x, _gradient, _result, _index }.OfType<string>().Select(reference => new Parameter(reference, ParameterType.Floats))];
}
