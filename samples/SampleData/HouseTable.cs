using NetCompiler;

namespace Samples.Data;

/// <summary>Houses with their prices.</summary>
/// <param name="Attributes">13 values per house.</param>
/// <param name="Prices">One per house, in thousands of dollars.</param>
public sealed record HouseTable(float[] Attributes, float[] Prices)
{
    /// <summary>The attributes of a house.</summary>
    public const int AttributeCount = 13;

    /// <summary>The number of houses.</summary>
    public int Count => Prices.Length;

    /// <summary>The houses of Boston, from the folder or beside the repository; where they are in neither, made up ones, which is said.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static HouseTable Load(string? folder)
    {
        if (SharedFolder.FindFile(folder, "data/boston-housing/housing.csv", out string reason) is { } path)
        {
            CsvTable table = CsvTable.Read(path, new CsvOptions { HasHeader = false });
            return new HouseTable(table.ToFloats([.. Enumerable.Range(1, AttributeCount).Select(i => $"column{i}")]), table.Columns[AttributeCount].ToFloats());
        }

        Console.WriteLine($"making up houses: {reason}");
        var random = new Random(1);
        float[] attributes = [.. Enumerable.Range(0, 500 * AttributeCount).Select(_ => 10 * random.NextSingle())];

        // Two attributes count, one of them more than twice as much where the other is large.
        return new HouseTable(attributes, [.. attributes.Chunk(AttributeCount).Select(house => 10 + (2 * house[0]) + (0.3f * house[0] * house[1]) + random.NextSingle())]);
    }

    /// <summary>Some of the houses, in the order of their numbers.</summary>
    public HouseTable Take(IEnumerable<int> rows)
    {
        int[] taken = [.. rows];
        return new HouseTable(
            [.. taken.SelectMany(row => Attributes[(row * AttributeCount)..((row + 1) * AttributeCount)])],
            [.. taken.Select(row => Prices[row])]);
    }
}
