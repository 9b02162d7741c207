using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>Reductions and windows: every value of the result is made of several of the operand, or the other way round.</summary>
internal sealed partial class NestTemplate
{
    // y[.., 0, n] = sum over m of x[.., m, n]
    private void RowAxis(NestTarget target, ReduceKind kind)
    {
        int[] axes = NestValues.AxesOf(_node.Shape);
        int reduced = X.Shape.Rank - 2;
        Walk y = target.Along(axes), x = _values.Read(X, 0, strides => axes.Select(axis => strides[axis]), isWholeRow: axes.Length > 0 && axes[axes.Length - 1] == X.Shape.Rank - 1);
        int step = _values.StridesOf(X)[reduced];
        if (x.LaneStep is not (0 or 1))
        {
            ClearPadding(target, y with { IsPadded = false });
        }

        // All columns that are written out in one loop over the rows: their additions do not wait for each other.
        _body.AddRange(_loops.BuildTiles(_node.IsBatched, NestValues.Extents(_node.Shape, axes), [y, x], points =>
        {
            static string SumOf(NestPoint point) => "sum" + point.Suffix;
            return
            [
                .. points.Select(point => new Let(SumOf(point), Neutral(kind))),
                .. Around([(X.Shape[reduced], [step])], [points[0].At(x)], points[0].Suffix, at =>
                    [.. points.Select(point => new Set(SumOf(point), Combine(kind, new Name(SumOf(point)), point.ReadAt(x, at[0].Plus(point.Chunk.Start - points[0].Chunk.Start)))))]),
                .. points.SelectMany(point => target.Store(point, y, new Name(SumOf(point)))),
            ];
        }));
    }

    // One number out of all values of a sample, or of all.
    private void Everything(NestTarget target, ReduceKind kind)
    {
        int[] axes = NestValues.AxesOf(X.Shape);
        Walk x = _values.Repeated(X, X.Shape, axes);
        string all = Own("all", target), one = Own("one", target);
        _body.Add(new Let(all, Neutral(kind)));
        _body.AddRange(_loops.Build(X.IsBatched, NestValues.Extents(X.Shape, axes), [x], point =>
        {
            VectorExpression value = point.Read(x);
            VectorExpression kept = point.Chunk.IsWhole && !point.Chunk.IsOneValue ? value : new Keep(value, point.Chunk.Lanes, MinusInfinity: kind == ReduceKind.Max);
            return [new Set(all, Combine(kind, new Name(all), kept))];
        }));
        _body.Add(new Let(one, new Across(kind == ReduceKind.Max, new Name(all))));
        if (target.Accumulate is not null)
        {
            _body.Add(Accumulation.Into(one, target.Accumulate, new Spread(new Address(target.Reference))));
        }

        _body.Add(new StoreOne(new Address(target.Reference), new Name(one)));
    }

    private void Window(NestTarget target, WindowOperation window)
    {
        int[] axes = NestValues.AxesOf(_node.Shape), own = _values.StridesOf(X);
        Walk y = target.Along(axes);
        Walk x = _values.Read(X, 0, strides => axes.Select(axis => strides[axis] * (axis < window.Axes.Count ? window.Axes[axis].Stride : 1)),
            isWholeRow: axes.Length > 0 && axes[axes.Length - 1] == X.Shape.Rank - 1);
        if (x.LaneStep is not (0 or 1))
        {
            ClearPadding(target, y with { IsPadded = false });
        }

        _body.AddRange(_loops.Build(_node.IsBatched, NestValues.Extents(_node.Shape, axes), [y, x], point =>
        {
            string best = "best" + point.Suffix, index = "index" + point.Suffix, place = "place" + point.Suffix, value = "value" + point.Suffix;
            List<Statement> Step(IReadOnlyList<Address> at) => window.Kind != WindowKind.Index
                ? [new Set(best, Combine(window.Kind == WindowKind.Max ? ReduceKind.Max : ReduceKind.Sum, new Name(best), point.ReadAt(x, at[0])))]
                :
                [
                    new Set(value, point.ReadAt(x, at[0])),
                    new Set(index, new Apply(IsBetter(Third, Fourth), [new Name(value), new Name(best), new Name(place), new Name(index)])),
                    new Set(best, new Apply(IsBetter(First, Second), [new Name(value), new Name(best)])),
                    new Set(place, Sum(new Name(place), new Number(1))),
                ];
            IEnumerable<Statement> declarations = window.Kind == WindowKind.Index
                ? [new Let(value, new Number(0)), new Let(index, new Number(0)), new Let(place, new Number(0))]
                : [];
            return
            [
                new Let(best, Neutral(window.Kind == WindowKind.Sum ? ReduceKind.Sum : ReduceKind.Max)),
                .. declarations,
                .. Around([.. window.Axes.Select((axis, i) => ((Extent)axis.Size, (int[])[own[i]]))], [point.At(x)], point.Suffix, Step),
                .. target.Store(point, y, new Name(window.Kind == WindowKind.Index ? index : best)),
            ];
        }));
    }

