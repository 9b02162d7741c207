using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetCompiler.Generators.Declaration;

/// <summary>Checks that the class is what a network can be, and that a part can be added to it: partial all the way out.</summary>
internal static class ClassShape
{
    /// <summary>Whether any part can be generated: beside a record, a struct, an abstract, a generic or a static class one can, which lets its members be found.</summary>
    public static bool Check(Reading reading)
    {
        INamedTypeSymbol type = reading.Type;
        bool isPartial = IsPartial(type, reading.CancellationToken);
        string? id = type switch
        {
            { IsRecord: true } or { TypeKind: TypeKind.Struct } => "NC0006",
            { IsFileLocal: true } => "NC0011",
            { IsStatic: true } => "NC0004",
            { IsAbstract: true } => "NC0005",
            _ when IsGeneric(type) => "NC0003",
            _ when !isPartial => "NC0001",
            _ => null,
        };
        if (id is not null)
        {
            reading.Report(id, id == "NC0001" ? PartWithout(type, reading.CancellationToken)! : reading.ClassLocation, type.Name, id == "NC0011" ? type.Name : type.IsRecord ? "record" : "struct");
            if (!isPartial || type.IsFileLocal || type.IsRefLikeType)
            {
                return false;
            }
        }

        return CheckContainers(reading) && CheckName(reading) && CheckConstructors(reading, isClass: id != "NC0006");
    }

    /// <summary>The declarations around a nested class, outermost first.</summary>
    public static EquatableArray<string> Containers(INamedTypeSymbol type)
    {
        var containers = new List<string>();
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            containers.Insert(0, $"partial {Keyword(outer)} {Keywords.Escape(outer.Name)}{TypeParameters(outer)}");
        }

        return new EquatableArray<string>(containers);
    }

    /// <summary>The word that declares the type.</summary>
    public static string Keyword(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };

    /// <summary>The type's own parameters as <c>&lt;T,U&gt;</c>, or nothing.</summary>
    public static string TypeParameters(INamedTypeSymbol type)
        => type.Arity == 0 ? "" : $"<{string.Join(",", type.TypeParameters.Select(parameter => Keywords.Escape(parameter.Name)))}>";

    private static bool CheckContainers(Reading reading)
    {
        INamedTypeSymbol type = reading.Type;
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

        return true;
    }

    // A member cannot be called as its class is.
    private static bool CheckName(Reading reading)
    {
        string name = reading.Type.Name;
        if (MemberNames.Reserved.Contains(name) || MemberNames.Generated.Contains(name) || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None)
        {
            reading.Report("NC0102", reading.ClassLocation, "network", name);
            return false;
        }

        if (reading.Type.IsRecord)
        {
            reading.Collisions.Add("Clone"); // the compiler allows no member of that name in a record
        }

        return true;
    }

    // The parameters of a record are no second mistake. Beside a primary constructor, which all others must call, no part can stand where it takes references.
    private static bool CheckConstructors(Reading reading, bool isClass)
    {
        IMethodSymbol[] own = [.. reading.Type.InstanceConstructors.Where(constructor => GeneratedTrees.IsWrittenByUser(constructor) && !SyntaxErrors.IsMethodWithoutType(constructor, reading.CancellationToken))];
        IMethodSymbol? primary = own.FirstOrDefault(constructor => constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(reading.CancellationToken) is TypeDeclarationSyntax));
        if (own.FirstOrDefault(constructor => isClass || !SymbolEqualityComparer.Default.Equals(constructor, primary)) is { } mistake)
        {
            reading.Report("NC0007", mistake.Locations[0], reading.Type.Name);
        }

        if (own.Length > 0)
        {
            reading.Collisions.AddRange(reading.Type.InstanceConstructors.Where(GeneratedTrees.IsWrittenByUser).Select(Collisions.Of));
        }

        CheckCreation(reading);
        if (primary is not null)
        {
            reading.BaseCall = $"this({Defaults(primary)})";
        }

        return primary is null || TakesValues(primary);
    }

    private static bool TakesValues(IMethodSymbol constructor) => constructor.Parameters.All(parameter => parameter.RefKind == RefKind.None);

    private static string Defaults(IMethodSymbol constructor)
        => string.Join(", ", constructor.Parameters.Select(parameter => $"default({parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)})!"));

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
            IMethodSymbol? other = constructors.FirstOrDefault(constructor => IsAccessible(constructor) && TakesValues(constructor));
            reading.BaseCall = other is null ? "" : $"base({Defaults(other)})";
        }

        bool IsAccessible(IMethodSymbol constructor) => reading.Compilation.IsSymbolAccessibleWithin(constructor, reading.Type);
    }

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) => PartWithout(type, cancellationToken) is null;

    /// <summary>The name of the part that lacks the word partial, or null.</summary>
    private static Location? PartWithout(INamedTypeSymbol type, CancellationToken cancellationToken)
        => type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>()
            .FirstOrDefault(declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))?.Identifier.GetLocation();
}
