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

        ImmutableArray<ISymbol> candidates = model?.GetSymbolInfo(name, context.CancellationToken).CandidateSymbols ?? [];
        ISymbol? ours = candidates.FirstOrDefault(symbol => symbol.ContainingNamespace is { Name: "NetCompiler", ContainingNamespace.IsGlobalNamespace: true });
        if (ours is null)
        {
            return;
        }

        // Names of an inner scope come first, aliases of an outer one included.
        BaseNamespaceDeclarationSyntax? space = name.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault(space => space.Usings.Any(use =>
            use is { Alias: null, Name: { } used } && candidates.Any(candidate => SymbolEqualityComparer.Default.Equals(candidate.ContainingNamespace, model!.GetSymbolInfo(used, context.CancellationToken).Symbol))));

        string alias = $"using {ours.Name} = NetCompiler.{ours.Name};";
        context.RegisterCodeFix(
            CodeAction.Create(alias, _ => Task.FromResult(context.Document.WithSyntaxRoot(space is null
                ? unit.AddUsings(Alias(ours.Name, unit.Usings))
                : unit.ReplaceNode(space, space.AddUsings(Alias(ours.Name, space.Usings))))), equivalenceKey: alias),
            context.Diagnostics);
    }

    /// <summary>The alias, as far in as the usings before it.</summary>
    private static UsingDirectiveSyntax Alias(string name, SyntaxList<UsingDirectiveSyntax> before)
        => SyntaxFactory.UsingDirective(
                SyntaxFactory.NameEquals(name).WithEqualsToken(SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space)),
                SyntaxFactory.ParseName("NetCompiler." + name))
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithLeadingTrivia(before.LastOrDefault()?.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse() ?? [])
            .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed);
}
