using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// One row times a matrix: the weights stream through once, in several interleaved sums that hide the latency of the additions. Small
/// matrices are written out.
/// </summary>
internal static class VectorProductTemplate
{
    public static KernelCall Build(ScheduleContext context, KernelGroup group)
    {
        Node x = group.Anchor.Operands[0], w = group.Anchor.Operands[1];
        Machine machine = context.Machine;
        var signature = new KernelSignature();
        string a = signature.Own(context.Storage.PlaceOf(x)), b = signature.Reference(context.Storage.PlaceOf(w));
        int reduction = x.Shape[-1], columns = group.Anchor.Shape[-1], vectors = (columns + machine.Lanes - 1) / machine.Lanes;
        var epilogue = new ProductEpilogue(context, group, signature);
        bool isStraight = reduction * vectors <= TilingPolicy.MostStraightLineProducts;

        bool isNarrow = context.Storage.PackingOf(w) == WeightPacking.NarrowPanels;
        int mostVectors = TilingPolicy.PanelVectors(machine);
        LaneBlock[] blocks = isNarrow ? [.. LaneBlock.OfNarrowPanels(reduction, columns, machine, mostVectors)]
            : [.. PairPanels([.. LaneBlock.OfPanels(reduction, columns, machine, mostVectors)], reduction)];
        (string First, string Count)? share = context.IsOneShared && LaneBlock.CanBeShared(blocks) && TilingPolicy.IsWorthSharing(reduction, isNarrow ? columns / 2 : columns) ? signature.Share(blocks[0].Count) : null;

        // Threads share the whole panels; one of them takes what is left of the columns.
        string? rest = share is not null && blocks.Any(block => block.Count == 1) ? signature.ShareOfRest() : null;
        List<Statement> body = [];
        int index = 0;
        foreach (LaneBlock block in blocks)
        {
            var moved = new List<(string Reference, int Step)>();
            List<Statement> statements = Block(epilogue, block, machine, a, b, isNarrow, reduction, isStraight, $"{index}");
            string suffix = $"_{index++}";
            if (block.Count == 1 && block.Column == 0)
            {
                body.AddRange(statements);
                continue;
            }

            // References of this block, moved to its columns; the loop moves them on.
            List<Statement> inner = [.. statements];
            moved.Add((b, block.OffsetStep));
            moved.AddRange(epilogue.Reader.References.Where(reference => reference.Value.IsAlongLanes).Select(reference => (reference.Key, block.ColumnStep)));
            List<Statement> whole = [.. moved.Select(move => new LetReference(move.Reference + suffix, new Address(move.Reference, move.Reference == b ? block.Offset : block.Column)))];
            inner = [.. inner.Select(statement => Renaming.Apply(statement, moved.ToDictionary(move => move.Reference, move => move.Reference + suffix)))];
            if (block.Count > 1)
            {
                whole.AddRange(share is { First: var first } ? moved.Select(move => new Advance(move.Reference + suffix, move.Step, first)) : []);
                inner.AddRange(moved.Select(move => new Advance(move.Reference + suffix, move.Step)));
                body.AddRange([.. whole, new Loop("block" + suffix, share?.Count ?? (Extent)block.Count, inner)]);
            }
            else
            {
                whole.AddRange(inner);
                body.AddRange(rest is not null ? [new WhenCount(rest, whole)] : whole);
            }
        }

        string formula = $"{group.Anchor} = {group.Anchor.Operation.Name}({x}, {w}), one row"
            + string.Concat(group.Members.Skip(1).Select(node => $"; {node} = {node.Operation.Name}({string.Join(", ", node.Operands)})"));
        var kernel = new Kernel(KernelNames.Of(group, "Row"), formula, signature.Parameters, body);
        return new KernelCall(kernel, signature.Arguments, group.Demand, group.IsBackward);
    }

