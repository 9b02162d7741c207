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
    /// <summary>Blocks over a weight in panels: [columns / 32][rows][32].</summary>
    public static IEnumerable<LaneBlock> OfPanels(int rows, int columns, Machine machine, int mostVectors)
    {
        // Where a panel takes several blocks, the first ones of all panels are one run, then the second ones: each is a loop.
        var blocks = new List<(int Part, LaneBlock Block)>();
        for (int panel = 0; panel < columns; panel += TilingPolicy.PanelWidth)
        {
            int width = Math.Min(TilingPolicy.PanelWidth, TilingPolicy.Align(columns) - panel);
            blocks.AddRange(OfColumns(panel, Math.Min(columns, panel + width), panel * rows, width, machine, mostVectors).Select((block, part) => (part, block)));
        }

        return Merge(blocks.OrderBy(block => block.Part).Select(block => block.Block));
    }

    /// <summary>Blocks over a matrix whose rows lie <paramref name="stride"/> floats apart.</summary>
    public static IEnumerable<LaneBlock> OfRows(int columns, int stride, Machine machine, int mostVectors) =>
        Merge(OfColumns(0, columns, 0, stride, machine, mostVectors));

    private static IEnumerable<LaneBlock> OfColumns(int first, int end, int offset, int stride, Machine machine, int mostVectors)
    {
        int lanes = machine.Lanes;
        for (int column = first; column < end; column += lanes * mostVectors)
        {
            int there = Math.Min(end - column, lanes * mostVectors), vectors = (there + lanes - 1) / lanes;
            yield return new LaneBlock(column, vectors, there - ((vectors - 1) * lanes), offset + column - first, stride, 1, 0, 0);
        }
    }

    private static List<LaneBlock> Merge(IEnumerable<LaneBlock> blocks)
    {
        var merged = new List<LaneBlock>();
        foreach (LaneBlock block in blocks)
        {
            LaneBlock? last = merged.Count > 0 ? merged[merged.Count - 1] : null;
            int step = last is null ? 0 : (block.Offset - last.Offset) / last.Count, columns = last is null ? 0 : (block.Column - last.Column) / last.Count;
            if (last is not null && last.Vectors == block.Vectors && last.LastLanes == block.LastLanes && last.Stride == block.Stride
                && block.Column == last.Column + (last.Count * columns) && block.Offset == last.Offset + (last.Count * step)
                && (last.Count == 1 || (last.OffsetStep == step && last.ColumnStep == columns)))
            {
                merged[merged.Count - 1] = last with { Count = last.Count + 1, OffsetStep = step, ColumnStep = columns };
            }
            else
            {
                merged.Add(block);
            }
        }

        return merged;
    }
}
