namespace NetCompiler;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    // A longer name is nobody's typing, and a hostile file could make the search take for ever.
    private const int LongestName = 256;

    // Of no array: by their shapes, names alone are never alike.
    private static readonly int[] NoShape = [-1];

    /// <summary>
    /// The candidate with the smallest edit distance, of equals the first; null where none is meant in likelihood: of each, every fourth letter at most is another,
    /// or the shape is the same but for the order of its axes, in which conventions differ.
    /// </summary>
    public static string? Find(string name, int[] shape, IEnumerable<(string Name, int[] Shape)> candidates) =>
        name.Length > LongestName ? null : candidates
            .Where(candidate => candidate.Name.Length <= LongestName)
            .Select(candidate => (candidate.Name, candidate.Shape, Distance: Distance(name, candidate.Name)))
            .Where(candidate => candidate.Distance <= Math.Max(1, name.Length / 4) || shape.Order().SequenceEqual(candidate.Shape.Order()))
            .OrderBy(candidate => candidate.Distance).Select(candidate => candidate.Name).FirstOrDefault();

    /// <summary>The candidate with the smallest edit distance, of equals the first; null where none is meant in likelihood.</summary>
    public static string? Find(string name, IEnumerable<string> candidates) => Find(name, [], candidates.Select(candidate => (candidate, NoShape)));

    /// <summary>The number of letters to insert, delete or replace (Levenshtein 1966).</summary>
    public static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
