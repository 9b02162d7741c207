using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Pages;

/// <summary>An attribute of the declaration language: its constructors, and its options with the defaults of an instance.</summary>
/// <param name="Symbol">The attribute's class.</param>
/// <param name="Options">Settable properties, those of base classes first, each with its default as text.</param>
internal sealed record DeclaredAttribute(INamedTypeSymbol Symbol, IReadOnlyList<(IPropertySymbol Property, string Default)> Options)
{
    public string Name => Symbol.Name[..^"Attribute".Length];

    public bool IsLayer => Bases(Symbol).Any(type => type.Name == nameof(LayerAttribute));

    /// <summary>The constructors as they are written: <c>Tokens(int length)</c>.</summary>
    public IEnumerable<string> Forms => Symbol.InstanceConstructors.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public)
        .Select(constructor => constructor.Parameters.Length == 0 ? Name : $"{Name}({string.Join(", ", constructor.Parameters.Select(LanguageSymbols.Text))})");

    /// <summary>All attributes of the package, by name.</summary>
    public static IReadOnlyList<DeclaredAttribute> All { get; } =
    [
        .. LanguageSymbols.Namespace.GetTypeMembers()
            .Where(type => type.DeclaredAccessibility == Accessibility.Public && !type.IsAbstract && Bases(type).Any(parent => parent.Name == nameof(Attribute)))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => new DeclaredAttribute(type, [.. Read(type)])),
    ];

    private static IEnumerable<(IPropertySymbol Property, string Default)> Read(INamedTypeSymbol type)
    {
        Type declared = typeof(NetworkAttribute).Assembly.GetType($"NetCompiler.{type.Name}", throwOnError: true)!;
        ConstructorInfo constructor = declared.GetConstructors()[0];
        object attribute = constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.HasDefaultValue ? parameter.DefaultValue : Some(parameter.ParameterType))]);
        foreach (IPropertySymbol property in Bases(type).Reverse().Append(type).SelectMany(parent => parent.GetMembers().OfType<IPropertySymbol>()).Where(property => property.SetMethod is { DeclaredAccessibility: Accessibility.Public }))
        {
            yield return (property, LanguageSymbols.Text(declared.GetProperty(property.Name)!.GetValue(attribute)));
        }
    }

    // Any argument: what is asked for are the options.
    private static object Some(Type type) => type.IsArray ? new[] { 1 } : type == typeof(string) ? "" : Convert.ChangeType(1, type.IsEnum ? typeof(int) : type, CultureInfo.InvariantCulture);

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            yield return parent;
        }
    }
}
