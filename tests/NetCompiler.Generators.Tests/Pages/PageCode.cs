using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Pages;

/// <summary>
/// A block of C# as a source of its own: its types as they are, its statements in a method, the usings of the blocks before it as in one
/// file, and #line before each piece, so that an error has the page's line.
/// </summary>
internal static class PageCode
{
    /// <summary>The source of one block.</summary>
    /// <param name="page">The page's path, for errors.</param>
    /// <param name="block">The block.</param>
    /// <param name="name">A name for the class of its statements.</param>
    /// <param name="usings">The usings so far; those of the block are added.</param>
    public static string Write(string page, PageBlock block, string name, List<string> usings)
    {
        StringBuilder types = new(), statements = new();
        foreach ((string code, int line) in new[] { (block.Given, block.GivenLine), (block.Code, block.Line) })
        {
            Split(page, code, line, usings, types, statements);
        }

        string method = statements.ToString().Contains("await ", StringComparison.Ordinal) ? "async Task RunAsync" : "void Run";
        string end = Line(page, block.Line + block.Code.Count(c => c == '\n'));
        string body = statements.Length == 0 ? "" : $"file static class {name}\n{{\n    private static {method}(string[] args)\n    {{\n{statements}{end}    }}\n}}\n";
        return string.Concat(usings.Distinct()) + types + end + body;
    }

    private static void Split(string page, string code, int line, List<string> usings, StringBuilder types, StringBuilder statements)
    {
        CompilationUnitSyntax unit = CSharpSyntaxTree.ParseText(code, RoslynHarness.ParseOptions).GetCompilationUnitRoot();
        string Piece(CSharpSyntaxNode node)
        {
            int first = line + node.SyntaxTree.GetLineSpan(node.FullSpan).StartLinePosition.Line;
            return $"{Line(page, first)}{node.ToFullString().TrimEnd('\n')}\n";
        }

        usings.AddRange(unit.Usings.Select(Piece));
        foreach (MemberDeclarationSyntax member in unit.Members)
        {
            (member is GlobalStatementSyntax ? statements : types).Append(Piece(member));
        }

        // What stands behind the last member, a comment or text that does not parse.
        statements.Append(unit.EndOfFileToken.FullSpan.Length > 0 && unit.Members.Count == 0 ? Piece(unit) : "");
    }

    // Not #line hidden for what is not the page's: analyzers take hidden lines for generated code.
    private static string Line(string page, int line) => string.Create(CultureInfo.InvariantCulture, $"#line {line} \"{page}\"\n");
}
