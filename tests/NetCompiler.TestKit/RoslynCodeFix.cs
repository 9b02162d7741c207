using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetCompiler.TestKit;

/// <summary>Applies a code fix to the first diagnostic that it fixes.</summary>
public static class RoslynCodeFix
{
    /// <summary>The source after the first action that the provider offers, or null where it offers none.</summary>
    public static async Task<string?> ApplyAsync(string source, CodeFixProvider provider, DiagnosticAnalyzer[] analyzers, string[]? others = null)
    {
        using var workspace = new AdhocWorkspace();
        CSharpCompilation compilation = RoslynHarness.Compile([source, .. others ?? []]);
        Project project = workspace.AddProject("Test", LanguageNames.CSharp)
            .WithCompilationOptions(compilation.Options)
            .WithParseOptions(RoslynHarness.ParseOptions)
            .WithMetadataReferences(compilation.References);
        Document? document = null;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            Document added = project.AddDocument(Path.GetFileName(tree.FilePath), await tree.GetTextAsync(), filePath: tree.FilePath);
            document = tree.FilePath == "Test0.cs" ? added : document;
            project = added.Project;
        }

        document = project.GetDocument(document!.Id)!;
        Compilation own = (await project.GetCompilationAsync())!;
        ImmutableArray<Diagnostic> diagnostics = await own.AnalyzeAsync(analyzers);
        SyntaxTree? ownTree = await document.GetSyntaxTreeAsync();
        Diagnostic? fixable = diagnostics.FirstOrDefault(diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id) && diagnostic.Location.SourceTree == ownTree);
        if (fixable is null)
        {
            return null;
        }

        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, fixable, (action, _) => actions.Add(action), CancellationToken.None));
        if (actions.Count == 0)
        {
            return null;
        }

        ImmutableArray<CodeActionOperation> operations = await actions[0].GetOperationsAsync(CancellationToken.None);
        Solution changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return (await changed.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }
}
