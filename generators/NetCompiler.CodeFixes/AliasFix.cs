using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetCompiler.CodeFixes;

/// <summary>
/// Writes <c>using Tensor = NetCompiler.Tensor;</c> where the compiler finds a name ambiguous (CS0104), as with System.Numerics.Tensors.
/// The compiler's own error is the diagnostic, so that one mistake gives one.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AliasFix))]
[Shared]
public sealed class AliasFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => ["CS0104"];

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null; // one alias mends the whole file

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is not CompilationUnitSyntax unit || root.FindNode(context.Span, getInnermostNodeForTie: true) is not SimpleNameSyntax name)
        {
            return;
        }

        ISymbol? ours = model?.GetSymbolInfo(name, context.CancellationToken).CandidateSymbols
            .FirstOrDefault(symbol => symbol.ContainingNamespace is { Name: "NetCompiler", ContainingNamespace.IsGlobalNamespace: true });
        if (ours is null)
        {
            return;
        }

        string alias = $"using {ours.Name} = NetCompiler.{ours.Name};";
        context.RegisterCodeFix(
            CodeAction.Create(alias, _ => Task.FromResult(context.Document.WithSyntaxRoot(WithAlias(unit, ours.Name))), equivalenceKey: alias),
            context.Diagnostics);
    }

    private static CompilationUnitSyntax WithAlias(CompilationUnitSyntax unit, string name)
        => unit.AddUsings(SyntaxFactory.UsingDirective(
                SyntaxFactory.NameEquals(name).WithEqualsToken(SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space)),
                SyntaxFactory.ParseName("NetCompiler." + name))
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed));
}
