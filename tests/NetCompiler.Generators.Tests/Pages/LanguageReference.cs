using System.Text;
using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph.Losses;

namespace NetCompiler.Generators.Tests.Pages;

/// <summary>The declaration language as tables, from the public surface and its XML documentation.</summary>
internal static class LanguageReference
{
    private static readonly XmlSummaries Summaries = new(typeof(NetworkAttribute).Assembly.Location);

    private const string InForward = "`Forward` and blocks", InLosses = "loss methods", Everywhere = "both";

    private static readonly INamedTypeSymbol Tensor = LanguageSymbols.Find("Tensor");

    /// <summary>The attributes that are no layers, each with its options.</summary>
    public static string Attributes()
    {
        StringBuilder text = Table("attribute, its options", "meaning");
        foreach (DeclaredAttribute attribute in DeclaredAttribute.All.Where(attribute => !attribute.IsLayer))
        {
            Row(text, string.Join("<br>", attribute.Forms.Select(form => $"`[{form}]`")), Summaries.Of(attribute.Symbol));
            foreach ((IPropertySymbol property, string value) in attribute.Options)
            {
                Row(text, $"&emsp;`{property.Name} = {value}`", Summaries.Of(property));
            }
        }

        return text.ToString();
    }

    /// <summary>The layers of one input, each with its options in the order of the method.</summary>
    public static string Layers()
    {
        StringBuilder text = Table("layer", "meaning", "options and their defaults");
        foreach (DeclaredAttribute layer in DeclaredAttribute.All.Where(attribute => attribute.IsLayer))
        {
            IEnumerable<string> options = OptionParameters(layer).Where(parameter => !IsOfEveryLayer(parameter.Name)).Select(parameter => $"`{parameter.Name} = {LanguageSymbols.Default(parameter)}`");
            Row(text, $"`{layer.Forms.Single()}`", Summaries.Of(layer.Symbol), string.Join(", ", options));
        }

        return text.ToString();
    }

    /// <summary>What the options of layers mean, each name once.</summary>
    public static string Options()
    {
        StringBuilder text = Table("option", "meaning");
        var options = DeclaredAttribute.All.Where(attribute => attribute.IsLayer)
            .SelectMany(layer => layer.Options, (layer, option) => (layer.Name, Option: option.Property.Name, Meaning: Summaries.Of(option.Property)));
        foreach (var option in options.GroupBy(option => option.Option).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var meanings = option.GroupBy(use => use.Meaning).ToList();
            Row(text, $"`{option.Key}`", string.Join("<br>", meanings.Select(meaning => meanings.Count == 1 ? meaning.Key : $"{string.Join(", ", meaning.Select(use => use.Name))}: {meaning.Key}")));
        }

        return text.ToString();
    }

    /// <summary>The members of Tensor that are no layer's, and the built-in losses as methods.</summary>
    public static string Tensors()
    {
        StringBuilder text = Table("expression", "meaning", "where");
        foreach (IMethodSymbol method in Members(Tensor).Where(method => DeclaredAttribute.All.All(attribute => !attribute.IsLayer || attribute.Name != method.Name)))
        {
            string owner = method.IsStatic ? "Tensor" : "x", type = method.IsGenericMethod ? $"<{string.Join(", ", method.TypeParameters.Select(parameter => parameter.Name))}>" : "";
            Row(text, $"`{owner}.{method.Name}{type}({Parameters(method.Parameters)})`", Summaries.Of(method), Where(method));
        }

        foreach (IPropertySymbol property in Tensor.GetMembers().OfType<IPropertySymbol>().Where(property => property.DeclaredAccessibility == Accessibility.Public))
        {
            Row(text, $"`x.{property.Name}`", Summaries.Of(property), Everywhere);
        }

        foreach (IMethodSymbol operation in Tensor.GetMembers().OfType<IMethodSymbol>().Where(method => method.MethodKind is MethodKind.UserDefinedOperator or MethodKind.Conversion))
        {
            Row(text, operation.MethodKind == MethodKind.Conversion ? "`Tensor x = 0.5`" : $"`{Operator(operation)}`", Summaries.Of(operation), Everywhere);
        }

        Row(text, string.Join("<br>", Members(LanguageSymbols.Find("Losses")).Select(method => $"`Losses.{method.Name}({Parameters(method.Parameters)})`")), Summaries.Of(LanguageSymbols.Find("Losses")), InLosses);
        return text.ToString();
    }

    /// <summary>The members of the enumerations that options take.</summary>
    public static string Enumerations()
    {
        var text = new StringBuilder();
        foreach (string name in (string[])["Activation", "Initializer", "Interpolation", "Loss", "MergeMode", "Padding", "WeightFormat"])
        {
            INamedTypeSymbol type = LanguageSymbols.Find(name);
            text.Append($"\n**{name}**: {Summaries.Of(type)}\n\n").Append(Table("member", "meaning"));
            foreach (IFieldSymbol member in type.GetMembers().OfType<IFieldSymbol>())
            {
                Row(text, $"`{member.Name}`", Summaries.Of(member));
            }
        }

        return text.ToString();
    }

    /// <summary>The method of a layer, which takes what the attribute takes.</summary>
    public static IMethodSymbol MethodOf(DeclaredAttribute layer) => Members(Tensor).Single(method => method.Name == layer.Name && !method.IsStatic
        && method.Parameters.Any(parameter => parameter.Name == "name"));

    /// <summary>The method's parameters behind those of the attribute's constructor: the options.</summary>
    public static IEnumerable<IParameterSymbol> OptionParameters(DeclaredAttribute layer) => MethodOf(layer).Parameters.Skip(layer.Symbol.InstanceConstructors.Single().Parameters.Length);

    // Loss methods have what has no weights and draws no numbers.
    private static string Where(IMethodSymbol method) =>
        method.Name is "BatchSum" or "BatchMean" ? InLosses
        : method.Name is "Softmax" or "LogSoftmax" or "TimeDistributed" || LossMethodRules.Find(method.Name) is not null ? Everywhere
        : InForward;

    private static bool IsOfEveryLayer(string option) => option is "name" or "formerNames";

    private static IEnumerable<IMethodSymbol> Members(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IMethodSymbol>().Where(method => method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public });

    private static string Parameters(IEnumerable<IParameterSymbol> parameters) => string.Join(", ", parameters.Select(LanguageSymbols.Text));

    private static string Operator(IMethodSymbol operation) => operation switch
    {
        { Name: "op_Addition" } => "x + y",
        { Name: "op_Subtraction" } => "x - y",
        { Name: "op_Multiply" } => "x * y",
        { Name: "op_Division" } => "x / y",
        { Name: "op_UnaryNegation" } => "-x",
        _ => throw new NotSupportedException($"{operation.Name} has no text yet."),
    };

    private static StringBuilder Table(params string[] columns) =>
        new StringBuilder().Append($"| {string.Join(" | ", columns)} |\n|{string.Concat(columns.Select(_ => "---|"))}\n");

    private static void Row(StringBuilder text, params string[] cells) => text.Append($"| {string.Join(" | ", cells)} |\n");
}
