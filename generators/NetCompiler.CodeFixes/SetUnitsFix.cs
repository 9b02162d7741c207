using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetCompiler.Generators.Diagnostics;

namespace NetCompiler.CodeFixes;

/// <summary>Gives the last dense layer the units that its loss needs (NC0305, NC0311).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetUnitsFix))]
[Shared]
public sealed class SetUnitsFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => ["NC0305", "NC0311"];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (!context.Diagnostics[0].Properties.TryGetValue(Findings.RepairKey, out string? repair)
            || !int.TryParse(repair, NumberStyles.None, CultureInfo.InvariantCulture, out int units)
            || root?.FindNode(context.Span).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } network
            || UnitsOf(network) is not { } written)
        {
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create(
                $"Give the last layer {units.ToString(CultureInfo.InvariantCulture)} units",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(written, Number(units).WithTriviaFrom(written)))),
                equivalenceKey: nameof(SetUnitsFix)),
            context.Diagnostics);
    }

    /// <summary>The units of the last [Dense], its first argument.</summary>
    private static ExpressionSyntax? UnitsOf(TypeDeclarationSyntax network)
        => network.AttributeLists.SelectMany(list => list.Attributes)
            .LastOrDefault(attribute => attribute.Name.ToString() is "Dense" or "DenseAttribute" or "NetCompiler.Dense")
            ?.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals is null)?.Expression;

    private static LiteralExpressionSyntax Number(int number)
        => SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(number));
}