    // y[place in the window of i] += x[i], at every place or at the one that an index names
    private void WindowScatter(NestTarget target, WindowScatterOperation scatter)
    {
        bool isExact = scatter.Axes.Select((axis, i) => axis.Size == axis.Stride && axis.Size * X.Shape[i] == _node.Shape[i]).All(exact => exact);
        int[] axes = NestValues.AxesOf(X.Shape), own = target.StridesOf();
        bool isWholeRow = axes.Length > 0 && axes[axes.Length - 1] == X.Shape.Rank - 1;
        Walk x = _values.Read(X, 0, strides => axes.Select(axis => strides[axis]), isWholeRow);
        Walk? indices = _node.Operands.Count == 2 ? _values.Read(_node.Operands[1], 0, strides => axes.Select(axis => strides[axis]), isWholeRow) : null;
        Walk y = target.Walk(0, strides => axes.Select(axis => strides[axis] * (axis < scatter.Axes.Count ? scatter.Axes[axis].Stride : 1)), isExact && isWholeRow);
        bool isScalar = new[] { x, y }.Any(walk => walk.LaneStep is not (0 or 1));
        if (!isExact || (isScalar && target.HasPadding))
        {
            _body.AddRange(Fill(target, 0));
        }

        _body.AddRange(_loops.Build(_node.IsBatched, NestValues.Extents(X.Shape, axes), indices is null ? [x, y] : [x, y, indices], point =>
        {
            string value = "value" + point.Suffix, index = "index" + point.Suffix, place = "place" + point.Suffix;
            List<Statement> before = [new Let(value, point.Read(x))];
            if (indices is not null)
            {
                before.AddRange([new Let(index, point.Read(indices)), new Let(place, new Number(0))]);
            }

            return
            [
                .. before,
                .. Around([.. scatter.Axes.Select((axis, i) => ((Extent)axis.Size, (int[])[own[i]]))], [point.At(y)], point.Suffix, at =>
                {
                    VectorExpression added = indices is null ? new Name(value)
                        : new Apply(ScalarExpression.Select(ScalarExpression.Of(ScalarOperation.Equal, First, Second), Third, 0.0), [new Name(index), new Name(place), new Name(value)]);
                    Statement store = point.StoreAt(y, at[0], isExact ? added : Sum(point.ReadAt(y, at[0]), added));
                    return indices is null ? [store] : [store, new Set(place, Sum(new Name(place), new Number(1)))];
                }),
            ];
        }));
    }

    private static ScalarExpression First { get; } = ScalarExpression.Argument(0);

    private static ScalarExpression Second { get; } = ScalarExpression.Argument(1);

    private static ScalarExpression Third { get; } = ScalarExpression.Argument(2);

    private static ScalarExpression Fourth { get; } = ScalarExpression.Argument(3);

    // value is larger than best, or the first NaN: not (value <= best) and best is a number
    private static ScalarExpression IsBetter(ScalarExpression then, ScalarExpression otherwise) => ScalarExpression.Select(
        ScalarExpression.Of(ScalarOperation.And,
            ScalarExpression.Of(ScalarOperation.Not, ScalarExpression.Of(ScalarOperation.LessOrEqual, First, Second)),
            ScalarExpression.Of(ScalarOperation.Equal, Second, Second)),
        then, otherwise);

    private static Number Neutral(ReduceKind kind) => new(kind == ReduceKind.Max ? double.NegativeInfinity : 0);

    private static Apply Combine(ReduceKind kind, VectorExpression a, VectorExpression b) =>
        new(kind == ReduceKind.Max ? Ops.Elementwise.Maximum.Value : Ops.Elementwise.Add.Value, [a, b]);

    // Loops inside a nest's point, written out where they are short; a loop of unknown length counts rows.
    private List<Statement> Around(IReadOnlyList<(Extent Extent, int[] Steps)> loops, IReadOnlyList<Address> start, string suffix, Func<IReadOnlyList<Address>, List<Statement>> body)
    {
        bool isShort = loops.All(loop => loop.Extent.IsConstant) && loops.Aggregate(1L, (product, loop) => product * loop.Extent.Constant) <= TilingPolicy.MostUnrolledPlaces;
        return Around(loops, 0, start, suffix, isShort, body);
    }

    private static List<Statement> Around(IReadOnlyList<(Extent Extent, int[] Steps)> loops, int depth, IReadOnlyList<Address> at, string suffix, bool isUnrolled, Func<IReadOnlyList<Address>, List<Statement>> body)
    {
        if (depth == loops.Count)
        {
            return body(at);
        }

        (Extent extent, int[] steps) = loops[depth];
        if (isUnrolled || extent is { IsConstant: true, Constant: 1 })
        {
            return [.. Enumerable.Range(0, extent.Constant).SelectMany(i => Around(loops, depth + 1, [.. at.Select((address, walk) => address.Plus(i * steps[walk]))], suffix, isUnrolled, body))];
        }

        string[] names = [.. at.Select((_, walk) => $"w{walk}_{depth}{suffix}")];
        return
        [
            .. at.Select((address, walk) => new LetReference(names[walk], address)),
            new Loop($"k{depth}{suffix}", extent,
            [
                .. Around(loops, depth + 1, [.. names.Select(name => new Address(name))], suffix, isUnrolled, body),
                .. steps.Select((step, walk) => new Advance(names[walk], step)).Where(move => move.Elements != 0),
            ]),
        ];
    }
}
