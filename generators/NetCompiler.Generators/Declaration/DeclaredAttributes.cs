using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Declaration;

/// <summary>The attributes of a network's class by what they declare, in source order.</summary>
internal sealed class DeclaredAttributes
{
    private const string Suffix = "Attribute";

    public AttributeData? Network { get; private set; }

    public List<AttributeData> Inputs { get; } = [];

    public List<AttributeData> Layers { get; } = [];

    public List<AttributeData> Losses { get; } = [];

    public List<AttributeData> WithoutLoss { get; } = [];

    /// <summary>Attributes of others whose names are those of ours, such as a Dense of the user's own in the same namespace.</summary>
    public List<AttributeData> Namesakes { get; } = [];

    /// <summary>The number of layers before the first attribute whose type the compiler does not know, or that is a namesake, since it may have been a layer.</summary>
    public int KnownLayers { get; private set; } = int.MaxValue;

    public static DeclaredAttributes Of(INamedTypeSymbol type)
    {
        var declared = new DeclaredAttributes();
        foreach (AttributeData attribute in type.GetAttributes())
        {
            declared.Add(attribute);
        }

        return declared;
    }

    /// <summary>Dense for NetCompiler.DenseAttribute, empty for anything else.</summary>
    public static string KindOf(AttributeData attribute)
        => attribute.AttributeClass is { ContainingNamespace: { Name: "NetCompiler", ContainingNamespace.IsGlobalNamespace: true }, Name: var name }
            && name.EndsWith(Suffix, StringComparison.Ordinal)
            ? name.Substring(0, name.Length - Suffix.Length)
            : "";

    public static bool IsNetwork(INamedTypeSymbol type) => type.GetAttributes().Any(attribute => KindOf(attribute) == "Network");

    private void Add(AttributeData attribute)
    {
        switch (KindOf(attribute))
        {
            case "Network":
                Network ??= attribute;
                break;
            case "Input" or "Tokens":
                Inputs.Add(attribute);
                break;
            case "Loss":
                Losses.Add(attribute);
                break;
            case "NoLoss":
                WithoutLoss.Add(attribute);
                break;
            case "" when attribute.AttributeClass is null or { TypeKind: TypeKind.Error }:
                KnownLayers = Math.Min(KnownLayers, Layers.Count);
                break;
            case "" when IsNamesake(attribute.AttributeClass.Name):
                Namesakes.Add(attribute);
                KnownLayers = Math.Min(KnownLayers, Layers.Count);
                break;
            case var kind when LayerRule.Find(kind) is not null:
                Layers.Add(attribute);
                break;
        }
    }

    private static bool IsNamesake(string name) => (name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name) is var kind
        && (kind is "Input" or "Tokens" or "Loss" or "NoLoss" || LayerRule.Find(kind) is not null);
}
