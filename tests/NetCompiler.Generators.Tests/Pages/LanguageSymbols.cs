using System.Globalization;
using Microsoft.CodeAnalysis;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Pages;

/// <summary>The package's public types as the compiler sees them, and how their signatures are written on a page.</summary>
internal static class LanguageSymbols
{
    private static readonly Compilation Compilation = RoslynHarness.Compile();

    public static INamespaceSymbol Namespace { get; } = Compilation.GetTypeByMetadataName(typeof(NetworkAttribute).FullName!)!.ContainingNamespace;

    public static INamedTypeSymbol Find(string name) => Namespace.GetTypeMembers(name).Single();

    /// <summary>A parameter with its default: <c>int poolSize = 2</c>.</summary>
    public static string Text(IParameterSymbol parameter)
    {
        string type = parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat.WithMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));
        return $"{(parameter.IsParams ? "params " : "")}{type} {parameter.Name}{(parameter.HasExplicitDefaultValue ? $" = {Default(parameter)}" : "")}";
    }

    /// <summary>A parameter's default as text: the member's name for an enumeration.</summary>
    public static string Default(IParameterSymbol parameter) => parameter.Type.TypeKind == TypeKind.Enum && parameter.ExplicitDefaultValue is { } number
        ? parameter.Type.GetMembers().OfType<IFieldSymbol>().First(field => Equals(field.ConstantValue, number)).Name
        : Text(parameter.ExplicitDefaultValue);

    /// <summary>A value as it is written in C#, members of enumerations without their type.</summary>
    public static string Text(object? value) => value switch
    {
        null => "null",
        true => "true",
        false => "false",
        string text => $"\"{text}\"",
        double.NaN => "NaN",
        Array { Length: 0 } => "[]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"A default of the type {value.GetType()} has no text yet."),
    };
}
