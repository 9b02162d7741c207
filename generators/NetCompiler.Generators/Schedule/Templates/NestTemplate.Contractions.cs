using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// Any contraction: loops over the labels of the result around loops over those that it lacks. The lanes run along the result's last axis
/// where the operands do too or do not depend on it, else along a last axis that both operands sum over, else there is one.
/// </summary>
internal sealed partial class NestTemplate
{
    private void Contract(NestTarget target, ContractOperation contract)
    {
        Label[] labels = Labels(target, contract);
        Label[] kept = [.. labels.Where(label => label.IsKept)], summed = [.. labels.Where(label => !label.IsKept)];
        bool isScatter = contract.Result.Contains('(');
        Label? lane = kept.LastOrDefault(label => !label.IsBatch && label.Result == 1 && label is { Left: 0 or 1, Right: 0 or 1 });
        Label? dotted = lane is null ? summed.FirstOrDefault(label => !label.IsBatch && label is { Left: 1, Right: 1 }) : null;
        Label[] outer = [.. kept.Where(label => label != lane && !label.IsBatch)];
        bool isBatched = kept.Any(label => label.IsBatch);
        bool isWholeRow = lane is not null && !isScatter && lane.Extent == _node.Shape[-1];
        Walk Walked(Node node, Func<Label, int> step, bool isPadded)
        {
            Place place = _context.Storage.PlaceOf(node);
            return new Walk(_signature.Reference(place), 0, Steps(kept, outer, lane, step), IsPadded: isPadded);
        }

        Walk a = Walked(X, label => label.Left, lane?.Left == 1 && NestValues.IsPadded(_context.Storage.PlaceOf(X), X.Shape) && X.Shape[-1] == lane.Extent);
        Node other = _node.Operands[1];
        Walk b = Walked(other, label => label.Right, lane?.Right == 1 && NestValues.IsPadded(_context.Storage.PlaceOf(other), other.Shape) && other.Shape[-1] == lane.Extent);
        var y = new Walk(target.Reference, 0, Steps(kept, outer, lane, label => label.Result), IsPadded: isWholeRow && target.HasPadding);
        if (isScatter)
        {
            _body.AddRange(Fill(target, 0));
        }
        else
        {
            ClearPadding(target, y);
        }

        Label[] inner = [.. summed.Where(label => label != dotted)];
        if (lane is not null)
        {
            Tiles(target, y, a, b, isBatched, outer, lane, inner, isScatter);
            return;
        }

        // Without lanes along the result its last label is an axis as any other, of single values.
        _body.AddRange(_loops.Build(isBatched, [.. outer.Select(label => label.Extent), 1], [y, a, b], point =>
        {
            string sum = "sum" + point.Suffix;
            List<Statement> statements = [new Let(sum, new Number(0))];
            statements.AddRange(Around(Reduced(inner), [point.At(a), point.At(b)], point.Suffix, at => dotted is null
                ? [new Set(sum, new MultiplyAdd(point.ReadAt(a, at[0]), point.ReadAt(b, at[1]), new Name(sum)))]
                : Dot(sum, at[0], at[1], dotted.Extent, point.Suffix)));
            if (dotted is not null)
            {
                statements.Add(new Set(sum, new Across(IsMaximum: false, new Name(sum))));
            }

            return isScatter ? [.. statements, point.Store(y, Sum(new Name(sum), point.Read(y)))] : [.. statements, .. target.Store(point, y, new Name(sum))];
        }));
    }

