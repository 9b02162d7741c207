using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Pages;

/// <summary>A page of the repository that people read: every README.md, and every PACKAGE.md, which a package shows.</summary>
/// <param name="Path">From the repository's root, with slashes.</param>
/// <param name="Text">What it says.</param>
internal sealed record Page(string Path, string Text)
{
    private static readonly string[] Names = ["README.md", "PACKAGE.md"];

    /// <summary>All pages, by path; what a build wrote is none.</summary>
    public static IReadOnlyList<Page> All { get; } = [.. Find(RepositoryFolder.Find(), "").OrderBy(page => page.Path, StringComparer.Ordinal)];

    /// <summary>The folder that the page's links start from.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(System.IO.Path.Combine(RepositoryFolder.Find(), Path))!;

    /// <summary>The lines outside of fenced blocks and comments, each with its number.</summary>
    public IEnumerable<(int Line, string Text)> Prose => Read().Prose;

    /// <summary>The fenced blocks, in order.</summary>
    /// <exception cref="FormatException">A block or a comment is not closed.</exception>
    public IReadOnlyList<PageBlock> Blocks => Read().Blocks;

    private (List<PageBlock> Blocks, List<(int, string)> Prose) Read()
    {
        List<PageBlock> blocks = [];
        List<(int, string)> prose = [];
        string[] lines = Text.ReplaceLineEndings("\n").Split('\n');
        var above = new PageBlock("", "", 0);
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimStart();
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                int indent = lines[i].Length - line.Length, end = Array.FindIndex(lines, i + 1, candidate => candidate.Trim() == "```");
                if (end < 0)
                {
                    throw new FormatException($"{Path}({i + 1}): this block is not closed.");
                }

                string[] code = [.. lines[(i + 1)..end].Select(text => text[Math.Min(indent, text.Length - text.TrimStart().Length)..])];
                blocks.Add(above with { Language = line[3..].Trim(), Code = string.Join("\n", code), Line = i + 2 });
                i = end;
                above = new PageBlock("", "", 0);
            }
            else if (line.StartsWith("<!--", StringComparison.Ordinal))
            {
                int end = Array.FindIndex(lines, i, candidate => candidate.Contains("-->", StringComparison.Ordinal));
                if (end < 0)
                {
                    throw new FormatException($"{Path}({i + 1}): this comment is not closed.");
                }

                string comment = string.Join("\n", lines[i..(end + 1)]).TrimStart()[4..];
                above = Add(above, comment[..comment.IndexOf("-->", StringComparison.Ordinal)], i + 1);
                i = end;
            }
            else if (line.Length > 0)
            {
                above = new PageBlock("", "", 0);
                prose.Add((i + 1, lines[i]));
            }
        }

        return (blocks, prose);
    }

    private static PageBlock Add(PageBlock above, string comment, int line)
    {
        string text = comment.TrimStart();
        return text switch
        {
            _ when text.StartsWith("given:", StringComparison.Ordinal) => above with { Given = text[6..], GivenLine = line },
            _ when text.StartsWith("expect:", StringComparison.Ordinal) => above with { Expected = text[7..].Split([',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries) },
            _ => above,
        };
    }

    private static IEnumerable<Page> Find(string folder, string path)
    {
        foreach (string name in Names.Where(name => File.Exists(System.IO.Path.Combine(folder, name))))
        {
            yield return new Page(path + name, File.ReadAllText(System.IO.Path.Combine(folder, name)));
        }

        foreach (string below in Directory.EnumerateDirectories(folder))
        {
            string name = System.IO.Path.GetFileName(below);
            if (name is not ("bin" or "obj" or "artifacts" or "TestResults" or "node_modules") && !name.StartsWith('.'))
            {
                foreach (Page page in Find(below, $"{path}{name}/"))
                {
                    yield return page;
                }
            }
        }
    }
}
