using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Declaration;

/// <summary>The layer attributes as layers, each reading the value before it.</summary>
internal static class LayerReader
{
    private static readonly Regex Whitespace = new(@"\s+", RegexOptions.CultureInvariant);

    public static EquatableArray<LayerSpec> Read(Reading reading, DeclaredAttributes declared, InputSpec input)
    {
        var names = new LayerNames(reading);
        var layers = new LayerCollector(reading, [input]);
        foreach (AttributeData attribute in declared.Layers)
        {
            reading.CancellationToken.ThrowIfCancellationRequested();
            LayerRule rule = LayerRule.Find(DeclaredAttributes.KindOf(attribute))!;
            var place = new AttributePlace(attribute);
            string name = names.Next(rule, LayerNames.Given(attribute), place);
            EquatableArray<OptionSpec>? options = OptionReader.Read(reading, attribute, rule.Options);
            var layer = new LayerSpec(rule.Kind, name, new[] { layers.Layers.Count }, options ?? new EquatableArray<OptionSpec>(rule.Options), SourceOf(attribute, reading))
            {
                FormerNames = LayerNames.Former(attribute),
            };

            if (options is not null)
            {
                LayerChecks.CheckNumbers(reading, place, layer);
                layer = ReadFunction(reading, place, layer);
            }

            layers.Add(rule, layer, place, options is not null && layers.Layers.Count < declared.KnownLayers);
        }

        return new EquatableArray<LayerSpec>(layers.Layers);
    }

    /// <summary>The layer with the function that its ActivationMethod names.</summary>
    public static LayerSpec ReadFunction(Reading reading, DeclaredPlace place, LayerSpec layer)
    {
        OptionSpec? method = layer.Options.FirstOrDefault(option => option.Name == "ActivationMethod");
        if (method is null || method.Text.Length == 0)
        {
            return layer;
        }

        if (layer.Enumeration("Activation") != "Linear")
        {
            reading.Report("NC0213", place, "ActivationMethod", layer.Name, "ActivationMethod", $"Activation.{layer.Enumeration("Activation")}");
            return layer;
        }

        return layer with { Function = FunctionReader.ReadActivation(reading, place, method.Text) };
    }

    private static string SourceOf(AttributeData attribute, Reading reading)
        => Whitespace.Replace(attribute.ApplicationSyntaxReference?.GetSyntax(reading.CancellationToken).ToString() ?? "", " ");
}
