using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetCompiler.Generators.Declaration;
using MemberNames = NetCompiler.Generators.Targets.CSharp.Members.MemberNames;

namespace NetCompiler.Generators.Diagnostics;

/// <summary>Reports what the reader finds in a class marked [Network]: the generator reads the same and stays silent.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        .. DiagnosticCatalogue.All.Where(entry => entry.DefaultSeverity == DiagnosticSeverity.Error && !entry.Id.StartsWith("NC05", StringComparison.Ordinal)),
    ];

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
        if (!DeclaredAttributes.IsNetwork(type))
        {
            return;
        }

        DeclarationResult declaration = NetworkReader.Read(type, context.CancellationToken);
        foreach (Finding finding in declaration.Findings)
        {
            context.ReportDiagnostic(finding.ToDiagnostic(context.Options));
        }

        // Without a mistake now but faulty when it was generated: it needs something that did not exist then.
        if (declaration.Spec is { IsFaulty: false } && type.GetMembers(MemberNames.FaultMarker).Length > 0)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                DiagnosticCatalogue.Find("NC0212", context.Options), type.Locations.First(location => location.SourceTree is { } tree && !GeneratedTrees.Contains(tree)),
                $"A constant that the declaration of {type.Name} uses", "a network"));
        }
    }
}
