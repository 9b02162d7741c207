using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Pages;

/// <summary>
/// A part of a page that a test writes, between <c>&lt;!-- generated: name --&gt;</c> and <c>&lt;!-- end of name --&gt;</c>. As a
/// <see cref="Snapshot"/>, it is rewritten with NETCOMPILER_ACCEPT=1 and compared otherwise.
/// </summary>
internal static class GeneratedSection
{
    /// <summary>Asserts that the page's section has this text.</summary>
    /// <param name="path">The page's, from the repository's root.</param>
    /// <param name="name">The section's.</param>
    /// <param name="text">What it should say.</param>
    public static void Match(string path, string name, string text)
    {
        string file = Path.Combine(RepositoryFolder.Find(), path), page = File.ReadAllText(file).ReplaceLineEndings("\n");
        string start = $"<!-- generated: {name} -->\n", end = $"<!-- end of {name} -->";
        int from = page.IndexOf(start, StringComparison.Ordinal), to = page.IndexOf(end, StringComparison.Ordinal);
        Expect.True(from >= 0 && to > from, $"{path} needs the lines {start.Trim()} and {end}.");
        from += start.Length;
        string expected = $"\n{text.ReplaceLineEndings("\n").Trim('\n')}\n\n";
        if (Environment.GetEnvironmentVariable("NETCOMPILER_ACCEPT") == "1")
        {
            File.WriteAllText(file, page[..from] + expected + page[to..]);
            return;
        }

        int same = expected.Zip(page[from..to]).TakeWhile(pair => pair.First == pair.Second).Count();
        Expect.True(page[from..to] == expected,
            $"{path}({page[..(from + same)].Count(c => c == '\n') + 1}): the section {name} is not what the sources say; rewrite it with NETCOMPILER_ACCEPT=1. It should go on: {LineAt(expected, same)}");
    }

    private static string LineAt(string text, int at) => text[(text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1)..].Split('\n')[0];
}