    // Weights that the nearest cache holds are limited by loads: two panels at once share the broadcast numbers, where registers hold their sums.
    private static IEnumerable<LaneBlock> PairPanels(LaneBlock[] blocks, int reduction)
    {
        foreach (LaneBlock block in blocks)
        {
            int floats = block.Count * TilingPolicy.PanelWidth * reduction, pairs = block.Count / 2;
            if (pairs == 0 || floats > TilingPolicy.NearestCacheFloats || 2 * block.Vectors > TilingPolicy.LatencyHidingSums)
            {
                yield return block;
                continue;
            }

            yield return block with { Vectors = 2 * block.Vectors, Count = pairs, OffsetStep = 2 * block.OffsetStep, ColumnStep = 2 * block.ColumnStep };
            if (block.Count % 2 != 0)
            {
                yield return block with { Count = 1, Column = block.Column + (2 * pairs * block.ColumnStep), Offset = block.Offset + (2 * pairs * block.OffsetStep) };
            }
        }
    }

    private static List<Statement> Block(ProductEpilogue epilogue, LaneBlock block, Machine machine, string a, string b, bool isNarrow, int reduction, bool isStraight, string suffix)
    {
        Chunk[] chunks = [.. Chunk.Unrolled(((block.Vectors - 1) * machine.Lanes) + block.LastLanes, machine.Lanes)];
        int phases = Math.Max(1, Math.Min(Math.Min(4, reduction), TilingPolicy.LatencyHidingSums / chunks.Length));
        List<Statement> statements = [];
        string Sum(Chunk chunk, int phase) => $"c{suffix}_{chunk.Start}_{phase}";
        foreach (Chunk chunk in chunks)
        {
            for (int phase = 0; phase < phases; phase++)
            {
                statements.Add(new Let(Sum(chunk, phase), phase == 0 ? epilogue.Start(chunk) : new Number(0)));
            }
        }

        // A pair of panels: the second lies a whole panel behind the first.
        int Offset(int column) => (column / TilingPolicy.PanelWidth * TilingPolicy.PanelWidth * reduction) + (column % TilingPolicy.PanelWidth);

        IEnumerable<Statement> Step(string x, string w, int k, int phase, string scope = "p")
        {
            string pairs = $"{scope}{suffix}_{k}_";
            foreach (Statement load in isNarrow ? NarrowLoads.Of(pairs, chunks.Select(chunk => chunk.Start), element => new Address(w, (k * block.Stride) + element), machine) : [])
            {
                yield return load;
            }

            foreach (Chunk chunk in chunks)
            {
                VectorExpression weights = isNarrow ? NarrowLoads.Read(pairs, chunk.Start) : new Load(new Address(w, (k * block.Stride) + Offset(chunk.Start)), machine.Lanes);
                yield return new Set(Sum(chunk, phase), new MultiplyAdd(new Spread(new Address(x, k)), weights, new Name(Sum(chunk, phase))));
            }
        }

        if (isStraight)
        {
            for (int k = 0; k < reduction; k++)
            {
                statements.AddRange(Step(a, b, k, k % phases));
            }
        }
        else
        {
            int steps = reduction / phases, rest = reduction % phases;
            string x = $"a{suffix}k", w = $"b{suffix}k";
            List<Statement> loop = [.. Enumerable.Range(0, phases).SelectMany(phase => Step(x, w, phase, phase)), new Advance(x, phases), new Advance(w, phases * block.Stride)];
            statements.AddRange([new LetReference(x, new Address(a)), new LetReference(w, new Address(b)), new Loop($"k{suffix}", steps, loop)]);
            statements.AddRange(Enumerable.Range(0, rest).SelectMany(k => Step(x, w, k, k, "r")));
        }

        foreach (Chunk chunk in chunks)
        {
            for (int distance = 1; distance < phases; distance *= 2)
            {
                for (int phase = 0; phase + distance < phases; phase += 2 * distance)
                {
                    statements.Add(new Set(Sum(chunk, phase), new Apply(Elementwise.Add.Value, [new Name(Sum(chunk, phase)), new Name(Sum(chunk, phase + distance))])));
                }
            }

            statements.AddRange(epilogue.Finish(Sum(chunk, 0), $"{suffix}_{chunk.Start}", chunk, 0));
        }

        return statements;
    }
}
