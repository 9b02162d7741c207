using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetCompiler.Generators.Diagnostics;

namespace NetCompiler.CodeFixes;

/// <summary>Writes the layer before another one that brings its input into shape: [Flatten] before a dense layer on an image (NC0801), or what the message says (NC0223, NC0230).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsertLayerFix))]
[Shared]
public sealed class InsertLayerFix : CodeFixProvider
{
    private const string Flatten = "Flatten";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => ["NC0801", "NC0223", "NC0230"];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        Diagnostic diagnostic = context.Diagnostics[0];
        string layer = diagnostic.Properties.TryGetValue(Findings.RepairKey, out string? repair) && repair is { Length: > 0 } ? repair : diagnostic.Id == "NC0801" ? Flatten : "";
        SyntaxNode? place = root?.FindNode(context.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<SyntaxNode>(node => node is AttributeSyntax or InvocationExpressionSyntax);
        Func<SyntaxNode>? insert = layer.Length == 0 ? null : place switch
        {
            AttributeSyntax { Parent: AttributeListSyntax list } attribute => () => Insert(root!, list, attribute, layer),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var tensor } } when tensor.ToString() != "Tensor" => () => Insert(root!, tensor, layer),
            _ => null,
        };
        if (insert is not null)
        {
            context.RegisterCodeFix(
                CodeAction.Create($"Insert {layer}", _ => Task.FromResult(context.Document.WithSyntaxRoot(insert())), equivalenceKey: nameof(InsertLayerFix)), context.Diagnostics);
        }
    }

    /// <summary>A list of its own where the layer has one, else before the layer in the same list.</summary>
    private static SyntaxNode Insert(SyntaxNode root, AttributeListSyntax list, AttributeSyntax other, string layer)
    {
        // As it is written: Reshape(28, 28, 1).
        InvocationExpressionSyntax? call = SyntaxFactory.ParseExpression(layer) as InvocationExpressionSyntax;
        SimpleNameSyntax name = SyntaxFactory.IdentifierName(call?.Expression.ToString() ?? layer);
        AttributeSyntax inserted = SyntaxFactory.Attribute(
            other.Name is QualifiedNameSyntax qualified ? qualified.WithRight(name) : name,
            call is null ? null : SyntaxFactory.ParseAttributeArgumentList(call.ArgumentList.ToString()));
        if (list.Attributes.Count > 1)
        {
            return root.InsertNodesBefore(other, [inserted]);
        }

        AttributeListSyntax own = list.WithAttributes([inserted]);
        SyntaxTriviaList indentation = [.. list.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse()];
        return root.ReplaceNode(list, [own, list.WithLeadingTrivia(indentation)]);
    }

    /// <summary>Another call on the tensor: x.Reshape([28, 28, 1]).</summary>
    private static SyntaxNode Insert(SyntaxNode root, ExpressionSyntax tensor, string layer)
    {
        int open = layer.IndexOf('(');
        string call = open < 0 ? layer + "()" : $"{layer.Substring(0, open)}([{layer.Substring(open + 1, layer.Length - open - 2)}])";
        return root.ReplaceNode(tensor, SyntaxFactory.ParseExpression($"{tensor.WithoutTrivia()}.{call}").WithTriviaFrom(tensor));
    }
}
