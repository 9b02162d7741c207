using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// Loops over the samples and any number of axes, the lanes along the last one. Neighbouring axes over which every value moves at one
/// distance become one loop. Where a value does not lie along the lanes one after another, the last axis is a loop over single values.
/// </summary>
internal sealed class LoopNest(ScheduleContext context, KernelSignature signature)
{
    private int _nests;

    /// <summary>The statements of a nest.</summary>
    /// <param name="isBatched">Whether there is a loop over the samples.</param>
    /// <param name="extents">The axes; the last one is that of the lanes.</param>
    /// <param name="walks">The values that the body reads and writes.</param>
    /// <param name="body">The statements for some columns.</param>
    /// <param name="row">Statements before the columns of each row.</param>
    /// <param name="isRow">Whether the last axis must stay as it is, because the body counts its columns.</param>
    public List<Statement> Build(bool isBatched, IReadOnlyList<int> extents, IReadOnlyList<Walk> walks, Func<NestPoint, IEnumerable<Statement>> body,
        Func<Func<Walk, Address>, IEnumerable<Statement>>? row = null, bool isRow = false) =>
        Build(isBatched, extents, walks, points => points.SelectMany(body), row, isRow);

    /// <summary>The statements of a nest whose body takes all columns of a row at once, where they are written out.</summary>
    public List<Statement> BuildTiles(bool isBatched, IReadOnlyList<int> extents, IReadOnlyList<Walk> walks, Func<IReadOnlyList<NestPoint>, IEnumerable<Statement>> tile) =>
        Build(isBatched, extents, walks, tile, row: null, isRow: true);

    private List<Statement> Build(bool isBatched, IReadOnlyList<int> extents, IReadOnlyList<Walk> walks, Func<IReadOnlyList<NestPoint>, IEnumerable<Statement>> body,
        Func<Func<Walk, Address>, IEnumerable<Statement>>? row, bool isRow)
    {
        walks = [.. walks.Distinct()];
        bool isScalar = walks.Any(walk => walk.LaneStep is not (0 or 1));
        List<Axis> axes = Merge(Axes(isBatched, extents, walks), isScalar && row is null, isRow || row is not null);
        var start = walks.ToDictionary(walk => walk, walk => new Address(walk.Reference, walk.Offset));
        string id = $"{_nests++}";
        return Loops(axes, isScalar, 0, start, id, body, row);
    }

    private List<Axis> Axes(bool isBatched, IReadOnlyList<int> extents, IReadOnlyList<Walk> walks)
    {
        var axes = new List<Axis>();
        if (isBatched && !context.IsSingleSample)
        {
            axes.Add(new Axis(1, IsPerSample: true, walks.ToDictionary(walk => walk, walk => walk.Steps[0])));
        }

        for (int axis = 0; axis < extents.Count; axis++)
        {
            if (extents[axis] != 1 || axis == extents.Count - 1)
            {
                axes.Add(new Axis(extents[axis], IsPerSample: false, walks.ToDictionary(walk => walk, walk => walk.Steps[axis + 1])));
            }
        }

        return axes;
    }

    // The samples are a number that only a call knows, so they never become columns.
    private static List<Axis> Merge(List<Axis> axes, bool isScalar, bool isRow)
    {
        for (int axis = axes.Count - 2; axis >= 0; axis--)
        {
            Axis outer = axes[axis], inner = axes[axis + 1];
            bool isLane = axis == axes.Count - 2;
            if ((!isLane || isScalar || (!outer.IsPerSample && !isRow)) && outer.Steps.All(step => step.Value == inner.Steps[step.Key] * inner.Extent))
            {
                axes[axis] = new Axis(outer.Extent * inner.Extent, outer.IsPerSample, inner.Steps);
                axes.RemoveAt(axis + 1);
            }
        }

        return axes;
    }

    private List<Statement> Loops(List<Axis> axes, bool isScalar, int depth, Dictionary<Walk, Address> at, string id,
        Func<IReadOnlyList<NestPoint>, IEnumerable<Statement>> body, Func<Func<Walk, Address>, IEnumerable<Statement>>? row)
    {
        if (depth == axes.Count)
        {
            return [.. body([new NestPoint(new Chunk(0, null, 1, 1, 1), "_" + id, walk => at[walk])])];
        }

        Axis axis = axes[depth];
        if (depth == axes.Count - 1)
        {
            List<Statement> before = [.. row?.Invoke(walk => at[walk]) ?? []];
            if (!isScalar && !axis.IsPerSample)
            {
                return [.. before, .. Columns(axis.Extent, at, id, body)];
            }

            return [.. before, .. Loop(axes, isScalar, depth, at, id, body, row: null)];
        }

        return Loop(axes, isScalar, depth, at, id, body, row);
    }