    // Rows of broadcast numbers times vectors of lanes, as many as the registers hold; rows are a label on which the lanes' operand does not depend.
    private void Tiles(NestTarget target, Walk y, Walk a, Walk b, bool isBatched, Label[] outer, Label lane, Label[] inner, bool isScatter)
    {
        int width = _context.Machine.Lanes * TilingPolicy.NestTileVectors, vectors = Math.Min(TilingPolicy.NestTileVectors, (lane.Extent + _context.Machine.Lanes - 1) / _context.Machine.Lanes);
        bool isRightAlongLanes = lane.Right == 1;
        bool mayOverlap = isScatter && !AxisLabels.Tokens(((ContractOperation)_node.Operation).Result).Contains(lane.Name.ToString());
        Label? rows = mayOverlap ? null : outer.Where(label => (isRightAlongLanes ? label.Right : label.Left) == 0).OrderByDescending(label => label.Extent).FirstOrDefault();
        int most = rows is null ? 1 : Math.Max(1, TilingPolicy.NestTileSums(_context.Machine) / vectors), extent = rows?.Extent ?? 1;
        int height = (extent + ((extent + most - 1) / most) - 1) / ((extent + most - 1) / most);
        Label[] others = [.. outer.Where(label => label != rows)];
        foreach ((int firstRow, int tiles, int tall) in Parts(extent, height))
        {
            foreach ((int firstColumn, int blocks, int wide) in Parts(lane.Extent, width))
            {
                Walk Part(Walk walk, Func<Label, int> step) => walk with
                {
                    Offset = (firstRow * (rows is null ? 0 : step(rows))) + (firstColumn * step(lane)),
                    Steps = [walk.Steps[0], .. others.Select(step), rows is null ? 0 : tall * step(rows), wide * step(lane), step(lane)],
                };
                Walk left = Part(a, label => label.Left), right = Part(b, label => label.Right), result = Part(y, label => label.Result);
                _body.AddRange(_loops.BuildTiles(isBatched, [.. others.Select(label => label.Extent), tiles, blocks, wide], [result, left, right],
                    points => Tile(target, points, result, left, right, rows, tall, inner, isScatter)));
            }
        }
    }

    private IEnumerable<Statement> Tile(NestTarget target, IReadOnlyList<NestPoint> points, Walk y, Walk a, Walk b, Label? rows, int tall, Label[] inner, bool isScatter)
    {
        string Sum(NestPoint point, int row) => $"sum{point.Suffix}_{row}";
        int stepA = rows?.Left ?? 0, stepB = rows?.Right ?? 0, stepY = rows?.Result ?? 0;
        var cells = points.SelectMany(point => Enumerable.Range(0, tall).Select(row => (Point: point, Row: row))).ToArray();
        foreach ((NestPoint point, int row) in cells)
        {
            yield return new Let(Sum(point, row), isScatter ? point.Read(y, row * stepY) : new Number(0));
        }

        // Inside the loops references stand on the row's first column: columns are offsets behind them.
        List<Statement> Step(IReadOnlyList<Address> at, int number)
        {
            List<Statement> statements = [];
            VectorExpression Operand(string name, NestPoint point, Walk walk, Address address, int row, int step)
            {
                string own = $"{name}{number}{points[0].Suffix}{(walk.LaneStep == 0 ? "" : point.Suffix)}_{(step == 0 ? 0 : row)}";
                if (statements.OfType<Let>().All(let => let.Name != own))
                {
                    Address there = address.Plus((row * step) + (walk.LaneStep == 0 ? 0 : point.Chunk.Start));
                    statements.Add(new Let(own, point.ReadAt(walk, there)));
                }

                return new Name(own);
            }

            foreach ((NestPoint point, int row) in cells)
            {
                VectorExpression left = Operand("l", point, a, at[0], row, stepA), right = Operand("r", point, b, at[1], row, stepB);
                statements.Add(new Set(Sum(point, row), new MultiplyAdd(left, right, new Name(Sum(point, row)))));
            }

            return statements;
        }

        int numbers = 0;
        IReadOnlyList<(Extent Extent, int[] Steps)> loops = Reduced(inner);
        bool isShort = loops.All(loop => loop.Extent.IsConstant) && loops.Aggregate((long)cells.Length, (product, loop) => product * loop.Extent.Constant) <= TilingPolicy.MostUnrolledProducts;
        foreach (Statement statement in Around(loops, 0, [points[0].Row(a), points[0].Row(b)], points[0].Suffix, isShort, at => Step(at, isShort ? numbers++ : 0)))
        {
            yield return statement;
        }

        foreach ((NestPoint point, int row) in cells)
        {
            if (isScatter)
            {
                yield return point.StoreAt(y, point.At(y).Plus(row * stepY), new Name(Sum(point, row)));
                continue;
            }

            foreach (Statement statement in target.Store(point, y, new Name(Sum(point, row)), row * stepY))
            {
                yield return statement;
            }
        }
    }

