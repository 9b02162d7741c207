using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>What is added to or removed from each side of the axes of time or space: one number for all sides, or one for each.</summary>
internal static class BorderOptions
{
    private static readonly string[][] Sides = [[], ["Before", "After"], ["Top", "Bottom", "Left", "Right"]];

    /// <summary>The option for all sides, 1 unless given, and one for each, which is that of all while it is -1.</summary>
    public static IReadOnlyList<OptionSpec> Options(string whole, int rank) =>
        [Number(whole, 1), .. Sides[rank].Select(side => Number(side, -1))];

    /// <summary>The numbers before and after each axis.</summary>
    public static (int Before, int After)[] Read(LayerSpec layer, string whole, int rank)
    {
        int Side(int index) => layer.Integer(Sides[rank][index]) is var own and not -1 ? own : layer.Integer(whole);
        return [.. Enumerable.Range(0, rank).Select(axis => (Side(2 * axis), Side((2 * axis) + 1)))];
    }

    /// <summary>Whether no number is negative; what is wrong is reported.</summary>
    public static bool Check(LayerSpec layer, string whole, int rank, ProblemSink problems)
    {
        bool isRight = WindowOptions.CheckAtLeast(layer, problems, whole, 0, "at least 0");
        foreach (string side in Sides[rank])
        {
            isRight &= WindowOptions.CheckAtLeast(layer, problems, side, -1, $"at least 0, or -1 for that of {whole}");
        }

        return isRight;
    }

    private static OptionSpec Number(string name, int value) => new(name, OptionType.Integer, value, "", default);
}