    private List<Statement> Loop(List<Axis> axes, bool isScalar, int depth, Dictionary<Walk, Address> at, string id,
        Func<IReadOnlyList<NestPoint>, IEnumerable<Statement>> body, Func<Func<Walk, Address>, IEnumerable<Statement>>? row)
    {
        Axis axis = axes[depth];
        if (axis is { Extent: 1, IsPerSample: false })
        {
            return Loops(axes, isScalar, depth + 1, at, id, body, row);
        }

        List<Statement> statements = [], moves = [];
        var inner = new Dictionary<Walk, Address>(at);
        int number = 0;
        foreach (KeyValuePair<Walk, int> step in axis.Steps)
        {
            string name = $"{step.Key.Reference}_{id}_{number++}_{depth}";
            if (step.Value != 0)
            {
                statements.Add(new LetReference(name, at[step.Key], step.Key.IsInteger));
                moves.Add(new Advance(name, step.Value));
                inner[step.Key] = new Address(name);
            }
        }

        Extent count = axis.IsPerSample ? signature.Count($"rows{id}", axis.Extent, perSample: true) : axis.Extent;
        statements.Add(new Loop($"i{id}_{depth}", count, [.. Loops(axes, isScalar, depth + 1, inner, id, body, row), .. moves]));
        return statements;
    }

    private List<Statement> Columns(int columns, Dictionary<Walk, Address> at, string id, Func<IReadOnlyList<NestPoint>, IEnumerable<Statement>> body)
    {
        int lanes = context.Machine.Lanes, whole = columns / lanes;
        if (columns <= lanes * TilingPolicy.MostUnrolledNestVectors)
        {
            return [.. body([.. Chunk.Unrolled(columns, lanes).Select(chunk => new NestPoint(chunk, $"_{id}_{chunk.Start}", walk => at[walk]))])];
        }

        string counter = "column" + id;
        List<Statement> statements = [new Loop(counter, whole, [.. body([new NestPoint(new Chunk(0, counter, lanes, lanes, columns), $"_{id}_c", walk => at[walk])])], CountsUp: true)];
        if (columns % lanes != 0)
        {
            statements.AddRange(body([new NestPoint(new Chunk(whole * lanes, null, columns % lanes, lanes, columns), $"_{id}_t", walk => at[walk])]));
        }

        return statements;
    }

    private sealed record Axis(int Extent, bool IsPerSample, Dictionary<Walk, int> Steps);
}

/// <summary>Some columns of one row of a nest.</summary>
/// <param name="Chunk">The columns.</param>
/// <param name="Suffix">Distinguishes the names of this point from those of others.</param>
/// <param name="Row">Where a value's row begins.</param>
internal sealed record NestPoint(Chunk Chunk, string Suffix, Func<Walk, Address> Row)
{
    /// <summary>The address of the first column.</summary>
    public Address At(Walk walk) => walk.LaneStep == 0 || Chunk.IsOneValue ? Row(walk) : Chunk.At(Row(walk).Reference).Plus(Row(walk).Offset);

    /// <summary>The columns as a vector, an offset behind.</summary>
    public VectorExpression Read(Walk walk, int offset = 0) => ReadAt(walk, At(walk).Plus(offset));

    /// <summary>The columns as a vector, from an address that a loop inside the nest has moved.</summary>
    public VectorExpression ReadAt(Walk walk, Address address) => walk.LaneStep == 0 || Chunk.IsOneValue
        ? new Spread(address, walk.IsInteger)
        : new Load(address, Chunk.IsWhole || (walk.IsPadded && !walk.IsInteger) ? Chunk.Width : Chunk.Lanes, walk.IsInteger);

    /// <summary>Stores a vector; padding becomes zero.</summary>
    public Statement Store(Walk walk, VectorExpression value) => StoreAt(walk, At(walk), value);

    public Statement StoreAt(Walk walk, Address address, VectorExpression value) => walk.IsPadded && !Chunk.IsWhole ? new Store(address, new Keep(value, Chunk.Lanes), Chunk.Width)
        : Chunk.IsOneValue ? new StoreOne(address, value)
        : new Store(address, value, Chunk.Lanes);
}
