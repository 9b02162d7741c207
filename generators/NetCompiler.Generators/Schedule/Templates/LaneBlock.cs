using NetCompiler.Generators.Schedule.Memory;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>Some columns of a product's result that one tile covers, repeated at equal distances.</summary>
/// <param name="Column">The first column.</param>
/// <param name="Vectors">The vectors across.</param>
/// <param name="LastLanes">The columns in the last vector.</param>
/// <param name="Offset">The floats from the start of the lanes' operand.</param>
/// <param name="Stride">The floats between rows of the lanes' operand.</param>
/// <param name="Count">How many such blocks follow one another.</param>
/// <param name="OffsetStep">The floats from one block to the next in the lanes' operand.</param>
/// <param name="ColumnStep">The columns from one block to the next.</param>
internal sealed record LaneBlock(int Column, int Vectors, int LastLanes, int Offset, int Stride, int Count, int OffsetStep, int ColumnStep)
{
    /// <summary>The columns from one vector to the next, where they do not follow one another; otherwise 0.</summary>
    public int Spacing { get; init; }

    /// <summary>Whether threads can share blocks: there are several whole panels, the same number of each kind; what else there is stands once.</summary>
    public static bool CanBeShared(IReadOnlyList<LaneBlock> blocks) => blocks[0].Count > 1 && blocks.All(block => block.Count == 1 || block.Count == blocks[0].Count);

    /// <summary>How many whole panels there are where nothing else is, which threads can share without a rest whatever the blocks of a panel; otherwise 1.</summary>
    public static int PanelsAlone(IReadOnlyList<LaneBlock> blocks) => blocks.All(block => block.Count == blocks[0].Count) ? blocks[0].Count : 1;

    /// <summary>The vectors, their columns counted from the block's first one.</summary>
    public IEnumerable<Chunk> Chunks(int lanes)
    {
        int step = Spacing == 0 ? lanes : Spacing, columns = ((Vectors - 1) * step) + LastLanes;
        return Enumerable.Range(0, Vectors).Select(vector => new Chunk(vector * step, null, vector < Vectors - 1 ? lanes : LastLanes, lanes, columns));
    }

    /// <summary>
    /// Blocks over a weight in panels of pairs: [columns / 32][rows][16]. Two vectors across are the halves of the same pairs; as many as a panel holds are all its columns.
    /// </summary>
    public static IEnumerable<LaneBlock> OfNarrowPanels(int rows, int columns, Machine machine, int vectors)
    {
        int lanes = machine.Lanes, panels = columns / TilingPolicy.PanelWidth, rest = columns % TilingPolicy.PanelWidth, first = columns - rest, offset = NarrowPanels.OffsetOf(first, rows);
        bool isWhole = vectors * lanes == TilingPolicy.PanelWidth;
        int[] starts = [.. Enumerable.Range(0, isWhole ? 1 : NarrowPanels.Pairs / lanes).Select(start => start * lanes)];
        foreach (int start in panels == 0 ? [] : starts)
        {
            yield return new LaneBlock(start, isWhole ? vectors : 2, lanes, start, NarrowPanels.Pairs, panels, NarrowPanels.Pairs * rows, TilingPolicy.PanelWidth) { Spacing = isWhole ? 0 : NarrowPanels.Pairs };
        }

        foreach (int start in starts.Where(start => start < rest))
        {
            int there = rest - start, across = isWhole ? (there + lanes - 1) / lanes : there > NarrowPanels.Pairs ? 2 : 1;
            int before = (across - 1) * (isWhole ? lanes : NarrowPanels.Pairs);
            yield return new LaneBlock(first + start, across, Math.Min(lanes, there - before), offset + start, NarrowPanels.Pairs, 1, 0, 0) { Spacing = isWhole ? 0 : NarrowPanels.Pairs };
        }
    }

    /// <summary>Blocks over a weight in panels: [columns / 32][rows][32]. Blocks at the same place of whole panels are one, repeated.</summary>
    public static IEnumerable<LaneBlock> OfPanels(int rows, int columns, Machine machine, int mostVectors)
    {
        int panels = columns / TilingPolicy.PanelWidth, rest = columns % TilingPolicy.PanelWidth, first = columns - rest;
        foreach (LaneBlock block in panels == 0 ? [] : OfColumns(0, TilingPolicy.PanelWidth, 0, TilingPolicy.PanelWidth, machine, mostVectors))
        {
            yield return block with { Count = panels, OffsetStep = TilingPolicy.PanelWidth * rows, ColumnStep = TilingPolicy.PanelWidth };
        }

        foreach (LaneBlock block in rest == 0 ? [] : OfColumns(first, columns, first * rows, TilingPolicy.Align(rest), machine, mostVectors))
        {
            yield return block;
        }
    }

    /// <summary>Blocks over a matrix whose rows lie <paramref name="stride"/> floats apart: whole ones as one, repeated, then what is left.</summary>
    public static IEnumerable<LaneBlock> OfRows(int columns, int stride, Machine machine, int mostVectors)
    {
        int width = machine.Lanes * mostVectors, whole = columns / width;
        if (whole > 0)
        {
            yield return new LaneBlock(0, mostVectors, machine.Lanes, 0, stride, whole, width, width);
        }

        foreach (LaneBlock block in OfColumns(whole * width, columns, whole * width, stride, machine, mostVectors))
        {
            yield return block;
        }
    }

    private static IEnumerable<LaneBlock> OfColumns(int first, int end, int offset, int stride, Machine machine, int mostVectors)
    {
        int lanes = machine.Lanes;
        for (int column = first; column < end; column += lanes * mostVectors)
        {
            int there = Math.Min(end - column, lanes * mostVectors), vectors = (there + lanes - 1) / lanes;
            yield return new LaneBlock(column, vectors, there - ((vectors - 1) * lanes), offset + column - first, stride, 1, 0, 0);
        }
    }
}
