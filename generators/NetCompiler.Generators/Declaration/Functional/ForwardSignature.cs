using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Declaration.Functional;

/// <summary>The parameters and results of a Forward method.</summary>
internal static class ForwardSignature
{
    /// <summary>Whether the parameter is a compile-time choice.</summary>
    public static bool IsChoice(IParameterSymbol parameter) => parameter.Type.SpecialType == SpecialType.System_Int32;

    /// <summary>The inputs, one per tensor; what the signature lacks is reported.</summary>
    public static EquatableArray<InputSpec> Inputs(Reading reading, IMethodSymbol forward)
    {
        if (UserMethods.HasErrors(forward))
        {
            reading.IsFaulty = true; // the compiler reports the types
        }
        else if (Mistake(forward) is { } mistake)
        {
            reading.Report("NC0010", forward.Locations[0], reading.Type.Name, mistake);
        }

        var inputs = new List<InputSpec>();
        foreach (IParameterSymbol parameter in forward.Parameters)
        {
            if (LossMethodReader.IsTensor(parameter.Type))
            {
                inputs.Add(Read(reading, parameter));
                reading.Places.Inputs.Add(new ParameterPlace(parameter));
            }
            else if (IsNamesake(parameter.Type))
            {
                continue; // NC0010 says so
            }
            else if (parameter.Type.TypeKind != TypeKind.Error && !(IsChoice(parameter) && Find(parameter, "Choice") is not null))
            {
                reading.Report("NC0606", parameter.Locations[0], NameOf(parameter), "is neither a Tensor with [Input(..)] or [Tokens(..)] nor an int with [Choice(..)]");
            }
            else if (parameter.RefKind != RefKind.None)
            {
                reading.Report("NC0606", parameter.Locations[0], NameOf(parameter), "is passed by reference");
            }
        }

        if (inputs.Count == 0)
        {
            inputs.Add(new InputSpec("input", default));
        }

        return new EquatableArray<InputSpec>(inputs);
    }

    /// <summary>The names of the outputs: those of the tuple's elements in camel case, or output.</summary>
    public static IEnumerable<string> OutputNames(IMethodSymbol forward)
        => forward.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple ? tuple.TupleElements.Select(element => CamelCase(element.Name)) : ["output"];

    /// <summary>Where the outputs are named.</summary>
    public static IEnumerable<Location> OutputPlaces(IMethodSymbol forward)
        => forward.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple
            ? tuple.TupleElements.Select(element => element.Locations.FirstOrDefault() ?? forward.Locations[0])
            : [forward.Locations[0]];

    /// <summary>The [Choice] parameters in order, with their attributes.</summary>
    public static IEnumerable<(IParameterSymbol Parameter, AttributeData Attribute)> Choices(IMethodSymbol forward)
        => forward.Parameters.Where(IsChoice).Select(parameter => (parameter, Find(parameter, "Choice")!)).Where(pair => pair.Item2 is not null);

    private static InputSpec Read(Reading reading, IParameterSymbol parameter)
    {
        AttributeData[] shapes = [.. parameter.GetAttributes().Where(attribute => DeclaredAttributes.KindOf(attribute) is "Input" or "Tokens")];
        if (parameter.RefKind != RefKind.None || parameter.IsParams || parameter.HasExplicitDefaultValue)
        {
            reading.Report("NC0606", parameter.Locations[0], NameOf(parameter), "is optional or passed by reference");
        }
        else if (shapes.Length == 0 && parameter.GetAttributes().All(attribute => attribute.AttributeClass?.TypeKind != TypeKind.Error))
        {
            reading.Report("NC0606", parameter.Locations[0], NameOf(parameter), "has no shape: write [Input(..)] or [Tokens(..)] before it");
        }
        else if (shapes.Length > 1)
        {
            reading.Report("NC0606", parameter.Locations[0], NameOf(parameter), "is marked [Input(..)] and [Tokens(..)]; it is one of the two");
        }

        reading.IsFaulty |= shapes.Length != 1;
        return shapes.Length == 0 ? new InputSpec(NameOf(parameter), default) : InputReader.Read(reading, shapes[0], NameOf(parameter));
    }

    private static string? Mistake(IMethodSymbol forward) => forward switch
    {
        { IsStatic: false } => "is not static",
        { Arity: > 0 } => "is generic",
        { IsAsync: true } => "is async",
        _ when OtherTensor(forward) is { } other => $"is of {other.ToDisplayString()}, where NetCompiler.Tensor is needed: write that name in full",
        _ when !forward.Parameters.Any(parameter => LossMethodReader.IsTensor(parameter.Type)) => "takes no Tensor",
        { ReturnType: INamedTypeSymbol { IsTupleType: true } tuple } => tuple.TupleElements.FirstOrDefault(element => !LossMethodReader.IsTensor(element.Type)) is { } other
            ? $"returns {other.Name}, which is no Tensor"
            : tuple.TupleElements.Any(element => !element.IsExplicitlyNamedTupleElement) ? "returns tensors without names; name every element of the tuple, as (Tensor Genre, Tensor Score)"
            : null,
        _ => LossMethodReader.IsTensor(forward.ReturnType) ? null : $"returns {forward.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}",
    };

    /// <summary>A type of others that is called Tensor too, such as one in the namespace of the class, which comes before those of a using.</summary>
    private static ITypeSymbol? OtherTensor(IMethodSymbol forward)
    {
        IEnumerable<ITypeSymbol> results = forward.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple ? tuple.TupleElements.Select(element => element.Type) : [forward.ReturnType];
        return forward.Parameters.Select(parameter => parameter.Type).Concat(results).FirstOrDefault(IsNamesake);
    }

    private static bool IsNamesake(ITypeSymbol type) => type is { Name: "Tensor", TypeKind: not TypeKind.Error } && !LossMethodReader.IsTensor(type);

    private static AttributeData? Find(IParameterSymbol parameter, string kind)
        => parameter.GetAttributes().FirstOrDefault(attribute => DeclaredAttributes.KindOf(attribute) == kind);

    /// <summary>The parameter's name; a half-typed one has none yet, but a span or a variant must have one.</summary>
    public static string NameOf(IParameterSymbol parameter) => parameter.Name.Length > 0 ? parameter.Name : $"parameter{parameter.Ordinal}";

    private static string CamelCase(string name) => name.Length == 0 ? "output" : char.ToLowerInvariant(name[0]) + name.Substring(1);
}
