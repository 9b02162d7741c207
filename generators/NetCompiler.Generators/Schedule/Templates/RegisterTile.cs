using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>One loop of a sum: how often, and how far it moves the broadcast numbers, the vectors and the places of a mask.</summary>
internal readonly record struct ReductionLoop(Extent Count, int NumberStep, int VectorStep, int MaskStep = 0);

/// <summary>Vectors of which every step takes one place of a window after the other: the lanes whose number it is, the others zero.</summary>
/// <param name="Reference">The reference of the vectors with the numbers of the places.</param>
/// <param name="Stride">The floats between them.</param>
/// <param name="Offsets">For each place how far the broadcast numbers lie behind those of the first.</param>
internal sealed record WindowMask(string Reference, int Stride, IReadOnlyList<int> Offsets);

/// <summary>
/// A block of sums in registers: rows of broadcast numbers at constant offsets times vectors of lanes. The one inner loop of every heavy
/// kernel of images; only the offsets and the loops change.
/// </summary>
/// <param name="offsets">For each row the place of its number behind the reference.</param>
/// <param name="chunks">The vectors across.</param>
/// <param name="vectorStride">The floats between the vectors of one step and the next, which tell whether a whole one may be read.</param>
/// <param name="mask">What the vectors are masked with, or null.</param>
internal sealed class RegisterTile(IReadOnlyList<int> offsets, IReadOnlyList<Chunk> chunks, int vectorStride, WindowMask? mask = null)
{
    private static readonly ScalarExpression MaskedVector = ScalarExpression.Select(
        ScalarExpression.Of(ScalarOperation.Equal, ScalarExpression.Argument(0), ScalarExpression.Argument(1)), ScalarExpression.Argument(2), 0.0);

    private readonly int _products = offsets.Count * chunks.Count * (mask?.Offsets.Count ?? 1);

    private static readonly NumberedNames SumNames = new("c"), NumberNames = new("a"), VectorNames = new("b"), MaskedNames = new("d"), PlaceNames = new("i"), Suffixes = new("_");

    /// <summary>The register of a sum.</summary>
    public static Name SumOf(int row, Chunk chunk) => SumNames[row, chunk.Start];

    /// <summary>Its name.</summary>
    public static string Sum(int row, Chunk chunk) => SumOf(row, chunk).Text;

    /// <summary>The register of a step's broadcast number.</summary>
    public static Name NumberOf(int step, int row) => NumberNames[step, row];

    /// <summary>The register of a step's vector.</summary>
    public static Name VectorOf(int step, Chunk chunk) => VectorNames[step, chunk.Start];

    /// <summary>What the names of other registers of a sum end in.</summary>
    public static string Suffix(int row, Chunk chunk) => Suffixes[row, chunk.Start].Text;

    /// <summary>All sums, row by row.</summary>
    public IEnumerable<(int Row, Chunk Chunk)> Sums => Enumerable.Range(0, offsets.Count).SelectMany(row => chunks.Select(chunk => (row, chunk)));

    /// <summary>Declares the sums.</summary>
    public IEnumerable<Statement> Declare(Func<int, Chunk, VectorExpression> start) => Sums.Select(at => new Let(Sum(at.Row, at.Chunk), start(at.Row, at.Chunk)));

    /// <summary>The loops of a sum, the outermost first: those of one step are gone, and neighbours that walk on evenly are one.</summary>
    public static List<ReductionLoop> Merge(params IReadOnlyList<ReductionLoop> loops)
    {
        var merged = new List<ReductionLoop>();
        foreach (ReductionLoop loop in loops.Where(loop => !loop.Count.IsConstant || loop.Count.Constant != 1))
        {
            if (merged.Count > 0 && merged[merged.Count - 1] is var outer && loop.Count.IsConstant
                && outer.NumberStep == loop.Count.Constant * loop.NumberStep && outer.VectorStep == loop.Count.Constant * loop.VectorStep
                && outer.MaskStep == loop.Count.Constant * loop.MaskStep && outer.Count.IsConstant)
            {
                merged[merged.Count - 1] = loop with { Count = outer.Count.Constant * loop.Count.Constant };
            }
            else
            {
                merged.Add(loop);
            }
        }

        return merged;
    }

    /// <summary>The statements that add all products to the sums.</summary>
    /// <param name="numbers">The reference of the broadcast numbers.</param>
    /// <param name="vectors">The reference of the vectors.</param>
    /// <param name="loops">The loops of the sum, merged.</param>
    public List<Statement> Reduce(string numbers, string vectors, IReadOnlyList<ReductionLoop> loops)
    {
        List<Statement> body = [new LetReference("ak", new Address(numbers)), new LetReference("bk", new Address(vectors))];
        body.AddRange(mask is null ? [] : [new LetReference("ik", new Address(mask.Reference))]);
        int total = loops.Aggregate(1, (product, loop) => loop.Count.IsConstant && product > 0 ? product * loop.Count.Constant : 0);
        if (total > 0 && TilingPolicy.IsUnrolledWhole(total, _products))
        {
            body.AddRange(Steps(Places(loops)));
            return body;
        }

        body.AddRange(Loops(loops, 0));
        return body;
    }

