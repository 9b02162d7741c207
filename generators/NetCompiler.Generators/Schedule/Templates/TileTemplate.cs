using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// Products of matrices in register tiles: rows of broadcast numbers times vectors of lanes, summed over one loop. Three kernels deep: blocks
/// of columns, tiles of rows, one tile.
/// </summary>
internal sealed class TileTemplate
{
    private readonly ScheduleContext _context;
    private readonly KernelGroup _group;
    private readonly KernelSignature _signature = new();

    private TileTemplate(ScheduleContext context, KernelGroup group)
    {
        _context = context;
        _group = group;
    }

    /// <summary>y[r, n] = sum over k of x[r, k] W[k, n], with an epilogue; for an input gradient W is given transposed, in rows.</summary>
    public static KernelCall BuildProduct(ScheduleContext context, KernelGroup group, Place? transposed)
    {
        var template = new TileTemplate(context, group);
        Node x = group.Anchor.Operands[0], w = group.Anchor.Operands[1];
        Place left = context.Storage.PlaceOf(x), right = transposed ?? context.Storage.PlaceOf(w);
        int reduction = x.Shape[-1], columns = group.Anchor.Shape[-1], rowStep = RowStep(x, left);
        bool isNarrow = transposed is null && context.Storage.PackingOf(w) == WeightPacking.NarrowPanels;
        IEnumerable<LaneBlock> blocks = isNarrow ? LaneBlock.OfNarrowPanels(reduction, columns, context.Machine, TilingPolicy.TileVectors)
            : transposed is null ? LaneBlock.OfPanels(reduction, columns, context.Machine, TilingPolicy.TileVectors)
            : LaneBlock.OfRows(columns, transposed.RowStride, context.Machine, TilingPolicy.TileVectors);
        return template.Build(left, rowStep, 1, right, isNarrow, reduction, [.. blocks]);
    }

    /// <summary>
    /// The same in parts, which threads share: p[r, s, n] = sum over the inputs k of part s of x[r, k] W[k, n], then y[r, n] = sum over s of p[r, s, n] with the epilogue.
    /// </summary>
    public static KernelCall[] BuildParts(ScheduleContext context, KernelGroup group, Place sums) =>
        [new TileTemplate(context, group).BuildPart(sums), new TileTemplate(context, group).BuildTotal(sums)];

    /// <summary>dW[k, n] = sum over r of x[r, k] dy[r, n], written in the layout of W; a single column is a row of lanes along k.</summary>
    public static KernelCall BuildWeightGradient(ScheduleContext context, KernelGroup group)
    {
        var template = new TileTemplate(context, group);
        Node x = group.Anchor.Operands[0], gradient = group.Anchor.Operands[1];
        Place input = context.Storage.PlaceOf(x), output = context.Storage.PlaceOf(gradient);
        int xStep = RowStep(x, input), gradientStep = RowStep(gradient, output);
        StoredResult result = context.Storage.ResultsOf(group.Anchor).Single();
        int rows = x.Shape[-1], columns = gradient.Shape[-1], samples = (int)x.Shape.Length / rows;
        if (columns <= TilingPolicy.MostColumns)
        {
            return template.BuildGradient(output, 0, gradientStep, input, xStep, 1, samples, result,
                [.. LaneBlock.OfRows(rows, xStep, context.Machine, TilingPolicy.LatencyHidingSums)]);
        }

        return template.BuildGradient(input, 1, xStep, output, gradientStep, rows, samples, result,
            [.. LaneBlock.OfPanels(rows, columns, context.Machine, TilingPolicy.TileVectors)]);
    }

    /// <summary>The floats between consecutive rows of all samples.</summary>
    public static int RowStep(Node node, Place place)
    {
        int rows = (int)node.Shape.Length / node.Shape[-1];
        int step = rows == 1 ? place.SampleStride : node.Shape[-1] == 1 ? 1 : place.RowStride;
        return !node.IsBatched || rows == 1 || place.SampleStride == rows * step
            ? step
            : throw new InvalidOperationException($"The rows of {node} do not follow one another.");
    }

