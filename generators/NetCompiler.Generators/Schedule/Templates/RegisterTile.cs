using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>One loop of a sum: how often, and how far it moves the broadcast numbers and the vectors.</summary>
internal readonly record struct ReductionLoop(Extent Count, int NumberStep, int VectorStep);

/// <summary>
/// A block of sums in registers: rows of broadcast numbers at constant offsets times vectors of lanes. The one inner loop of every heavy
/// kernel of images; only the offsets and the loops change.
/// </summary>
/// <param name="offsets">For each row the place of its number behind the reference.</param>
/// <param name="chunks">The vectors across.</param>
/// <param name="vectorStride">The floats between the vectors of one step and the next, which tell whether a whole one may be read.</param>
internal sealed class RegisterTile(IReadOnlyList<int> offsets, IReadOnlyList<Chunk> chunks, int vectorStride)
{
    private readonly int _products = offsets.Count * chunks.Count;

    public static string Sum(int row, Chunk chunk) => $"c{row}_{chunk.Start}";

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
                && outer.NumberStep == loop.Count.Constant * loop.NumberStep && outer.VectorStep == loop.Count.Constant * loop.VectorStep && outer.Count.IsConstant)
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
            List<Statement> steps = [.. Steps([.. Enumerable.Range(0, unroll).Select(step => (step * loop.NumberStep, step * loop.VectorStep))])];
            steps.AddRange([new Advance("ak", unroll * loop.NumberStep), new Advance("bk", unroll * loop.VectorStep)]);
            return [new Loop($"k{level}", loop.Count.IsConstant ? loop.Count.Constant / unroll : loop.Count, steps)];
        }

        // The inner loop has moved the references on.
        ReductionLoop inner = loops[level + 1];
        List<Statement> body = Loops(loops, level + 1);
        int numbers = loop.NumberStep - (inner.Count.Constant * inner.NumberStep), vectors = loop.VectorStep - (inner.Count.Constant * inner.VectorStep);
        body.AddRange(numbers == 0 ? [] : [new Advance("ak", numbers)]);
        body.AddRange(vectors == 0 ? [] : [new Advance("bk", vectors)]);
        return [new Loop($"k{level}", loop.Count, body)];
    }

    // Every step of all loops, in their order.
    private static List<(int Number, int Vector)> Places(IReadOnlyList<ReductionLoop> loops)
    {
        List<(int Number, int Vector)> places = [(0, 0)];
        foreach (ReductionLoop loop in loops)
        {
            places = [.. places.SelectMany(place => Enumerable.Range(0, loop.Count.Constant).Select(step => (place.Number + (step * loop.NumberStep), place.Vector + (step * loop.VectorStep))))];
        }

        return places;
    }

    private IEnumerable<Statement> Steps(IReadOnlyList<(int Number, int Vector)> places)
    {
        for (int step = 0; step < places.Count; step++)
        {
            foreach (Chunk chunk in chunks)
            {
                int end = chunk.Start + chunk.Width;
                bool isWhole = chunk.IsWhole || (vectorStride % TilingPolicy.RowAlignment == 0 && vectorStride >= end);
                yield return new Let($"b{step}_{chunk.Start}", new Load(new Address("bk", places[step].Vector + chunk.Start), isWhole ? chunk.Width : chunk.Lanes));
            }

            for (int row = 0; row < offsets.Count; row++)
            {
                yield return new Let($"a{step}_{row}", new Spread(new Address("ak", offsets[row] + places[step].Number)));
                foreach (Chunk chunk in chunks)
                {
                    yield return new Set(Sum(row, chunk), new MultiplyAdd(new Name($"a{step}_{row}"), new Name($"b{step}_{chunk.Start}"), new Name(Sum(row, chunk))));
                }
            }
        }
    }
}
