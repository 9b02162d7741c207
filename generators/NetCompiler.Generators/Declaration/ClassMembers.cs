using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetCompiler.Generators.Declaration;

/// <summary>The members that the user's parts declare, and the class's own name, against the generated ones.</summary>
internal static class ClassMembers
{
    /// <summary>Distinct names in ordinal order, so that moving a member changes nothing.</summary>
    public static EquatableArray<string> Names(INamedTypeSymbol type)
        => new(type.GetMembers()
            .Where(member => member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary } && GeneratedTrees.IsWrittenByUser(member))
            .Select(member => member.Name)
            .Distinct()
            .OrderBy(name => name, StringComparer.Ordinal));

    public static void Check(Reading reading, DeclaredAttributes declared)
    {
        string name = reading.Type.Name;
        if (MemberNames.Reserved.Contains(name) || MemberNames.Generated.Contains(name) || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None)
        {
            reading.Report("NC0102", reading.ClassLocation, "network", name);
        }

        bool adapts = declared.Layers.Any(layer => DeclaredAttributes.KindOf(layer) == "Normalization");
        foreach (string generated in adapts ? [.. MemberNames.Generated, "Adapt"] : MemberNames.Generated)
        {
            foreach (ISymbol member in reading.Type.GetMembers(generated))
            {
                if (GeneratedTrees.IsWrittenByUser(member))
                {
                    reading.Report("NC0104", member.Locations[0], reading.Type.Name, generated);
                    break;
                }
            }
        }
    }
}
