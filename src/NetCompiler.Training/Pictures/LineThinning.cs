namespace NetCompiler;

/// <summary>Leaves out what nobody can see of a long line: of each column of pixels the first, the lowest, the highest and the last point stay.</summary>
internal static class LineThinning
{
    private const int LongLine = 2000;

    /// <summary>The line, or as much of it as is seen; a line that goes back stays whole.</summary>
    public static (double X, double Y)[] Thin(List<(double X, double Y)> line)
    {
        if (line.Count < LongLine || Enumerable.Range(1, line.Count - 1).Any(i => line[i].X < line[i - 1].X))
        {
            return [.. line];
        }

        List<(double X, double Y)> seen = [];
        for (int start = 0; start < line.Count;)
        {
            int end = start, lowest = start, highest = start;
            for (; end < line.Count && Math.Floor(line[end].X) == Math.Floor(line[start].X); end++)
            {
                lowest = line[end].Y > line[lowest].Y ? end : lowest;
                highest = line[end].Y < line[highest].Y ? end : highest;
            }

            seen.AddRange(new SortedSet<int> { start, lowest, highest, end - 1 }.Select(i => line[i]));
            start = end;
        }

        return [.. seen];
    }
}