    private KernelCall Build(Place left, int leftRow, int leftStep, Place right, bool isNarrow, int reduction, LaneBlock[] blocks)
    {
        string a = _signature.Own(left), b = _signature.Reference(right);
        var epilogue = new ProductEpilogue(_context, _group, _signature);
        Dictionary<(int, int, int), Kernel> rowKernels = RowKernels(blocks, block => RowTiles(block, (height, chunks) =>
        {
            List<Statement> tile = [.. Sums(height, chunks, epilogue.Start)];
            tile.AddRange(Reduce(a, leftRow, leftStep, b, block, reduction, height, chunks, isNarrow));
            for (int row = 0; row < height; row++)
            {
                foreach (Chunk chunk in chunks)
                {
                    tile.AddRange(epilogue.Finish(Sum(row, chunk), RegisterTile.Suffix(row, chunk), chunk, row));
                }
            }

            return tile;
        }, () => [(a, leftRow), .. epilogue.Reader.References.Select(reference => (reference.Key, reference.Value.SequenceStep(_group.Space)))], runtime: null, known: null));

        string rows = _signature.Count("rows", _group.Space.Rows, _group.Space.IsBatched);
        var steps = blocks.Select(block => epilogue.Reader.References.Where(reference => reference.Value.IsAlongLanes)
            .ToDictionary(reference => reference.Key, _ => (Offset: block.Column, Step: block.ColumnStep))).ToArray();
        for (int i = 0; i < blocks.Length; i++)
        {
            steps[i][b] = (blocks[i].Offset, blocks[i].OffsetStep);
        }

        int columns = _group.Anchor.Shape[-1];
        bool isShared = _context.IsShared
            ? !_group.IsBackward && _group.Space.Rows == 1 && LaneBlock.PanelsAlone(blocks) > 1 && TilingPolicy.IsOwned(reduction, columns)
            : _context.IsOneShared && TilingPolicy.IsWorthSharing(_group.Space.Rows, reduction, columns);
        if (isShared && LaneBlock.CanBeShared(blocks))
        {
            return Finish(SharedPanels(blocks, steps, rowKernels, rows), "Product");
        }

        return Finish(Blocks(blocks, steps, rowKernels, rows), "Product");
    }

    // Whole panels, which come first; one thread takes what is left of the columns.
    private List<Statement> SharedPanels(LaneBlock[] blocks, Dictionary<string, (int Offset, int Step)>[] moves, Dictionary<(int, int, int), Kernel> kernels, Extent rows)
    {
        (string first, string share) = _signature.Share(blocks[0].Count);
        int whole = blocks.Count(block => block.Count > 1);
        List<Statement> behind = Blocks([.. blocks.Skip(whole)], [.. moves.Skip(whole)], kernels, rows);
        Statement[] rest = behind.Count == 0 ? [] : [new WhenCount(_signature.ShareOfRest(), behind)];
        return [.. rest, .. moves[0].Select(move => new Advance(move.Key, move.Value.Step, first)), .. Blocks([.. blocks.Take(whole)], moves, kernels, rows, share)];
    }

    private KernelCall BuildPart(Place sums)
    {
        Node x = _group.Anchor.Operands[0];
        Place left = _context.Storage.PlaceOf(x);
        int inputs = x.Shape[-1], columns = _group.Anchor.Shape[-1], length = inputs / _group.Parts, leftRow = RowStep(x, left);
        string a = _signature.Own(left), b = _signature.Reference(_context.Storage.PlaceOf(_group.Anchor.Operands[1])), y = _signature.Reference(sums, stem: "y");
        LaneBlock[] blocks = [.. LaneBlock.OfPanels(inputs, columns, _context.Machine, TilingPolicy.TileVectors)];
        Dictionary<(int, int, int), Kernel> rowKernels = RowKernels(blocks, block => RowTiles(block, (height, chunks) =>
        [
            .. Sums(height, chunks, _ => new Number(0)),
            .. Reduce(a, leftRow, 1, b, block, length, height, chunks),
            .. Rows(height, chunks).Select(at => new Store(new Address(y, (at.Row * sums.SampleStride) + at.Chunk.Start), new Name(Sum(at.Row, at.Chunk)), _context.Machine.Lanes)),
        ], () => [(a, leftRow), (y, sums.SampleStride)], runtime: null, known: null));
        string rows = _signature.Count("rows", 1, perSample: true);
        (string first, string share) = _signature.Share(_group.Parts);
        var steps = blocks.Select(block => new Dictionary<string, (int Offset, int Step)> { [b] = (block.Offset, block.OffsetStep), [y] = (block.Column, block.ColumnStep) });
        return Finish(InParts([(a, length), (b, length * TilingPolicy.PanelWidth), (y, columns)], first, share, Blocks(blocks, [.. steps], rowKernels, rows)), "Part");
    }

