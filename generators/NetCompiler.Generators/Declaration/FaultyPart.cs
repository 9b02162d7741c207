using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetCompiler.Generators.Declaration;

/// <summary>
/// Makes the generated part of a faulty network one that can stand beside the user's: a class that is what no network can be, or that declares
/// generated members itself, has its diagnostic, and the compiler should find no more.
/// </summary>
internal static class FaultyPart
{
    /// <summary>What stands for a static class where it would be a type.</summary>
    private const string AnyNetwork = "global::NetCompiler.INetwork";

    /// <summary>The text as it can stand; that of a plain class without collisions is left alone.</summary>
    public static string Fit(string text, NetworkSpec spec)
    {
        bool isPlain = spec is { Keyword: "class", TypeParameters: "", IsStatic: false, Collisions.Count: 0 };
        text = spec.Collisions.Count > 0 ? Collisions.LeaveOut(text, spec.Collisions) : text;
        text = spec.IsStatic ? WithoutInstances(text) : text;
        return isPlain ? text : "#pragma warning disable // what is hidden or no longer documented has its diagnostic\n" + text;
    }

    /// <summary>The network in generated text: containers have no base.</summary>
    public static TypeDeclarationSyntax NetworkOf(SyntaxNode root) => root.DescendantNodes().OfType<TypeDeclarationSyntax>().First(type => type.BaseList is not null);

    // A static class has no objects: what they would do is static, and no type is called like it.
    private static string WithoutInstances(string text)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(text).GetRoot();
        TypeDeclarationSyntax network = NetworkOf(root);
        IEnumerable<MemberDeclarationSyntax> members = network.Members.Where(CanBeStatic).Select(member => AsStatic(member, network.Identifier.ValueText));
        TypeDeclarationSyntax bare = (TypeDeclarationSyntax)network.RemoveNode(network.BaseList!, SyntaxRemoveOptions.KeepTrailingTrivia)!;
        return root.ReplaceNode(network, bare.WithMembers(SyntaxFactory.List(members))).ToFullString();
    }

    private static bool CanBeStatic(MemberDeclarationSyntax member)
        => member is not (ConstructorDeclarationSyntax or MethodDeclarationSyntax { ExplicitInterfaceSpecifier: not null } or PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: not null });

    private static MemberDeclarationSyntax AsStatic(MemberDeclarationSyntax member, string network)
    {
        if (member is not (MethodDeclarationSyntax or PropertyDeclarationSyntax))
        {
            return member;
        }

        member = member.ReplaceNodes(
            member.DescendantNodes().OfType<IdentifierNameSyntax>().Where(type => type.Identifier.ValueText == network && type.Parent is MethodDeclarationSyntax or ParameterSyntax),
            (type, _) => SyntaxFactory.ParseTypeName(AnyNetwork).WithTriviaFrom(type));
        return member.Modifiers.Any(SyntaxKind.StaticKeyword) ? member : member.AddModifiers(SyntaxFactory.Token(SyntaxKind.StaticKeyword).WithTrailingTrivia(SyntaxFactory.Space));
    }
}
