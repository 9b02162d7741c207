using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetCompiler.CodeFixes;

/// <summary>Writes [Flatten] before a dense layer on an image (NC0801).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsertFlattenFix))]
[Shared]
public sealed class InsertFlattenFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => ["NC0801"];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<AttributeSyntax>() is not { Parent: AttributeListSyntax list } dense)
        {
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create(
                "Insert [Flatten]",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(Insert(root, list, dense))),
                equivalenceKey: nameof(InsertFlattenFix)),
            context.Diagnostics);
    }

    /// <summary>A list of its own where the layer has one, else before the layer in the same list.</summary>
    private static SyntaxNode Insert(SyntaxNode root, AttributeListSyntax list, AttributeSyntax dense)
    {
        AttributeSyntax flatten = SyntaxFactory.Attribute(dense.Name is QualifiedNameSyntax qualified
            ? qualified.WithRight(SyntaxFactory.IdentifierName("Flatten"))
            : SyntaxFactory.IdentifierName("Flatten"));
        if (list.Attributes.Count > 1)
        {
            return root.InsertNodesBefore(dense, [flatten]);
        }

        AttributeListSyntax own = list.WithAttributes([flatten]);
        SyntaxTriviaList indentation = [.. list.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse()];
        return root.ReplaceNode(list, [own, list.WithLeadingTrivia(indentation)]);
    }
}
