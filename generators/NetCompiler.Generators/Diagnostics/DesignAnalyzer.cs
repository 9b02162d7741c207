using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Diagnostics;

/// <summary>Hints about networks that compile but are rarely meant.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DesignAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        .. DiagnosticCatalogue.All.Where(entry => entry.DefaultSeverity == DiagnosticSeverity.Info),
        DiagnosticCatalogue.Find("NC9999"),
    ];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!DeclaredAttributes.IsNetwork(type))
        {
            return;
        }

        try
        {
            DeclarationResult declaration = NetworkReader.Read(type, context.CancellationToken);
            if (declaration.Spec is { IsFaulty: false } spec)
            {
                Hint(context, spec, declaration.Places);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            context.ReportDiagnostic(Findings.Unforeseen("the search for design hints", type, exception, context.Options));
        }
    }

    private static void Hint(SymbolAnalysisContext context, NetworkSpec spec, DeclaredPlaces places)
    {
        bool isImageSeen = false;
        for (int i = 0; i < spec.Layers.Count; i++)
        {
            LayerSpec layer = spec.Layers[i];
            if (layer.SharedWith < 0)
            {
                HintScales(layer, places.Layers[i], Report);
            }

            if (layer.Kind != "Dense" || layer.SharedWith >= 0)
            {
                continue;
            }

            if (!isImageSeen && places.Shapes[layer.Operands[0]] is { Rank: >= 3 } image)
            {
                isImageSeen = true; // the layers after it get the same shape from the same mistake
                Report("NC0801", places.Layers[i], "", layer.Name, image.ToString(), image.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            if (layer.Operands[0] >= spec.Inputs.Count && spec.Layers[layer.Operands[0] - spec.Inputs.Count] is var before && IsLinear(before))
            {
                Report("NC0803", places.Layers[i], "", layer.Name, before.Name);
            }
        }

        for (int i = 0; i < spec.Losses.Count; i++)
        {
            int value = spec.Outputs[spec.Losses[i].Outputs[0]].Value;
            string activation = OutputRange.Activation(spec.Inputs.Count, spec.Layers, places.Shapes, value);
            string last = value < spec.Inputs.Count ? spec.Inputs[value].Name : spec.Layers[value - spec.Inputs.Count].Name;
            if (spec.Losses[i].FromLogits && activation is "Softmax" or "LogSoftmax" or "Sigmoid")
            {
                Report("NC0802", new AttributePlace(places.Losses[i]), "FromLogits", last, activation);
            }
            else if (spec.Losses[i].Kind == "MeanSquaredError" && activation == "Sigmoid")
            {
                Report("NC0804", new AttributePlace(places.Losses[i]), "", last);
            }
        }

        if (spec.IsFunctional)
        {
            HintUnused(spec, places, Report);
        }

        void Report(string id, DeclaredPlace place, string option, params string[] arguments)
            => context.ReportDiagnostic(Diagnostic.Create(DiagnosticCatalogue.Find(id, context.Options), place.Of(option, context.CancellationToken), arguments.ToArray<object>()));
    }

    /// <summary>Numbers of initializers that have none.</summary>
    private static void HintScales(LayerSpec layer, DeclaredPlace place, Action<string, DeclaredPlace, string, string[]> report)
    {
        const string Ending = "Scale";
        foreach (OptionSpec option in layer.Options.Where(option => option.Type == OptionType.Real && !double.IsNaN(option.Number) && option.Name.EndsWith(Ending, StringComparison.Ordinal)))
        {
            string initializer = option.Name.Substring(0, option.Name.Length - Ending.Length) + "Initializer";
            if (layer.Enumeration(initializer) is "Zeros" or "Ones")
            {
                report("NC0807", place, option.Name, [layer.Name, option.Name, layer.Enumeration(initializer), initializer]);
            }
        }
    }

    /// <summary>Inputs and weights that no output depends on.</summary>
    private static void HintUnused(NetworkSpec spec, DeclaredPlaces places, Action<string, DeclaredPlace, string, string[]> report)
    {
        HashSet<int> used = ReachingValues.Of(spec);
        HashSet<int> owners = [.. Enumerable.Range(0, spec.Layers.Count).Where(i => used.Contains(spec.Inputs.Count + i)).Select(i => spec.Layers[i].SharedWith >= 0 ? spec.Layers[i].SharedWith : i)];
        for (int i = 0; i < spec.Inputs.Count; i++)
        {
            if (!used.Contains(i))
            {
                report("NC0805", places.Inputs[i], "", [spec.Inputs[i].Name]);
            }
        }

        for (int i = 0; i < spec.Layers.Count; i++)
        {
            LayerSpec layer = spec.Layers[i];
            Shape[] operands = [.. layer.Operands.Select(operand => places.Shapes[operand] ?? Shape.Scalar)];
            if (!owners.Contains(i) && layer.SharedWith < 0 && LayerRule.Find(layer.Kind)!.Weights(layer, operands).Any())
            {
                report("NC0806", places.Layers[i], "", [layer.Name]);
            }
        }
    }

    private static bool IsLinear(LayerSpec layer)
        => layer.Kind == "Dense" && layer.Enumeration("Activation") == "Linear" && layer.Option("ActivationMethod").Text.Length == 0;
}
