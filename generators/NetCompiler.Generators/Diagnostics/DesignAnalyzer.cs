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
            context.ReportDiagnostic(Findings.Unforeseen("the search for design hints", type, exception));
        }
    }

    private static void Hint(SymbolAnalysisContext context, NetworkSpec spec, DeclaredPlaces places)
    {
        bool isImageSeen = false;
        for (int i = 0; i < spec.Layers.Count; i++)
        {
            LayerSpec layer = spec.Layers[i];
            if (layer.Kind != "Dense")
            {
                continue;
            }

            if (!isImageSeen && places.Shapes[i] is { Rank: >= 3 } image)
            {
                isImageSeen = true; // the layers after it get the same shape from the same mistake
                Report("NC0801", places.Layers[i], "", layer.Name, image.ToString(), image.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            if (i > 0 && IsLinear(spec.Layers[i - 1]))
            {
                Report("NC0803", places.Layers[i], "", layer.Name, spec.Layers[i - 1].Name);
            }
        }

        string activation = OutputRange.Activation(spec.Layers, places.Shapes);
        string last = spec.Layers[spec.Layers.Count - 1].Name;
        for (int i = 0; i < spec.Losses.Count; i++)
        {
            if (spec.Losses[i].FromLogits && activation is "Softmax" or "LogSoftmax" or "Sigmoid")
            {
                Report("NC0802", new AttributePlace(places.Losses[i]), "FromLogits", last, activation);
            }
            else if (spec.Losses[i].Kind == "MeanSquaredError" && activation == "Sigmoid")
            {
                Report("NC0804", new AttributePlace(places.Losses[i]), "", last);
            }
        }

        void Report(string id, DeclaredPlace place, string option, params string[] arguments)
            => context.ReportDiagnostic(Diagnostic.Create(DiagnosticCatalogue.Find(id), place.Of(option, context.CancellationToken), arguments.ToArray<object>()));
    }

    private static bool IsLinear(LayerSpec layer)
        => layer.Kind == "Dense" && layer.Enumeration("Activation") == "Linear" && layer.Option("ActivationMethod").Text.Length == 0;
}
