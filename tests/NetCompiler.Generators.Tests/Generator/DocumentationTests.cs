using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Generators.Tests.Generator;

/// <summary>The documentation file of a project with a network.</summary>
public class DocumentationTests
{
    [Fact]
    public void SummaryOfTheUsers_StandsAlone()
    {
        XElement network = Members(GeneratorHarness.Xor).Single(member => member.Attribute("name")!.Value == "T:Models.Xor");
        Assert.Equal("Exclusive or.", Assert.Single(network.Elements("summary")).Value);
        Assert.Equal("A network of 2 layers with 41 parameters: (2) to (1).", Assert.Single(network.Elements("remarks")).Value);
    }

    [Fact]
    public void NetworkWithoutAComment_NeedsNone()
        => Assert.NotEmpty(Members(GeneratorHarness.Xor.Replace("/// <summary>Exclusive or.</summary>", "", StringComparison.Ordinal)));

    [Fact]
    public void Variant_HasASummary()
    {
        const string Source = "using NetCompiler;\n\n/// <summary>Any width.</summary>\n[Network]\npublic partial class Any\n{\n    static Tensor Forward([Input(4)] Tensor x, [Choice(2, 3)] int width) => x.Dense(width);\n}";
        Assert.Single(Members(Source).Single(member => member.Attribute("name")!.Value == "T:Any.Width3").Elements("summary"));
    }

    /// <summary>As the build writes it, every warning an error.</summary>
    private static IEnumerable<XElement> Members(string source)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(source);
        CSharpParseOptions options = RoslynHarness.ParseOptions.WithDocumentationMode(DocumentationMode.Diagnose);
        GeneratorHarness.Run(compilation, out Compilation generated);
        foreach (SyntaxTree tree in generated.SyntaxTrees)
        {
            generated = generated.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(tree.GetText(), options, tree.FilePath));
        }

        using var image = new MemoryStream();
        using var documentation = new MemoryStream();
        Assert.Empty(generated.Emit(image, xmlDocumentationStream: documentation).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        documentation.Position = 0;
        return XDocument.Load(documentation).Descendants("member");
    }
}