    // As many whole parts as there are, then what is left: the first index, the number of parts, the size of each.
    private static IEnumerable<(int First, int Count, int Size)> Parts(int extent, int size)
    {
        if (extent >= size)
        {
            yield return (0, extent / size, size);
        }

        if (extent % size != 0)
        {
            yield return (extent - (extent % size), 1, extent % size);
        }
    }

    private IReadOnlyList<(Extent Extent, int[] Steps)> Reduced(Label[] labels) => [.. labels.Select(label => (label.IsBatch ? Samples() : label.Extent, (int[])[label.Left, label.Right]))];

    private Extent Samples() => _context.IsSingleSample ? 1 : _signature.Parameters.Any(parameter => parameter.Name == "samples")
        ? "samples" : _signature.Count("samples", 1, perSample: true);

    // sum += a b along an axis of both
    private List<Statement> Dot(string sum, Address a, Address b, int length, string suffix)
    {
        int lanes = _context.Machine.Lanes, whole = length / lanes;
        List<Statement> statements = [];
        VectorExpression Term(Address left, Address right, int there) => new MultiplyAdd(new Load(left, there), new Load(right, there), new Name(sum));
        if (whole > TilingPolicy.MostUnrolledNestVectors)
        {
            string counter = "dot" + suffix;
            statements.AddRange([new LetReference("da" + suffix, a), new LetReference("db" + suffix, b)]);
            (a, b) = (new Address("da" + suffix), new Address("db" + suffix));
            statements.Add(new Loop(counter, whole, [new Set(sum, Term(a with { Index = counter, Stride = lanes }, b with { Index = counter, Stride = lanes }, lanes))], CountsUp: true));
        }
        else
        {
            statements.AddRange(Enumerable.Range(0, whole).Select(i => new Set(sum, Term(a.Plus(i * lanes), b.Plus(i * lanes), lanes))));
        }

        if (length % lanes != 0)
        {
            statements.Add(new Set(sum, Term(a.Plus(whole * lanes), b.Plus(whole * lanes), length % lanes)));
        }

        return statements;
    }

    private static EquatableArray<int> Steps(Label[] kept, Label[] outer, Label? lane, Func<Label, int> step) =>
        [kept.FirstOrDefault(label => label.IsBatch) is { } batch ? step(batch) : 0, .. outer.Select(step), lane is null ? 0 : step(lane)];

    // Every label with its extent and the floats that a step of it covers in each value: an axis that is a sum of labels moves with all of them.
    private Label[] Labels(NestTarget target, ContractOperation contract)
    {
        Dictionary<char, int> extents = ShapeRules.Extents(contract, _node.Operands);
        IReadOnlyDictionary<char, int> left = StepsOf(contract.Left, _values.StridesOf(X), _context.Storage.PlaceOf(X).SampleStride);
        IReadOnlyDictionary<char, int> right = StepsOf(contract.Right, _values.StridesOf(_node.Operands[1]), _context.Storage.PlaceOf(_node.Operands[1]).SampleStride);
        IReadOnlyDictionary<char, int> result = StepsOf(contract.Result, target.StridesOf(), target.Place.SampleStride);
        return
        [
            .. result.Keys.Concat(left.Keys).Concat(right.Keys).Distinct()
                .Where(name => name == AxisLabels.Batch || extents[name] > 1)
                .Select(name => new Label(name, name == AxisLabels.Batch ? 1 : extents[name], result.ContainsKey(name),
                    left.TryGetValue(name, out int l) ? l : 0, right.TryGetValue(name, out int r) ? r : 0, result.TryGetValue(name, out int y) ? y : 0)),
        ];
    }

    private static Dictionary<char, int> StepsOf(string labels, int[] strides, int sampleStride)
    {
        var steps = new Dictionary<char, int>();
        int axis = 0;
        foreach (IReadOnlyList<AxisTerm> terms in AxisLabels.Parse(labels))
        {
            bool isBatch = terms[0].Label == AxisLabels.Batch;
            foreach (AxisTerm term in terms)
            {
                steps[term.Label] = (steps.TryGetValue(term.Label, out int other) ? other : 0) + (term.Stride * (isBatch ? sampleStride : strides[axis]));
            }

            axis += isBatch ? 0 : 1;
        }

        return steps;
    }

    private sealed record Label(char Name, int Extent, bool IsKept, int Left, int Right, int Result)
    {
        public bool IsBatch => Name == AxisLabels.Batch;
    }
}
