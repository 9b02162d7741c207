using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Declaration;

/// <summary>The layer attributes as layers, each reading the value before it; shapes are inferred on the way.</summary>
internal static class LayerReader
{
    private static readonly Regex Whitespace = new(@"\s+", RegexOptions.CultureInvariant);

    public static EquatableArray<LayerSpec> Read(Reading reading, DeclaredAttributes declared, Shape? input)
    {
        var names = new LayerNames(reading);
        var layers = new List<LayerSpec>();
        var problems = new ProblemSink();
        Shape? current = input;
        reading.Places.Shapes.Add(input);
        foreach (AttributeData attribute in declared.Layers)
        {
            reading.CancellationToken.ThrowIfCancellationRequested();
            LayerRule rule = LayerRule.Find(DeclaredAttributes.KindOf(attribute))!;
            string name = names.Next(rule, attribute);
            EquatableArray<OptionSpec>? options = OptionReader.Read(reading, attribute, rule.Options);
            var layer = new LayerSpec(rule.Kind, name, new[] { layers.Count }, options ?? new EquatableArray<OptionSpec>(rule.Options), SourceOf(attribute, reading))
            {
                FormerNames = names.Former(attribute),
            };

            if (options is not null)
            {
                LayerChecks.CheckNumbers(reading, attribute, layer);
                layer = ReadFunction(reading, attribute, layer);
            }

            string origin = layers.Count == 0 ? "input" : layers[layers.Count - 1].Name;
            bool isKnown = options is not null && layers.Count < declared.KnownLayers;
            current = isKnown && current is { Rank: > 0 } shape ? Infer(reading, attribute, rule, layer, shape, origin, problems) : null;
            layers.Add(layer);
            reading.Places.Layers.Add(attribute);
            reading.Places.Shapes.Add(current);
        }

        return new EquatableArray<LayerSpec>(layers);
    }

    private static Shape? Infer(Reading reading, AttributeData attribute, LayerRule rule, LayerSpec layer, Shape input, string origin, ProblemSink problems)
    {
        int before = problems.Problems.Count;
        Shape? shape = rule.InferShape(layer, [input], problems);
        foreach (Problem problem in problems.Problems.Skip(before))
        {
            // The origin of the input comes last, so that a message can name it.
            reading.Report(problem.Id, attribute, problem.Option, [.. problem.Arguments, origin]);
        }

        if (shape is { } result && LayerChecks.Excess(rule, layer, input, result) is { } excess)
        {
            reading.Report("NC0211", attribute, "", layer.Name, excess);
            return null;
        }

        return shape;
    }

    private static LayerSpec ReadFunction(Reading reading, AttributeData attribute, LayerSpec layer)
    {
        OptionSpec? method = layer.Options.FirstOrDefault(option => option.Name == "ActivationMethod");
        if (method is null || method.Text.Length == 0)
        {
            return layer;
        }

        if (layer.Enumeration("Activation") != "Linear")
        {
            reading.Report("NC0213", attribute, "ActivationMethod", layer.Name, "ActivationMethod", $"Activation.{layer.Enumeration("Activation")}");
            return layer;
        }

        return layer with { Function = FunctionReader.ReadActivation(reading, attribute, method.Text) };
    }

    private static string SourceOf(AttributeData attribute, Reading reading)
        => Whitespace.Replace(attribute.ApplicationSyntaxReference?.GetSyntax(reading.CancellationToken).ToString() ?? "", " ");
}