    private KernelCall BuildTotal(Place sums)
    {
        int columns = _group.Anchor.Shape[-1], lanes = _context.Machine.Lanes;
        string p = _signature.Reference(sums);
        var epilogue = new ProductEpilogue(_context, _group, _signature);
        LaneBlock[] blocks = [.. LaneBlock.OfRows(columns, columns, _context.Machine, TilingPolicy.TileVectors)];
        Dictionary<(int, int, int), Kernel> rowKernels = RowKernels(blocks, block =>
        {
            List<Statement> row = [];
            foreach (Chunk chunk in block.Chunks(lanes))
            {
                string sum = Sum(0, chunk);
                VectorExpression Part(int part) => new Load(new Address(p, (part * columns) + chunk.Start), lanes);
                void Add(VectorExpression value) => row.Add(new Set(sum, new Apply(Ops.Elementwise.Add.Value, [new Name(sum), value])));
                row.Add(new Let(sum, Part(0)));
                for (int part = 1; part < _group.Parts; part++)
                {
                    Add(Part(part));
                }

                if (epilogue.Start(chunk) is not Number and var start)
                {
                    Add(start);
                }

                row.AddRange(epilogue.Finish(sum, $"_{chunk.Start}", chunk, 0));
            }

            row.Add(new Advance(p, sums.SampleStride));
            row.AddRange(epilogue.Reader.References.Where(reference => reference.Value.SequenceStep(_group.Space) != 0).Select(reference => new Advance(reference.Key, reference.Value.SequenceStep(_group.Space))));
            return new Kernel(KernelNames.Of(_group, $"Total{block.Vectors}"), "all rows of one block of columns",
                [.. _signature.Parameters, new Parameter("tall", ParameterType.Count)], [new Loop("row", "tall", row)]);
        });
        string rows = _signature.Count("rows", 1, perSample: true);
        var steps = blocks.Select(block =>
        {
            Dictionary<string, (int Offset, int Step)> moves = epilogue.Reader.References.Where(reference => reference.Value.IsAlongLanes)
                .ToDictionary(reference => reference.Key, _ => (Offset: block.Column, Step: block.ColumnStep));
            moves[p] = (block.Offset, block.OffsetStep);
            return moves;
        });
        return Finish(Blocks(blocks, [.. steps], rowKernels, rows), "Total") with { Products = _group.Parts * columns };
    }

    // One after another from a thread's first part on.
    private static List<Statement> InParts((string Reference, int Step)[] moves, string first, string share, List<Statement> part) =>
    [
        .. moves.Select(move => new Advance(move.Reference, move.Step, first)),
        new Loop("part", share, [.. part, .. moves.Select(move => new Advance(move.Reference, move.Step))]),
    ];

    private KernelCall BuildGradient(Place left, int leftRow, int leftStep, Place right, int rightStep, int rows, int samples, StoredResult result, LaneBlock[] blocks)
    {
        string a = _signature.Reference(left), b = _signature.Own(right), y = _signature.Reference(result.Place, stem: "y");
        string accumulate = _signature.Accumulate(result.IsAddend), count = _signature.Count("rows", samples, perSample: true);
        bool isColumn = rows == 1;
        int tall = _group.Parts == 0 ? rows : rows / _group.Parts;

        Dictionary<(int, int, int), Kernel> rowKernels = RowKernels(blocks, block =>
        {
            int width = isColumn ? 0 : block.Stride;
            return RowTiles(block, (height, chunks) =>
            [
                .. Sums(height, chunks, _ => new Number(0)),
                .. Reduce(a, leftRow, leftStep, b, block with { Stride = rightStep }, count, height, chunks),
                new When(accumulate, [.. Rows(height, chunks).Select(at => new Set(Sum(at.Row, at.Chunk),
                    new Apply(Ops.Elementwise.Add.Value, [new Name(Sum(at.Row, at.Chunk)), new Load(new Address(y, (at.Row * width) + at.Chunk.Start), _context.Machine.Lanes)])))]),
                .. Rows(height, chunks).Select(at => new Store(new Address(y, (at.Row * width) + at.Chunk.Start), new Name(Sum(at.Row, at.Chunk)), _context.Machine.Lanes)),
            ], () => [(a, leftRow), (y, width)], runtime: "tall", known: tall);
        });

        // The lanes' operand moves by columns, the weight by its own blocks.
        Dictionary<string, (int Offset, int Step)>[] steps =
        [
            .. blocks.Select(block => new Dictionary<string, (int Offset, int Step)>
            {
                [b] = (block.Column, block.ColumnStep),
                [y] = isColumn ? (block.Column, block.ColumnStep) : (block.Offset, block.OffsetStep),
            }),
        ];
        if (_group.Parts > 0)
        {
            (string firstPart, string parts) = _signature.Share(_group.Parts);
            return Finish(InParts([(a, tall * leftRow), (y, tall * TilingPolicy.PanelWidth)], firstPart, parts, Blocks(blocks, steps, rowKernels, tall)), "WeightGradient");
        }

        if (!_context.IsShared)
        {
            return Finish(Blocks(blocks, steps, rowKernels, rows), "WeightGradient");
        }

        // Threads share the panels where there are several, else the tiles of rows where all are of one height.
        if (LaneBlock.CanBeShared(blocks))
        {
            return Finish(SharedPanels(blocks, steps, rowKernels, rows), "WeightGradient");
        }

        LaneBlock all = blocks[0];
        int height = TilingPolicy.TileHeights(_context.Machine, all.Vectors, rows)[0];
        if (!isColumn && blocks.All(block => block.Count == 1 && (block.Vectors, block.Stride) == (all.Vectors, all.Stride)) && rows > height && rows % height == 0)
        {
            (string first, string share) = _signature.Share(rows / height, height);
            return Finish([new Advance(a, leftRow, first), new Advance(y, all.Stride, first), .. Blocks(blocks, steps, rowKernels, share)], "WeightGradient");
        }

        return Finish(Blocks(blocks, steps, rowKernels, rows), "WeightGradient");
    }

