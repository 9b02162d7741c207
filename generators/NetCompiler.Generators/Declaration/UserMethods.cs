using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Declaration;

/// <summary>Finds the methods that attributes name.</summary>
internal static class UserMethods
{
    /// <summary>The methods of that name that the user wrote, in the innermost of the class and its containers that has any.</summary>
    public static IReadOnlyList<IMethodSymbol> Find(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            IMethodSymbol[] methods =
            [
                .. current.GetMembers(name).OfType<IMethodSymbol>()
                    .Where(method => method.MethodKind == MethodKind.Ordinary && GeneratedTrees.IsWrittenByUser(method)),
            ];
            if (methods.Length > 0)
            {
                return methods;
            }
        }

        return [];
    }

    /// <summary>Whether the compiler has something to say about the signature.</summary>
    public static bool HasErrors(IMethodSymbol method)
        => method.ReturnType.TypeKind == TypeKind.Error || method.Parameters.Any(parameter => parameter.Type.TypeKind == TypeKind.Error);

    /// <summary>The signature as written: static float Swish(float x).</summary>
    public static string Describe(IMethodSymbol method)
        => (method.IsStatic ? "static " : "") + method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) + " " + method.Name + "("
            + string.Join(", ", method.Parameters.Select(parameter => parameter.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat))) + ")";
}
