using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Declaration;

/// <summary>
/// Types of the project's own that hide those which kernels call by their short names, thousands of times: a type in the class, in its
/// containers or in a namespace around them comes before one of a using.
/// </summary>
internal static class HiddenNames
{
    private static readonly string[] Used = ["Unsafe", "Vector128", "Vector256", "Vector512", "MethodImpl", "MethodImplAttribute", "MethodImplOptions"];

    /// <summary>Reports the first such type at the network's class.</summary>
    public static void Check(Reading reading)
    {
        for (INamespaceOrTypeSymbol? scope = reading.Type; scope is not null; scope = scope.ContainingSymbol as INamespaceOrTypeSymbol)
        {
            if (Used.SelectMany(name => scope.GetTypeMembers(name)).FirstOrDefault() is { } own)
            {
                reading.Report("NC0016", reading.ClassLocation, reading.Type.Name, own.ToDisplayString(), own.Name);
                return;
            }
        }
    }
}
