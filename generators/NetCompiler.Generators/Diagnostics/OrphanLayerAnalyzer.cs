using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Diagnostics;

/// <summary>Reports a class that has layers but is not marked [Network], which the generator never sees.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OrphanLayerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticCatalogue.Find("NC0009")];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.GetAttributes().IsEmpty || DeclaredAttributes.IsNetwork(type))
        {
            return;
        }

        var declared = DeclaredAttributes.Of(type);
        if (declared.Layers.Count > 0 && !SyntaxErrors.MayHidePartsOf(type, context.CancellationToken))
        {
            AttributeData first = declared.Layers[0];
            context.ReportDiagnostic(Diagnostic.Create(
                DiagnosticCatalogue.Find("NC0009", context.Options), DeclaredPlaces.Of(first, "", context.CancellationToken), type.Name, DeclaredAttributes.KindOf(first)));
        }
    }
}
