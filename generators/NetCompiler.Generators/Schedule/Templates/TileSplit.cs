namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>Equal tiles one behind another.</summary>
/// <param name="Start">The first element.</param>
/// <param name="Size">The elements of a tile.</param>
/// <param name="Count">The tiles.</param>
internal readonly record struct TileRun(int Start, int Size, int Count)
{
    /// <summary>
    /// A length in as few tiles as a bound allows, of nearly equal sizes: 13 = 13, 26 = 2 x 13, 32 = 2 x 11 + 10. Small remainders would not
    /// hide the latency of additions.
    /// </summary>
    public static IReadOnlyList<TileRun> Split(int length, int most)
    {
        int tiles = (length + most - 1) / most, size = length / tiles, larger = length % tiles;
        return larger == 0 ? [new TileRun(0, size, tiles)] : [new TileRun(0, size + 1, larger), new TileRun(larger * (size + 1), size, tiles - larger)];
    }
}
