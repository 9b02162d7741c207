using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// The gradient of a convolution's image: gathered over the rows of the window, as far as they lie inside, and scattered over its columns, so
/// that neither a padded gradient nor a flipped window exists and no product is wasted. Lanes are channels; the weights lie transposed, in
/// panels [channels / 32][x][y][n][32].
/// </summary>
internal sealed class ConvolutionInputGradientTemplate
{
    private readonly ScheduleContext _context;
    private readonly KernelGroup _group;
    private readonly ConvolutionForm _form;
    private readonly KernelSignature _signature = new();
    private readonly ImagePlace _small;
    private readonly ImagePlace _large;
    private readonly string _gradient;
    private readonly string _w;
    private readonly string _result;
    private readonly bool _hasTaps;

    private ConvolutionInputGradientTemplate(ScheduleContext context, KernelGroup group, Place transposed, Place result)
    {
        _context = context;
        _group = group;
        _form = ConvolutionForm.Match(group.Anchor)!;
        Place place = context.Storage.PlaceOf(_form.Small);
        _small = ImagePlace.Of(_form.Small, place, _form.Width.Out);
        _large = ImagePlace.Of(_form.Large, result, _form.Width.In);
        _gradient = _signature.Reference(place);
        _w = _signature.Reference(transposed);
        _result = _signature.Reference(result, stem: "y");
        _hasTaps = TapRun.Of(_form.Height).Any(run => run.Count > 1);
    }

    /// <summary>The floats of the transposed weights.</summary>
    public static int TransposedLength(ConvolutionForm form) => Rows(form) * TilingPolicy.Align(form.Channels);

    /// <summary>One call for each place that the gradient is written to.</summary>
    public static IEnumerable<KernelCall> Build(ScheduleContext context, KernelGroup group, Place transposed) =>
        context.StoresOf(group.Anchor).Select(store => new ConvolutionInputGradientTemplate(context, group, transposed, store.Place).Build());

    private static int Rows(ConvolutionForm form) => form.Height.Taps * form.Width.Taps * TilingPolicy.Align(form.Filters);

    private KernelCall Build()
    {
        List<Statement> image = [.. Clear(_form.Large.IsBatched ? _large.Sample : (int)_form.Large.Shape.Length)];
        LaneBlock[] blocks = [.. LaneBlock.OfPanels(Rows(_form), _form.Channels, _context.Machine, TilingPolicy.TileVectors)];
        var kernels = new Dictionary<(int, int, int), Kernel>();
        for (int index = 0; index < blocks.Length; index++)
        {
            LaneBlock block = blocks[index];
            (int, int, int) shape = (block.Vectors, block.LastLanes, block.Stride);
            if (!kernels.TryGetValue(shape, out Kernel? kernel))
            {
                kernels.Add(shape, kernel = Image(block));
            }

            string? counter = block.Count > 1 ? $"block{index}" : null;
            var call = new CallKernel(kernel,
            [
                new Argument(new Address(_gradient), 0),
                new Argument(new Address(_w, block.Offset, counter, counter is null ? 0 : block.OffsetStep), 0),
                new Argument(new Address(_result, block.Column, counter, counter is null ? 0 : block.ColumnStep), 0),
            ]);
            image.Add(counter is null ? call : new Loop(counter, block.Count, [call], CountsUp: true));
        }

        if (!_context.IsSingleSample)
        {
            image.AddRange([new Advance(_gradient, _small.Sample), new Advance(_result, _large.Sample)]);
            image = [new Loop("sample", _signature.Count("samples", 1, perSample: true), image)];
        }

        string formula = $"{_group.Anchor} = {_group.Anchor.Operation.Name}({string.Join(", ", _group.Anchor.Operands)})";
        return new KernelCall(new Kernel(KernelNames.Of(_group, "ImageGradient"), formula, _signature.Parameters, image), _signature.Arguments, _group.Demand, _group.IsBackward);
    }

    private IEnumerable<Statement> Clear(int length)
    {
        int lanes = _context.Machine.Lanes, whole = length / lanes, rest = length % lanes;
        yield return new LetReference("clear", new Address(_result));
        yield return new Loop("cleared", whole, [new Store(new Address("clear"), new Number(0), lanes), new Advance("clear", lanes)]);
        if (rest > 0)
        {
            yield return new Store(new Address("clear"), new Number(0), rest);
        }
    }

    // One image and one block of channels: rows of the image that the same rows of the window reach, together.
    private Kernel Image(LaneBlock block)
    {
        Kernel rows = Rows(block);
        Parameter[] references = References;
        int filters = TilingPolicy.Align(_form.Filters);
        List<Statement> body = [.. TapRun.Of(_form.Height).Select(run => new CallKernel(rows,
        [
            new Argument(new Address(_gradient, run.FirstSmall * _small.Line), 0),
            new Argument(new Address(_w, run.FirstTap * filters * block.Stride), 0),
            new Argument(new Address(_result, run.FirstLarge * _large.Line), 0),
            .. _hasTaps ? [new Argument(null, run.Count)] : Array.Empty<Argument>(),
            new Argument(null, run.Rows),
        ]))];
        return new Kernel(KernelNames.Of(_group, $"ImageGradient{block.Vectors}"), "one image for one block of channels", references, body);
    }

