using System.Text.RegularExpressions;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Generator;

/// <summary>The folders of the generator read as the data path: no file imports a later room, and symbols stay at the entrance.</summary>
public partial class RoomOrderTests
{
    /// <summary>Graph and Ops are one step: graphs hold formulas, formulas know no graph.</summary>
    private static readonly string[][] Rooms = [["Common"], ["Declaration"], ["Ops", "Graph"], ["Passes"], ["Schedule"], ["Targets"]];

    /// <summary>
    /// The declaration is read with the layers' shape rules and options, which are strings and numbers; the readers of symbols need them before there is a graph.
    /// </summary>
    private static readonly (string From, string To)[] Allowed = [("Declaration", "Graph"), ("Declaration", "Ops")];

    private static readonly string Folder = Path.Combine(RepositoryFolder.Find(), "generators", "NetCompiler.Generators");

    [Fact]
    public void NoRoom_ImportsALaterOne()
    {
        var breaches = new List<string>();
        foreach ((string file, string text) in Files())
        {
            string room = file.Split('/')[0];
            int own = Array.FindIndex(Rooms, names => names.Contains(room));
            foreach (string import in own < 0 ? [] : OwnImport().Matches(text).Select(match => match.Groups[1].Value))
            {
                string imported = import.Split('.')[0];
                if (Array.FindIndex(Rooms, names => names.Contains(imported)) > own && !Allowed.Contains((room, imported)))
                {
                    breaches.Add($"{file} imports {import}");
                }
            }
        }

        Assert.Empty(breaches);
    }

    [Fact]
    public void Symbols_StayAtTheEntrance()
    {
        IEnumerable<string> users = Files().Where(file => RoslynImport().IsMatch(file.Text)).Select(file => file.Path);
        Assert.All(users, file => Assert.Matches("^(Declaration/|Diagnostics/|NetworkGenerator.cs$)", file));
    }

    [Fact]
    public void Schedule_KnowsNothingOfCSharp() => Assert.Empty(Files()
        .Where(file => file.Path.StartsWith("Schedule/", StringComparison.Ordinal) && SharpText().IsMatch(file.Text)).Select(file => file.Path));

    [Fact]
    public void EntryFile_IsATableOfContents() => Assert.InRange(File.ReadAllLines(Path.Combine(Folder, "NetworkGenerator.cs")).Length, 1, 99);

    private static IEnumerable<(string Path, string Text)> Files() =>
        Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(Folder, path).Replace('\\', '/'), Text: File.ReadAllText(path)))
            .Where(file => !file.Path.StartsWith("obj/", StringComparison.Ordinal) && !file.Path.StartsWith("bin/", StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal);

    [GeneratedRegex(@"^using (?:static |\w+ = )?NetCompiler\.Generators\.([\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex OwnImport();

    [GeneratedRegex(@"^using (?:static |\w+ = )?Microsoft\.CodeAnalysis", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex RoslynImport();

    [GeneratedRegex(@"Unsafe\.Add|LoadUnsafe|StoreUnsafe|Vector\d+\.", RegexOptions.CultureInvariant)]
    private static partial Regex SharpText();
}
