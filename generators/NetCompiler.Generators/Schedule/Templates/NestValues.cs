using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>Makes the walks of a nest over the axes of a shape: axes of one value are left out, the last of the others is that of the lanes.</summary>
internal sealed class NestValues(ScheduleContext context, KernelSignature signature)
{
    /// <summary>The axes that a nest over a shape needs; a shape of single values keeps its last one.</summary>
    public static int[] AxesOf(Shape shape)
    {
        int[] axes = [.. Enumerable.Range(0, shape.Rank).Where(axis => shape[axis] != 1)];
        return axes.Length > 0 || shape.Rank == 0 ? axes : [shape.Rank - 1];
    }

    /// <summary>The extents of some axes; a number is an axis of one value.</summary>
    public static int[] Extents(Shape shape, int[] axes) => axes.Length == 0 ? [1] : [.. axes.Select(axis => shape[axis])];

    /// <summary>An operand that has the axes of the nest's shape, the last ones aligned; where it has one value, it is repeated.</summary>
    public Walk Repeated(Node node, Shape shape, int[] axes)
    {
        int missing = shape.Rank - node.Shape.Rank;
        return Read(node, 0, strides => axes.Select(axis => axis < missing || node.Shape[axis - missing] == 1 ? 0 : strides[axis - missing]), IsWholeRow(node.Shape, axes, missing));
    }

    /// <summary>An operand whose steps follow from its strides.</summary>
    /// <param name="node">The operand.</param>
    /// <param name="offset">The floats to the first value.</param>
    /// <param name="steps">The steps along the axes of the nest.</param>
    /// <param name="isWholeRow">Whether the lanes run along a whole row of it.</param>
    public Walk Read(Node node, int offset, Func<int[], IEnumerable<int>> steps, bool isWholeRow = false)
    {
        Place place = context.Storage.PlaceOf(node);
        bool isInteger = context.Storage.IsInteger(node);
        int[] own = [.. steps(Strides.Of(place, node.Shape))];
        return new Walk(signature.Reference(place, isInteger), offset, [node.IsBatched ? place.SampleStride : 0, .. own.DefaultIfEmpty(0)], isInteger, isWholeRow && IsPadded(place, node.Shape));
    }

    public int[] StridesOf(Node node) => Strides.Of(context.Storage.PlaceOf(node), node.Shape);

    /// <summary>Every place that a node is written to.</summary>
    public IReadOnlyList<NestTarget> Targets(Node node) =>
        [.. context.StoresOf(node).Select(store => new NestTarget(node, store.Place, signature.Reference(store.Place, stem: "y"),
            store.IsGradient ? signature.Accumulate(store.IsAddend) : null, store.IsAddend, IsPadded(store.Place, node.Shape)))];

    private static bool IsWholeRow(Shape shape, int[] axes, int missing) => axes.Length > 0 && axes[axes.Length - 1] == shape.Rank - 1 && axes[axes.Length - 1] >= missing;

    /// <summary>Whether rows end in zeros up to a whole vector.</summary>
    public static bool IsPadded(Place place, Shape shape) => !place.IsPart && place.Arena is Arena.Batched or Arena.Fixed && shape.Rank > 0 && shape[-1] != 1
        && place.RowStride > shape[-1] && place.RowStride % TilingPolicy.RowAlignment == 0;
}

/// <summary>A place that a nest writes to.</summary>
/// <param name="Node">The value.</param>
/// <param name="Place">Where it goes.</param>
/// <param name="Reference">The kernel's parameter.</param>
/// <param name="Accumulate">The flag that says whether it is added to what is there, or null.</param>
/// <param name="IsAddend">Whether it always is.</param>
/// <param name="HasPadding">Whether rows end in padding, which must be zero.</param>
internal sealed record NestTarget(Node Node, Place Place, string Reference, string? Accumulate, bool IsAddend, bool HasPadding)
{
    /// <summary>A walk over the whole value along some of its axes.</summary>
    public Walk Along(int[] axes) => Walk(0, strides => axes.Select(axis => strides[axis]), axes.Length > 0 && axes[axes.Length - 1] == Node.Shape.Rank - 1);

    /// <summary>A walk whose steps follow from the strides.</summary>
    public Walk Walk(int offset, Func<int[], IEnumerable<int>> steps, bool isWholeRow = false) =>
        new(Reference, offset, [Node.IsBatched ? Place.SampleStride : 0, .. steps(Strides.Of(Place, Node.Shape)).DefaultIfEmpty(0)], IsPadded: isWholeRow && HasPadding);

    public int[] StridesOf() => Strides.Of(Place, Node.Shape);

    /// <summary>The statements that store a value, added to what is there where the caller says so.</summary>
    public IEnumerable<Statement> Store(NestPoint point, Walk walk, VectorExpression value, int offset = 0)
    {
        Address address = point.At(walk).Plus(offset);
        if (Accumulate is null)
        {
            yield return point.StoreAt(walk, address, value);
            yield break;
        }

        string sum = $"{Reference}{point.Suffix}_sum{offset}";
        foreach (Statement statement in Accumulation.Of(sum, value, Accumulate, point.ReadAt(walk, address)))
        {
            yield return statement;
        }

        yield return point.StoreAt(walk, address, new Name(sum));
    }
}