    private KernelCall Finish(List<Statement> body, string what)
    {
        Node anchor = _group.Anchor;
        string formula = $"{anchor} = {anchor.Operation.Name}({string.Join(", ", anchor.Operands)})"
            + string.Concat(_group.Members.Skip(1).Select(node => $"; {node} = {node.Operation.Name}({string.Join(", ", node.Operands)})"));
        var kernel = new Kernel(KernelNames.Of(_group, what), formula, _signature.Parameters, body);
        return new KernelCall(kernel, _signature.Arguments, _group.Demand, _group.IsBackward);
    }

    // Calls the kernel of each block, with the references that move from block to block at their places; a share of the panels, where all blocks repeat in each.
    private static List<Statement> Blocks(
        LaneBlock[] blocks, IReadOnlyList<Dictionary<string, (int Offset, int Step)>> moves, Dictionary<(int, int, int), Kernel> kernels, Extent tall, string? share = null)
    {
        List<Statement> body = [];
        for (int index = 0; index < blocks.Length; index++)
        {
            LaneBlock block = blocks[index];
            Kernel kernel = kernels[(block.Vectors, block.LastLanes, block.Stride)];
            string? counter = block.Count > 1 ? $"block{index}" : null;
            Dictionary<string, (int Offset, int Step)> moved = moves[index];
            var call = new CallKernel(kernel, [.. kernel.Parameters.Select(parameter =>
                parameter.Type is not (ParameterType.Floats or ParameterType.Integers) ? new Argument(null, parameter.Name == "tall" ? tall : parameter.Name)
                : moved.TryGetValue(parameter.Name, out (int Offset, int Step) move) ? new Argument(new Address(parameter.Name, move.Offset, counter, counter is null ? 0 : move.Step), 0)
                : Argument.Same(parameter))]);
            body.Add(counter is null ? call : new Loop(counter, share ?? (Extent)block.Count, [call], CountsUp: true));
        }

        return body;
    }

    // One kernel that covers all rows with the tallest tiles first.
    private Kernel RowTiles(LaneBlock block, Func<int, Chunk[], List<Statement>> tile, Func<IReadOnlyList<(string Reference, int Step)>> steps, string? runtime, int? known)
    {
        Chunk[] chunks = [.. block.Chunks(_context.Machine.Lanes)];
        IReadOnlyList<int> heights = TilingPolicy.TileHeights(_context.Machine, block.Vectors, known);
        List<Statement> body = [];
        string left = "tall";
        Parameter[]? parameters = null;
        foreach (int height in heights)
        {
            List<Statement> statements = tile(height, chunks);
            IReadOnlyList<(string Reference, int Step)> moves = steps();
            parameters ??= [.. _signature.Parameters.Where(parameter => parameter.Type != ParameterType.Count || runtime is not null)];
            List<Statement> loop = [.. statements, .. moves.Where(move => move.Step != 0).Select(move => new Advance(move.Reference, height * move.Step))];
            var kernel = new Kernel(KernelNames.Of(_group, $"Tile{height}x{block.Vectors}"), "one tile of rows and vectors", [.. parameters, new Parameter("tiles", ParameterType.Count)],
                [new Loop("tile", "tiles", loop)]);
            string tiles = $"tiles{height}", rest = $"rest{height}";
            var call = new CallKernel(kernel, [.. parameters.Select(Argument.Same), new Argument(null, tiles)]);
            Statement[] after = [.. moves.Where(move => move.Step != 0).Select(move => new Advance(move.Reference, height * move.Step, tiles))];
            body.AddRange([new LetCount(tiles, left, height, IsRemainder: false), new WhenCount(tiles, [call, .. after])]);
            if (height != heights[heights.Count - 1])
            {
                body.Add(new LetCount(rest, left, height, IsRemainder: true));
                left = rest;
            }
        }

        return new Kernel(KernelNames.Of(_group, $"Rows{block.Vectors}"), "all rows of one block of columns", [.. parameters!, new Parameter("tall", ParameterType.Count)], body);
    }