    private List<Statement> Loops(IReadOnlyList<ReductionLoop> loops, int level)
    {
        ReductionLoop loop = loops[level];
        if (level == loops.Count - 1)
        {
            int unroll = loop.Count.IsConstant ? TilingPolicy.UnrollTile(loop.Count.Constant, _products) : 1;
            List<Statement> steps = [.. Steps([.. Enumerable.Range(0, unroll).Select(step => (step * loop.NumberStep, step * loop.VectorStep, step * loop.MaskStep))])];
            steps.AddRange(Moves(unroll * loop.NumberStep, unroll * loop.VectorStep, unroll * loop.MaskStep));
            return [new Loop($"k{level}", loop.Count.IsConstant ? loop.Count.Constant / unroll : loop.Count, steps)];
        }

        // The inner loop has moved the references on.
        ReductionLoop inner = loops[level + 1];
        List<Statement> body = Loops(loops, level + 1);
        int count = inner.Count.Constant;
        body.AddRange(Moves(loop.NumberStep - (count * inner.NumberStep), loop.VectorStep - (count * inner.VectorStep), loop.MaskStep - (count * inner.MaskStep)));
        return [new Loop($"k{level}", loop.Count, body)];
    }

    private static IEnumerable<Statement> Moves(int numbers, int vectors, int masks) =>
        new (string Reference, int Step)[] { ("ak", numbers), ("bk", vectors), ("ik", masks) }.Where(move => move.Step != 0).Select(move => new Advance(move.Reference, move.Step));

    // Every step of all loops, in their order.
    private static List<(int Number, int Vector, int Mask)> Places(IReadOnlyList<ReductionLoop> loops)
    {
        List<(int Number, int Vector, int Mask)> places = [(0, 0, 0)];
        foreach (ReductionLoop loop in loops)
        {
            places = [.. places.SelectMany(place => Enumerable.Range(0, loop.Count.Constant).Select(step => (place.Number + (step * loop.NumberStep), place.Vector + (step * loop.VectorStep), place.Mask + (step * loop.MaskStep))))];
        }

        return places;
    }

    private IEnumerable<Statement> Steps(IReadOnlyList<(int Number, int Vector, int Mask)> places)
    {
        for (int step = 0; step < places.Count; step++)
        {
            (int number, int vector, int masked) = places[step];
            foreach (Chunk chunk in chunks)
            {
                yield return new Let((mask is null ? VectorOf(step, chunk) : MaskedNames[step, chunk.Start]).Text, Read("bk", vector, vectorStride, chunk));
                if (mask is not null)
                {
                    yield return new Let(PlaceNames[step, chunk.Start].Text, Read("ik", masked, mask.Stride, chunk));
                }
            }

            foreach (Statement product in mask is null ? Products(number, row => NumberOf(step, row), chunk => VectorOf(step, chunk))
                : mask.Offsets.SelectMany((offset, place) => Masked(step, place, number + offset)))
            {
                yield return product;
            }
        }
    }

    private static Load Read(string reference, int offset, int stride, Chunk chunk)
    {
        bool isWhole = chunk.IsWhole || (stride % TilingPolicy.RowAlignment == 0 && stride >= chunk.Start + chunk.Width);
        return new Load(new Address(reference, offset + chunk.Start), isWhole ? chunk.Width : chunk.Lanes);
    }

    // One place of the window: its vectors, then the products with them.
    private IEnumerable<Statement> Masked(int step, int place, int number)
    {
        string suffix = NumberText.Integer(step) + "_" + NumberText.Integer(place) + "_";
        Name Vector(Chunk chunk) => new("b" + suffix + NumberText.Integer(chunk.Start));
        return chunks.Select(chunk => new Let(Vector(chunk).Text, new Apply(MaskedVector, [PlaceNames[step, chunk.Start], new Number(place), MaskedNames[step, chunk.Start]])))
            .Concat(Products(number, row => new Name("a" + suffix + NumberText.Integer(row)), Vector));
    }

    // All rows of one step: their numbers times the step's vectors.
    private IEnumerable<Statement> Products(int number, Func<int, Name> numberOf, Func<Chunk, Name> vectorOf)
    {
        Name[] vectors = [.. chunks.Select(vectorOf)];
        for (int row = 0; row < offsets.Count; row++)
        {
            Name factor = numberOf(row);
            yield return new Let(factor.Text, new Spread(new Address("ak", offsets[row] + number)));
            for (int i = 0; i < vectors.Length; i++)
            {
                Name sum = SumOf(row, chunks[i]);
                yield return new Set(sum.Text, new MultiplyAdd(factor, vectors[i], sum));
            }
        }
    }
}