    // Column by column of the window: every strip of the image, moved to where this column writes.
    private Kernel Rows(LaneBlock block)
    {
        Parameter[] parameters = [.. References, .. _hasTaps ? [new Parameter("taps", ParameterType.Count)] : Array.Empty<Parameter>(), new Parameter("rows", ParameterType.Count)];
        int most = TilingPolicy.TileRows(_context.Machine, block.Vectors, _form.Filters * _form.Height.Taps), column = _form.Width.Stride * _large.Pixel;
        List<Statement> body = [];
        foreach (TileRun run in TileRun.Split(_form.Width.Out, most))
        {
            string? counter = run.Count > 1 ? $"strip{body.Count}" : null;
            Address At(string reference, int step) => new(reference, run.Start * step, counter, counter is null ? 0 : run.Size * step);
            var call = new CallKernel(Tile(block, run.Size, parameters),
            [
                new Argument(At(_gradient, _small.Pixel), 0),
                new Argument(new Address(_w), 0),
                new Argument(At(_result, column), 0),
                .. parameters.Skip(3).Select(parameter => new Argument(null, parameter.Name)),
            ]);
            body.Add(counter is null ? call : new Loop(counter, run.Count, [call], CountsUp: true));
        }

        if (_form.Width.Taps > 1)
        {
            body.AddRange([new Advance(_w, _form.Height.Taps * TilingPolicy.Align(_form.Filters) * block.Stride), new Advance(_result, _form.Width.Dilation * _large.Pixel)]);
            body = [new Loop("tap", _form.Width.Taps, body)];
        }

        return new Kernel(KernelNames.Of(_group, $"RowsGradient{block.Vectors}"), "rows of an image that the same rows of the window reach", parameters, body);
    }

    private Kernel Tile(LaneBlock block, int pixels, Parameter[] parameters)
    {
        int lanes = _context.Machine.Lanes;
        Chunk[] chunks = [.. Chunk.Unrolled(((block.Vectors - 1) * lanes) + block.LastLanes, lanes)];
        var tile = new RegisterTile([.. Enumerable.Range(0, pixels).Select(pixel => pixel * _small.Pixel)], chunks, block.Stride);
        int filters = TilingPolicy.Align(_form.Filters), factor = Divisor(_form.Height.Stride, _form.Height.Dilation);
        Address At(int pixel, Chunk chunk) => new(_result, (pixel * _form.Width.Stride * _large.Pixel) + chunk.Start);
        Extent Lanes(Chunk chunk) => chunk.IsWhole || (_large.Pixel % TilingPolicy.RowAlignment == 0 && _large.Pixel >= chunk.Start + chunk.Width) ? chunk.Width : chunk.Lanes;
        List<Statement> body =
        [
            .. tile.Declare((pixel, chunk) => new Load(At(pixel, chunk), Lanes(chunk))),
            .. tile.Reduce(_gradient, _w, RegisterTile.Merge(
                new ReductionLoop(_hasTaps ? "taps" : 1, -(_form.Height.Dilation / factor) * _small.Line, _form.Height.Stride / factor * filters * block.Stride),
                new ReductionLoop(_form.Filters, 1, block.Stride))),
            .. tile.Sums.Select(at => new Store(At(at.Row, at.Chunk), new Name(RegisterTile.Sum(at.Row, at.Chunk)), Lanes(at.Chunk))),
            new Advance(_gradient, _small.Line),
            new Advance(_result, _form.Height.Stride * _large.Line),
        ];
        return new Kernel(KernelNames.Of(_group, $"StripGradient{pixels}x{block.Vectors}"), "one strip of pixels, from the top down", parameters, [new Loop("row", "rows", body)]);
    }

    private Parameter[] References => [new Parameter(_gradient, ParameterType.Floats), new Parameter(_w, ParameterType.Floats), new Parameter(_result, ParameterType.Floats)];

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);

    /// <summary>Rows of the large image, a stride apart, that the same rows of the window reach from consecutive rows of the small one.</summary>
    /// <param name="FirstLarge">The first row of the large image.</param>
    /// <param name="FirstTap">The first row of the window that reaches it.</param>
    /// <param name="FirstSmall">The row of the small image that it comes from; further rows of the window come from rows before.</param>
    /// <param name="Count">The rows of the window.</param>
    /// <param name="Rows">The rows of the large image.</param>
    private sealed record TapRun(int FirstLarge, int FirstTap, int FirstSmall, int Count, int Rows)
    {
        public static IReadOnlyList<TapRun> Of(ConvolutionAxis axis)
        {
            var runs = new List<TapRun>();
            for (int residue = 0; residue < axis.Stride; residue++)
            {
                TapRun? run = null;
                for (int row = residue; row < axis.In; row += axis.Stride)
                {
                    int[] taps = [.. Enumerable.Range(0, axis.Taps).Where(tap =>
                        row - (axis.Dilation * tap) is var first && first >= 0 && first % axis.Stride == 0 && first / axis.Stride < axis.Out)];
                    int small = taps.Length == 0 ? 0 : (row - (axis.Dilation * taps[0])) / axis.Stride;
                    if (run is not null && taps.Length == run.Count && taps[0] == run.FirstTap && small == run.FirstSmall + run.Rows)
                    {
                        run = run with { Rows = run.Rows + 1 };
                        runs[runs.Count - 1] = run;
                    }
                    else if (taps.Length > 0)
                    {
                        runs.Add(run = new TapRun(row, taps[0], small, taps.Length, 1));
                    }
                    else
                    {
                        run = null;
                    }
                }
            }

            return runs;
        }
    }
}
