using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetCompiler.Generators.Declaration;

/// <summary>
/// Finds attribute arguments that mention a member of a generated class. The generator runs before such members exist, so it cannot read
/// them, although the finished compilation can.
/// </summary>
internal static class GeneratedConstants
{
    /// <summary>Whether the attribute mentions one, which is then reported.</summary>
    public static bool AreUsedBy(Reading reading, AttributeData attribute)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(reading.CancellationToken) is not AttributeSyntax { ArgumentList: { } list })
        {
            return false;
        }

        foreach (AttributeArgumentSyntax argument in list.Arguments)
        {
            foreach (MemberAccessExpressionSyntax access in argument.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
            {
                if (IsOurEnumeration(access) || NetworkOf(reading, access) is not { } network)
                {
                    continue;
                }

                reading.Report("NC0212", argument.Expression.GetLocation(), argument.Expression.ToString(), network.Name);
                return true;
            }
        }

        return false;
    }

    /// <summary>Spares the common case, Activation.Relu, the semantic model.</summary>
    private static bool IsOurEnumeration(MemberAccessExpressionSyntax access)
        => access.Expression is IdentifierNameSyntax { Identifier.ValueText: "Activation" or "Initializer" or "Loss" or "WeightFormat" or "double" or "float" };

    private static INamedTypeSymbol? NetworkOf(Reading reading, MemberAccessExpressionSyntax access)
    {
        SemanticModel model = reading.Compilation.GetSemanticModel(access.SyntaxTree);
        if (model.GetSymbolInfo(access.Expression, reading.CancellationToken).Symbol is not INamedTypeSymbol type)
        {
            return null;
        }

        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (DeclaredAttributes.IsNetwork(current))
            {
                return type.GetMembers(access.Name.Identifier.ValueText).Any(GeneratedTrees.IsWrittenByUser) ? null : current;
            }
        }

        return null;
    }
}
