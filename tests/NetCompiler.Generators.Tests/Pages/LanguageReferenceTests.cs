using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Tests.Pages;

/// <summary>The tables of src/README.md are those of the public surface.</summary>
public class LanguageReferenceTests
{
    private const string Page = "src/README.md";

    [Fact]
    public void Attributes_AreThoseOfThePage() => GeneratedSection.Match(Page, "attributes", LanguageReference.Attributes());

    [Fact]
    public void Layers_AreThoseOfThePage() => GeneratedSection.Match(Page, "layers", LanguageReference.Layers());

    [Fact]
    public void Options_AreThoseOfThePage() => GeneratedSection.Match(Page, "options", LanguageReference.Options());

    [Fact]
    public void TensorMembers_AreThoseOfThePage() => GeneratedSection.Match(Page, "tensors", LanguageReference.Tensors());

    [Fact]
    public void Enumerations_AreThoseOfThePage() => GeneratedSection.Match(Page, "enumerations", LanguageReference.Enumerations());

    /// <summary>One row stands for both forms of a layer, so they must be alike: the constructor's parameters, then the options with their defaults.</summary>
    [Fact]
    public void EveryLayer_HasTheSameOptionsAsAttributeAndMethod() => Assert.All(DeclaredAttribute.All.Where(attribute => attribute.IsLayer), layer =>
    {
        IParameterSymbol[] first = [.. layer.Symbol.InstanceConstructors.Single().Parameters];
        Assert.Equal(first.Select(Declared), LanguageReference.MethodOf(layer).Parameters.Take(first.Length).Select(Declared));
        bool hasWeights = LanguageReference.OptionParameters(layer).Any(parameter => parameter.Name == "formerNames");
        Assert.Equal(
            layer.Options.Where(option => hasWeights || option.Property.Name != "FormerNames")
                .Select(option => $"{option.Property.Name} = {(option.Property.Name == "FormerNames" ? "null" : option.Default)}").Order(StringComparer.Ordinal),
            LanguageReference.OptionParameters(layer).Select(parameter => $"{char.ToUpperInvariant(parameter.Name[0])}{parameter.Name[1..]} = {LanguageSymbols.Default(parameter)}").Order(StringComparer.Ordinal));
    });

    // An attribute takes an array where a method takes a span.
    private static string Declared(IParameterSymbol parameter) => LanguageSymbols.Text(parameter)
        .Replace("params ", "", StringComparison.Ordinal).Replace("ReadOnlySpan<int>", "int[]", StringComparison.Ordinal);
}
