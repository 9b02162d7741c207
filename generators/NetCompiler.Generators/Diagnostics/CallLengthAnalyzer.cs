using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Diagnostics;

/// <summary>Reports calls of generated members with arrays, stackalloc or collection expressions whose length is known and wrong.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CallLengthAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [DiagnosticCatalogue.Find("NC0501"), DiagnosticCatalogue.Find("NC0502"), DiagnosticCatalogue.Find("NC9999")];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var lengths = new ConcurrentDictionary<INamedTypeSymbol, SpanLengths>(SymbolEqualityComparer.Default);
            start.RegisterOperationAction(operation => Analyze(operation, lengths), OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, ConcurrentDictionary<INamedTypeSymbol, SpanLengths> known)
    {
        var call = (IInvocationOperation)context.Operation;
        IMethodSymbol method = call.TargetMethod;
        bool takesValues = method.Name is not ("Load" or "LoadWeights" or "Freeze" or "Unfreeze");
        if (!takesValues || !method.Parameters.Any(IsSpan) || NetworkOf(method) is not { } network)
        {
            return;
        }

        try
        {
            SpanLengths lengths = known.GetOrAdd(network, type => SpanLengths.Of(type, context.CancellationToken));
            Check(context, call, network, lengths);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            context.ReportDiagnostic(Findings.Unforeseen("the check of a call", network, exception, context.Options));
        }
    }

    private static void Check(OperationAnalysisContext context, IInvocationOperation call, INamedTypeSymbol network, SpanLengths lengths)
    {
        bool isSingle = call.TargetMethod is { Name: "PredictNext" }
            || (call.TargetMethod.Name.StartsWith("Classify", StringComparison.Ordinal) && !call.TargetMethod.Parameters.Any(parameter => parameter.Name == "classes"));
        bool isWhole = SpanLengths.TakesParameters(call.TargetMethod.Name);
        (string Name, long Samples)? first = null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is not { } parameter || !IsSpan(parameter) || lengths.Find(call.TargetMethod.Name, parameter.Name) is not { } sample
                || KnownLength.Of(argument.Value) is not { } length || (length == 0 && parameter.HasExplicitDefaultValue))
            {
                continue;
            }

            if (length % sample != 0 || ((isSingle || isWhole) && length != sample))
            {
                Report("NC0501", argument, parameter.Name, Text(length), $"{network.Name}.{call.TargetMethod.Name}", Text(sample) + (isWhole ? "" : " per sample"));
                return;
            }

            if (first is { } other && other.Samples != length / sample)
            {
                Report("NC0502", argument, parameter.Name, Text(length / sample), other.Name, Text(other.Samples));
                return;
            }

            first ??= (parameter.Name, length / sample);
        }

        void Report(string id, IArgumentOperation argument, params string[] arguments)
            => context.ReportDiagnostic(Diagnostic.Create(DiagnosticCatalogue.Find(id, context.Options), argument.Syntax.GetLocation(), arguments.ToArray<object>()));
    }

    /// <summary>The network whose generated member it is: of the class itself or of its Training.</summary>
    private static INamedTypeSymbol? NetworkOf(IMethodSymbol method)
    {
        INamedTypeSymbol? type = method.ContainingType is { Name: "Training", ContainingType: { } outer } ? outer : method.ContainingType;
        return type is not null && DeclaredAttributes.IsNetwork(type) && !GeneratedTrees.IsWrittenByUser(method) ? type : null;
    }

    private static bool IsSpan(IParameterSymbol parameter) => parameter.Type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", Arity: 1 };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
