using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetCompiler.Generators.Declaration;

/// <summary>Checks that a part can be added to the class: partial all the way out, and a plain class.</summary>
internal static class ClassShape
{
    /// <summary>Whether any part can be generated; a constructor of the user's own is a mistake but hinders no other member.</summary>
    public static bool Check(Reading reading)
    {
        INamedTypeSymbol type = reading.Type;
        string? id = type switch
        {
            { IsRecord: true } or { TypeKind: TypeKind.Struct } => "NC0006",
            { IsFileLocal: true } => "NC0011",
            { IsStatic: true } => "NC0004",
            { IsAbstract: true } => "NC0005",
            _ when IsGeneric(type) => "NC0003",
            _ when !IsPartial(type, reading.CancellationToken) => "NC0001",
            _ => null,
        };
        if (id is not null)
        {
            reading.Report(id, id == "NC0001" ? PartWithout(type, reading.CancellationToken)! : reading.ClassLocation, type.Name, id == "NC0011" ? type.Name : type.IsRecord ? "record" : "struct");
            return false;
        }

        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            if (outer.IsFileLocal)
            {
                reading.Report("NC0011", outer.Locations[0], type.Name, outer.Name);
                return false;
            }

            if (!IsPartial(outer, reading.CancellationToken))
            {
                reading.Report("NC0002", PartWithout(outer, reading.CancellationToken)!, outer.Name, type.Name);
                return false;
            }
        }

        // A member cannot be called as its class is.
        if (MemberNames.Reserved.Contains(type.Name) || MemberNames.Generated.Contains(type.Name) || SyntaxFacts.GetKeywordKind(type.Name) != SyntaxKind.None)
        {
            reading.Report("NC0102", reading.ClassLocation, "network", type.Name);
            return false;
        }

        return CheckConstructors(reading);
    }

    /// <summary>The declarations around a nested class, outermost first.</summary>
    public static EquatableArray<string> Containers(INamedTypeSymbol type)
    {
        var containers = new List<string>();
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            string kind = outer switch
            {
                { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
                { IsRecord: true } => "record",
                { TypeKind: TypeKind.Struct } => "struct",
                { TypeKind: TypeKind.Interface } => "interface",
                _ => "class",
            };
            containers.Insert(0, $"partial {kind} {Keywords.Escape(outer.Name)}");
        }

        return new EquatableArray<string>(containers);
    }

    // Beside a primary constructor, which all others must call, no part can stand.
    private static bool CheckConstructors(Reading reading)
    {
        IMethodSymbol? own = reading.Type.InstanceConstructors.FirstOrDefault(constructor => GeneratedTrees.IsWrittenByUser(constructor) && !SyntaxErrors.IsMethodWithoutType(constructor, reading.CancellationToken));
        if (own is not null)
        {
            reading.Report("NC0007", own.Locations[0], reading.Type.Name);
            reading.Collisions.AddRange(reading.Type.InstanceConstructors.Where(GeneratedTrees.IsWrittenByUser).Select(Collisions.Of));
        }

        CheckCreation(reading);
        return own is null || own.DeclaringSyntaxReferences.All(reference => reference.GetSyntax(reading.CancellationToken) is not TypeDeclarationSyntax);
    }

    private static bool IsGeneric(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (current.Arity > 0)
            {
                return true;
            }
        }

        return false;
    }

    // The generated constructor knows a seed, nothing that a base or an initializer wants.
    private static void CheckCreation(Reading reading)
    {
        for (INamedTypeSymbol? type = reading.Type; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            if (type.GetMembers().FirstOrDefault(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }) is { } required)
            {
                bool isOwn = SymbolEqualityComparer.Default.Equals(type, reading.Type);
                reading.Report("NC0017", isOwn ? required.Locations[0] : reading.ClassLocation, reading.Type.Name, $"{(isOwn ? required.Name : $"{type.Name}.{required.Name}")} is required", "write it without 'required'");
                return;
            }
        }

        IMethodSymbol[] constructors = reading.Type.BaseType is { TypeKind: not TypeKind.Error } parent ? [.. parent.InstanceConstructors] : [];
        if (constructors.Length > 0 && !constructors.Any(constructor => IsAccessible(constructor) && constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams)))
        {
            string name = reading.Type.BaseType!.Name;
            reading.Report("NC0017", reading.ClassLocation, reading.Type.Name, $"its base {name} has no constructor without parameters that it may call", "give the base one");
            IMethodSymbol? other = constructors.FirstOrDefault(constructor => IsAccessible(constructor) && constructor.Parameters.All(parameter => parameter.RefKind == RefKind.None));
            reading.BaseCall = other is null ? "" : $"base({string.Join(", ", other.Parameters.Select(parameter => $"default({parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)})!"))})";
        }

        bool IsAccessible(IMethodSymbol constructor) => reading.Compilation.IsSymbolAccessibleWithin(constructor, reading.Type);
    }

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) => PartWithout(type, cancellationToken) is null;

    /// <summary>The name of the part that lacks the word partial, or null.</summary>
    private static Location? PartWithout(INamedTypeSymbol type, CancellationToken cancellationToken)
        => type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>()
            .FirstOrDefault(declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))?.Identifier.GetLocation();
}
