using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Diagnostics;

/// <summary>Turns what the reader found into diagnostics.</summary>
internal static class Findings
{
    /// <summary>The key under which a diagnostic tells its code fix what fits.</summary>
    public const string RepairKey = "Repair";

    public static Diagnostic ToDiagnostic(this Finding finding, AnalyzerOptions options)
        => Diagnostic.Create(
            DiagnosticCatalogue.Find(finding.Id, options),
            finding.Location,
            System.Collections.Immutable.ImmutableDictionary<string, string?>.Empty.Add(RepairKey, finding.Repair),
            [.. finding.Arguments]);

    /// <summary>What an analyzer did not foresee.</summary>
    public static Diagnostic Unforeseen(string stage, ISymbol symbol, Exception exception, AnalyzerOptions options)
        => Diagnostic.Create(
            DiagnosticCatalogue.Find("NC9999", options),
            symbol.Locations.FirstOrDefault() ?? Location.None,
            stage,
            symbol.Name,
            $"{exception.GetType().Name}: {exception.Message}");
}
