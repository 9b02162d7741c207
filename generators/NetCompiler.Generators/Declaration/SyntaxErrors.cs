using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetCompiler.Generators.Declaration;

/// <summary>Half-typed source: a class that is cut off lacks what follows, which is no mistake of its own.</summary>
internal static class SyntaxErrors
{
    /// <summary>Whether syntax errors in a file of the class can hide what it declares.</summary>
    public static bool MayHidePartsOf(INamedTypeSymbol type, CancellationToken cancellationToken)
        => type.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree).Distinct()
            .Any(tree => tree.GetDiagnostics(cancellationToken).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            || type.Constructors.Any(constructor => IsMethodWithoutType(constructor, cancellationToken));

    /// <summary>Whether it is a method without a return type, which is a constructor to the compiler, and an error.</summary>
    public static bool IsMethodWithoutType(IMethodSymbol constructor, CancellationToken cancellationToken) => constructor.DeclaringSyntaxReferences
        .Any(reference => reference.GetSyntax(cancellationToken) is ConstructorDeclarationSyntax declaration && declaration.Identifier.ValueText != constructor.ContainingType.Name);
}
