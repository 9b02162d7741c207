using Microsoft.CodeAnalysis.CSharp;

namespace NetCompiler.Generators.Declaration;

/// <summary>C#'s own words.</summary>
internal static class Keywords
{
    /// <summary>The name with an @ in front where it is a keyword.</summary>
    public static string Escape(string name)
        => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;
}
