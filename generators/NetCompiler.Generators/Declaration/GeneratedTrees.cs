using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Declaration;

/// <summary>Tells our own output from the user's parts: analyzers see a class with both.</summary>
internal static class GeneratedTrees
{
    /// <summary>The compiler stores generated text under the full name of its generator.</summary>
    private const string Folder = "NetCompiler.Generators.NetworkGenerator";

    public static bool Contains(SyntaxTree tree) => tree.FilePath.Contains(Folder);

    /// <summary>Whether the user wrote some part of the symbol.</summary>
    public static bool IsWrittenByUser(ISymbol symbol)
        => !symbol.IsImplicitlyDeclared && symbol.DeclaringSyntaxReferences.Any(reference => !Contains(reference.SyntaxTree));
}
