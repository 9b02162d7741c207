using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetCompiler.CodeFixes;

/// <summary>Counts an axis without the batch (NC0605), and names a number among the inputs of Concat as its axis (NC0604).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AxisFix))]
[Shared]
public sealed class AxisFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => ["NC0604", "NC0605"];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        LiteralExpressionSyntax[] literals = [.. root?.FindNode(context.Span).DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>() ?? []];
        if (root is null || literals.Length != 1 || literals[0] is not { Token.Value: int axis } number)
        {
            return;
        }

        if (context.Diagnostics[0].Id == "NC0605")
        {
            Register(context, $"Axis {axis - 1}", () => root.ReplaceNode(number, SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(axis - 1)).WithTriviaFrom(number)));
        }
        else if (number.Parent is ArgumentSyntax { Parent: ArgumentListSyntax list } argument && list.Arguments.All(other => other.NameColon is null))
        {
            string tensors = string.Join(", ", list.Arguments.Where(other => other != argument).Select(other => other.ToString()));
            string named = $"([{tensors}], axis: {number})";
            Register(context, "Concat" + named, () => root.ReplaceNode(list, SyntaxFactory.ParseArgumentList(named).WithTriviaFrom(list)));
        }
    }

    private static void Register(CodeFixContext context, string title, Func<SyntaxNode> mend) =>
        context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(mend())), equivalenceKey: nameof(AxisFix)), context.Diagnostics);
}
