using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule;

/// <summary>How the loops of a space walk over a value in memory.</summary>
/// <param name="Place">Where it lies.</param>
/// <param name="RowStep">The floats from one row to the next, 0 for a value that rows share.</param>
/// <param name="SampleStep">The floats from one sample to the next, 0 for a value that samples share.</param>
/// <param name="IsAlongLanes">Whether columns differ; otherwise one value serves a whole row.</param>
/// <param name="IsInteger">Whether it holds class indices.</param>
internal sealed record Access(Place Place, int RowStep, int SampleStep, bool IsAlongLanes, bool IsInteger)
{
    /// <summary>The floats between rows when samples and their rows are walked as one sequence.</summary>
    public int SequenceStep(Space space) => space.Rows == 1 || RowStep == 0 ? SampleStep : RowStep;

    public static Access Of(Node node, Space space, StoragePlan storage)
    {
        Place place = storage.PlaceOf(node);
        bool isInteger = storage.IsInteger(node);
        int sample = node.IsBatched ? place.SampleStride : 0;
        int length = (int)node.Shape.Length, last = node.Shape.Rank == 0 ? 1 : node.Shape[-1];
        Space own = Space.Of(node);
        if (length == 1)
        {
            return new Access(place, 0, sample, space.IsSingle && space.IsBatched && node.IsBatched, isInteger);
        }

        if (own.Rows == 1 && own.Columns == space.Columns && last != 1 && (!node.IsBatched || space.Rows > 1))
        {
            return new Access(place, 0, sample, IsAlongLanes: true, isInteger);
        }

        if (own.Rows == space.Rows && own.Columns == space.Columns && (last != 1 || space.Rows == 1))
        {
            return new Access(place, place.RowStride, sample, IsAlongLanes: true, isInteger);
        }

        if (last == 1 && length == space.Rows)
        {
            return new Access(place, 1, sample, IsAlongLanes: false, isInteger);
        }

        throw new InvalidOperationException($"A value of shape {node.Shape} cannot be read in {space.Rows} rows of {space.Columns} columns.");
    }

    /// <summary>Whether the loops of a space can read a value: others need a nest of their own.</summary>
    public static bool Fits(Node node, Space space)
    {
        Space own = Space.Of(node);
        int length = (int)node.Shape.Length, last = node.Shape.Rank == 0 ? 1 : node.Shape[-1];
        return length == 1 || node.Operation is ConstantOperation or IotaOperation
            || (own.Columns == space.Columns && (own.Rows == 1 ? last != 1 && (!node.IsBatched || space.Rows > 1) : own.Rows == space.Rows && last != 1))
            || (own.Columns == space.Columns && own.Rows == space.Rows && (last != 1 || space.Rows == 1))
            || (last == 1 && length == space.Rows);
    }

    /// <summary>Whether a whole vector may be read at a column although the row ends before: our own rows are padded with zeros.</summary>
    public bool IsPaddedTo(int end, int columns) => end <= columns || (!Place.IsPart && Place.RowStride >= end && Place.RowStride % TilingPolicy.RowAlignment == 0 && Place.RowStride > columns)
        || (RowStep == 0 && !Place.IsPart && Place.Arena is Arena.Parameters or Arena.Statistics && end <= TilingPolicy.Align(columns));

    /// <summary>A vector of the row that the reference stands on, or of one <paramref name="offset"/> floats behind.</summary>
    public VectorExpression Read(string reference, Chunk chunk, int offset = 0)
    {
        if (!IsAlongLanes || chunk.IsOneValue)
        {
            return new Spread(new Address(reference, offset), IsInteger);
        }

        bool isWhole = chunk.IsWhole || (chunk.Lanes.IsConstant && !IsInteger && IsPaddedTo(chunk.Start + chunk.Width, chunk.Columns));
        return new Load(chunk.At(reference).Plus(offset), isWhole ? chunk.Width : chunk.Lanes, IsInteger);
    }
}

/// <summary>A vector's worth of columns.</summary>
/// <param name="Start">The first column, or 0 in a loop.</param>
/// <param name="Counter">The counter of the loop over whole vectors, or null.</param>
/// <param name="Lanes">The columns there are.</param>
/// <param name="Width">The columns that fit.</param>
/// <param name="Columns">The columns of the row.</param>
internal sealed record Chunk(int Start, string? Counter, Extent Lanes, int Width, int Columns)
{
    /// <summary>The columns that the counter moves on by; the width where it is 0.</summary>
    public int CounterStep { get; init; }

    public bool IsWhole => Lanes.IsConstant && Lanes.Constant == Width;

    /// <summary>Whether the row has one value in all.</summary>
    public bool IsOneValue => Columns == 1 && Lanes.IsConstant && Lanes.Constant == 1;

    public Address At(string reference) => new(reference, Start, Counter, Counter is null ? 0 : CounterStep == 0 ? Width : CounterStep);

    /// <summary>The columns of a row in vectors, the last of which may be short.</summary>
    public static IEnumerable<Chunk> Unrolled(int columns, int width)
    {
        for (int start = 0; start < columns; start += width)
        {
            yield return new Chunk(start, null, Math.Min(width, columns - start), width, columns);
        }
    }
}
