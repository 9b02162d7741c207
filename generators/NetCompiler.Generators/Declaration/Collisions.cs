using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetCompiler.Generators.Declaration;

/// <summary>
/// What a faulty network's generated part does without because the user's part declares it too. The user's member has its diagnostic; with ours
/// beside it the compiler would find more.
/// </summary>
internal static class Collisions
{
    /// <summary>A member of the user's as the model keeps it: a method or constructor with the types of its parameters, anything else by its name.</summary>
    public static string Of(ISymbol member) => member is IMethodSymbol method
        ? Signature(method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : method.MetadataName, method.Parameters.Select(parameter => parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)))
        : member.Name;

    /// <summary>The generated text without the members that collide; nested types, which signatures mention, get another name instead.</summary>
    public static string LeaveOut(string text, IReadOnlyCollection<string> collisions)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(text).GetRoot();
        string[] types = [.. FaultyPart.NetworkOf(root).Members.OfType<ClassDeclarationSyntax>().Select(type => type.Identifier.ValueText).Where(type => collisions.Any(own => NameOf(own) == type))];
        root = root.RemoveNodes(FaultyPart.NetworkOf(root).Members.Where(member => Collides(member, collisions)), SyntaxRemoveOptions.KeepNoTrivia)!;
        root = root.ReplaceTokens(
            FaultyPart.NetworkOf(root).DescendantTokens().Where(token => types.Contains(token.ValueText) && token.Parent is ClassDeclarationSyntax or ConstructorDeclarationSyntax or IdentifierNameSyntax { Parent: not ExplicitInterfaceSpecifierSyntax }),
            (token, _) => SyntaxFactory.Identifier(token.LeadingTrivia, token.ValueText + "_", token.TrailingTrivia));
        return root.ToFullString();
    }

    // Methods may stand beside others of their name.
    private static bool Collides(MemberDeclarationSyntax member, IReadOnlyCollection<string> collisions) => member switch
    {
        MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } method => collisions.Contains(method.Identifier.ValueText) || collisions.Contains(SignatureOf(method.Identifier, method)),
        ConstructorDeclarationSyntax constructor => collisions.Contains(SignatureOf(constructor.Identifier, constructor)),
        PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } property => collisions.Any(own => NameOf(own) == property.Identifier.ValueText),
        FieldDeclarationSyntax field => collisions.Any(own => NameOf(own) == field.Declaration.Variables[0].Identifier.ValueText),
        _ => false,
    };

    private static string SignatureOf(SyntaxToken name, BaseMethodDeclarationSyntax method)
        => Signature(name.ValueText, method.ParameterList.Parameters.Select(parameter => parameter.Type!.ToString()));

    private static string Signature(string name, IEnumerable<string> types) => $"{name}({string.Join(",", types.Select(type => type.TrimEnd('?')))})";

    private static string NameOf(string collision) => collision.Split('(')[0];
}
