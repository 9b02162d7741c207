using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Pages;

/// <summary>What pages point to exists: links, files, projects in commands; and what is no C# is at least well-formed.</summary>
public partial class PageReferenceTests
{
    /// <summary>The languages of blocks; a new one must be checked here, or be named as one that is not.</summary>
    private static readonly string[] Unchecked = ["", "text", "python", "dockerfile"];

    /// <summary>Folders that the paths in a page may start from, besides its own and the repository's.</summary>
    private static readonly string[] Roots = ["generators/NetCompiler.Generators"];

    public static TheoryData<string> Paths => [.. Page.All.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void EveryReference_Exists(string path) => Assert.Equal([], Check(Page.All.Single(page => page.Path == path)));

    [Theory]
    [InlineData("See [there](nowhere.md).", "tests/README.md(1): there is no nowhere.md to link to")]
    [InlineData("See [there](../README.md#nowhere).", "tests/README.md(1): ../README.md has no heading #nowhere")]
    [InlineData("See `src/Nowhere.cs`.", "tests/README.md(1): there is no src/Nowhere.cs")]
    [InlineData("See `Nowhere.cs`.", "tests/README.md(1): there is no Nowhere.cs")]
    [InlineData("```sh\ndotnet run --project samples/00-Nothing\n```", "tests/README.md(2): there is no samples/00-Nothing to run")]
    [InlineData("```xml\n<PublishAot>true\n```", "tests/README.md(2): this is no XML")]
    [InlineData("```json\n{ \"a\": }\n```", "tests/README.md(2): this is no JSON")]
    [InlineData("```fsharp\nlet x = 1\n```", "tests/README.md(2): blocks of fsharp are not checked")]
    public void WrongReference_IsNamed(string text, string error) => Assert.StartsWith(error, Assert.Single(Check(new Page("tests/README.md", text))), StringComparison.Ordinal);

    [Fact]
    public void RightReferences_AreTaken() => Assert.Empty(Check(new Page(
        "tests/README.md", "See [there](../README.md#speed), `src/NetCompiler`, `Snapshot.cs`, `Ops/Elementwise.cs`, `samples/*/Program.cs` and <https://dot.net>.\n\n```xml\n<A>1</A>\n<B />\n```\n")));

    private static IEnumerable<string> Check(Page page) => Links(page).Concat(Files(page)).Concat(page.Blocks.SelectMany(block => Block(page, block)));

    private static IEnumerable<string> Links(Page page)
    {
        foreach ((int line, string text) in page.Prose)
        {
            foreach (string target in Link().Matches(text).Select(match => match.Groups["target"].Value).Where(target => !target.Contains("://", StringComparison.Ordinal)))
            {
                string[] parts = target.Split('#', 2);
                string file = parts[0].Length == 0 ? Path.Combine(page.Folder, Path.GetFileName(page.Path)) : Path.Combine(page.Folder, parts[0]);
                if (!Path.Exists(file))
                {
                    yield return $"{page.Path}({line}): there is no {parts[0]} to link to.";
                }
                else if (parts.Length == 2 && !(parts[0].Length == 0 ? page : new Page(parts[0], File.ReadAllText(file))).Prose.Any(candidate => Anchor(candidate.Text) == parts[1]))
                {
                    yield return $"{page.Path}({line}): {parts[0]} has no heading #{parts[1]}.";
                }
            }
        }
    }

    /// <summary>The folder that commands write to; git ignores it.</summary>
    private const string Written = "artifacts/";

    private static IEnumerable<string> Files(Page page)
    {
        string root = RepositoryFolder.Find();
        foreach ((int line, string text) in page.Prose)
        {
            foreach (string path in PathInCode().Matches(text).Select(match => match.Groups["path"].Value).Where(path => !path.StartsWith(Written, StringComparison.Ordinal)))
            {
                IEnumerable<string> folders = [page.Folder, root, .. Roots.Select(folder => Path.Combine(root, folder))];
                bool isName = !path.Contains('/', StringComparison.Ordinal);
                if (!(isName ? FileNames.Contains(path) : folders.Any(folder => Exists(folder, path))))
                {
                    yield return $"{page.Path}({line}): there is no {path}.";
                }
            }
        }
    }

    private static HashSet<string> FileNames { get; } =
    [
        .. ((string[])["src", "generators", "tests", "samples"]).SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Find(), folder), "*.cs", SearchOption.AllDirectories)).Select(file => Path.GetFileName(file)),
    ];

    // A part with a star stands for every name that fits.
    private static bool Exists(string folder, string path)
    {
        string[] parts = path.TrimEnd('/').Split('/', 2);
        if (parts.Length == 1)
        {
            return Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder, parts[0]).Any();
        }

        return parts[0].Contains('*', StringComparison.Ordinal)
            ? Directory.Exists(folder) && Directory.EnumerateDirectories(folder, parts[0]).Any(below => Exists(below, parts[1]))
            : Exists(Path.Combine(folder, parts[0]), parts[1]);
    }

    private static IEnumerable<string> Block(Page page, PageBlock block)
    {
        switch (block.Language)
        {
            case "xml":
                if (Failure(() => XElement.Parse($"<Fragment>{block.Code}</Fragment>")) is { } xml)
                {
                    yield return $"{page.Path}({block.Line}): this is no XML: {xml}";
                }

                break;
            case "json":
                if (Failure(() => JsonDocument.Parse(block.Code).Dispose()) is { } json)
                {
                    yield return $"{page.Path}({block.Line}): this is no JSON: {json}";
                }

                break;
            case not ("sh" or "csharp") when !Unchecked.Contains(block.Language):
                yield return $"{page.Path}({block.Line}): blocks of {block.Language} are not checked; say how in {nameof(PageReferenceTests)}.";
                break;
        }

        foreach (string project in Project().Matches(block.Code).Select(match => match.Groups["project"].Value).Where(project => !Path.Exists(Path.Combine(RepositoryFolder.Find(), project))))
        {
            yield return $"{page.Path}({block.Line}): there is no {project} to run, build or test.";
        }
    }

    private static string? Failure(Action parse)
    {
        try
        {
            parse();
            return null;
        }
        catch (Exception exception) when (exception is JsonException or System.Xml.XmlException)
        {
            return exception.Message;
        }
    }

    // As GitHub makes them: lower case, no punctuation, hyphens for spaces.
    private static string? Anchor(string line) => line.StartsWith('#')
        ? string.Concat(line.TrimStart('#').Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-') : null;

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    // `folder/file`, with or without stars, and `Name.cs`; no options, no address, nothing beside the repository.
    [GeneratedRegex(@"`(?<path>(?:[A-Za-z0-9_.*-]+/)+[A-Za-z0-9_.*-]*|[A-Za-z0-9_]+\.cs)`")]
    private static partial Regex PathInCode();

    [GeneratedRegex(@"(?:--project|dotnet (?:test|build|format|pack)) (?<project>(?:src|samples|tests|generators)/[^\s;]+)")]
    private static partial Regex Project();
}