    // One for all blocks of a shape.
    private static Dictionary<(int, int, int), Kernel> RowKernels(LaneBlock[] blocks, Func<LaneBlock, Kernel> build)
    {
        var kernels = new Dictionary<(int, int, int), Kernel>();
        foreach (LaneBlock block in blocks)
        {
            (int, int, int) shape = (block.Vectors, block.LastLanes, block.Stride);
            if (!kernels.ContainsKey(shape))
            {
                kernels.Add(shape, build(block));
            }
        }

        return kernels;
    }

    private static IEnumerable<Let> Sums(int height, Chunk[] chunks, Func<Chunk, VectorExpression> start) =>
        Rows(height, chunks).Select(at => new Let(Sum(at.Row, at.Chunk), start(at.Chunk)));

    // sum over k: row r adds a[r, k] times the lanes b[k, ...]
    private List<Statement> Reduce(string a, int leftRow, int leftStep, string b, LaneBlock block, Extent reduction, int height, Chunk[] chunks, bool isNarrow = false)
    {
        int unroll = reduction.IsConstant ? TilingPolicy.Unroll(reduction.Constant, height * chunks.Length) : 1;
        List<Statement> Steps(int count)
        {
            List<Statement> steps = [];
            for (int step = 0; step < count; step++)
            {
                string pairs = "p" + NumberText.Integer(step) + "_";
                int first = step * block.Stride;
                steps.AddRange(isNarrow ? NarrowLoads.Of(pairs, chunks.Select(chunk => chunk.Start), element => new Address("bk", first + element), _context.Machine) : []);
                foreach (Chunk chunk in chunks)
                {
                    int end = chunk.Start + chunk.Width;
                    bool isWhole = chunk.IsWhole || (block.Stride % TilingPolicy.RowAlignment == 0 && block.Stride >= end);
                    steps.Add(new Let(RegisterTile.VectorOf(step, chunk).Text, isNarrow ? NarrowLoads.Read(pairs, chunk.Start)
                        : new Load(new Address("bk", first + chunk.Start), isWhole ? chunk.Width : chunk.Lanes)));
                }

                for (int row = 0; row < height; row++)
                {
                    Name number = RegisterTile.NumberOf(step, row);
                    steps.Add(new Let(number.Text, new Spread(new Address("ak", (row * leftRow) + (step * leftStep)))));
                    foreach (Chunk chunk in chunks)
                    {
                        Name sum = RegisterTile.SumOf(row, chunk);
                        steps.Add(new Set(sum.Text, new MultiplyAdd(number, RegisterTile.VectorOf(step, chunk), sum)));
                    }
                }
            }

            return steps;
        }

        List<Statement> body = [new LetReference("ak", new Address(a)), new LetReference("bk", new Address(b))];
        if (reduction.IsConstant && reduction.Constant == unroll)
        {
            body.AddRange(Steps(unroll));
            return body;
        }

        body.Add(new Loop("k", reduction.IsConstant ? reduction.Constant / unroll : reduction,
            [.. Steps(unroll), new Advance("ak", unroll * leftStep), new Advance("bk", unroll * block.Stride)]));
        return body;
    }

    private static IEnumerable<(int Row, Chunk Chunk)> Rows(int height, Chunk[] chunks) =>
        Enumerable.Range(0, height).SelectMany(row => chunks.Select(chunk => (row, chunk)));

    private static string Sum(int row, Chunk chunk) => RegisterTile.Sum(row, chunk);
}
