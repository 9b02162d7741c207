using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetCompiler.Generators.Diagnostics;
using NetCompiler.Generators.Tests.Diagnostics;
using NetCompiler.Generators.Tests.Generator;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Pages;

/// <summary>The generated parts of generators/README.md: the stages of its network, and the index of diagnostics.</summary>
public partial class GeneratorPageTests
{
    private const string PagePath = "generators/README.md";

    /// <summary>The stages that the page shows; the others are named by their titles.</summary>
    private static readonly string[] Shown =
    [
        "declaration", "weights", "graph of inference, as built", "graph of inference, lowered to what kernels do", "graph of losses with gradients, lowered",
        "schedule, 512 bits, one sample",
    ];

    [Fact]
    public void Stages_AreThoseOfThePage()
    {
        string declaration = Page.All.Single(page => page.Path == PagePath).Blocks.First(block => block.IsCSharp).Code;
        CSharpCompilation compilation = GeneratorHarness.Compile(declaration);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: RoslynHarness.ParseOptions,
            optionsProvider: new BuildProperties(new() { ["build_property.NetCompilerExplain"] = "true" }));
        SortedDictionary<string, string> files = GeneratorHarness.Files(driver.RunGenerators(compilation).GetRunResult());
        string explained = files.Single(file => file.Key.EndsWith(".Explained.g.cs", StringComparison.Ordinal)).Value;

        var text = new StringBuilder("```text\n");
        string[] sections = [.. explained.Split("\n//\n").Skip(1)];
        Assert.Superset(Shown.ToHashSet(), sections.Select(section => Title(section)).ToHashSet());
        foreach (string section in sections)
        {
            text.Append(Shown.Contains(Title(section)) ? $"{section.TrimEnd('\n')}\n//\n" : $"// {Title(section)}: left out here\n//\n");
        }

        GeneratedSection.Match(PagePath, "stages", text.ToString().TrimEnd('\n', '/') + "\n```\n");
    }

    [Fact]
    public void Diagnostics_AreThoseOfThePage()
    {
        string pages = Path.Combine(RepositoryFolder.Find(), "generators", "NetCompiler.Generators", "Diagnostics", "Rules");
        var text = new StringBuilder("| id | title | severity |\n|---|---|---|\n");
        foreach (string file in Directory.EnumerateFiles(pages, "NC*.md").Order(StringComparer.Ordinal))
        {
            string id = Path.GetFileNameWithoutExtension(file);
            DiagnosticDescriptor? entry = DiagnosticCatalogue.All.FirstOrDefault(entry => entry.Id == id);
            (string title, string severity) = entry is null ? OfTheBuild(id) : (entry.Title.ToString(CultureInfo.InvariantCulture), entry.DefaultSeverity.ToString());
            text.Append(CultureInfo.InvariantCulture, $"| [{id}](NetCompiler.Generators/Diagnostics/Rules/{id}.md) | {title.Replace("|", "\\|", StringComparison.Ordinal)} | {severity} |\n");
        }

        GeneratedSection.Match(PagePath, "diagnostics", text.ToString());
    }

    // What the package's build files report has no descriptor: its title stands on its page, its severity in the file.
    private static (string Title, string Severity) OfTheBuild(string id)
    {
        string root = RepositoryFolder.Find(), targets = File.ReadAllText(Path.Combine(root, "src", "NetCompiler", "build", "NetCompiler.targets"));
        string title = File.ReadLines(Path.Combine(root, "generators", "NetCompiler.Generators", "Diagnostics", "Rules", id + ".md")).First();
        Match report = Report().Matches(targets).First(match => match.Value.Contains($"Code=\"{id}\"", StringComparison.Ordinal));
        return (title[$"# {id}: ".Length..], $"{report.Groups["severity"].Value} of the build");
    }

    private static string Title(string section) => section.Split('\n')[0]["// ".Length..];

    [GeneratedRegex("<(?<severity>Warning|Error) [^>]*>")]
    private static partial Regex Report();
}
