using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Diagnostics;
using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators;

/// <summary>Reads every class marked [Network], and adds its members and kernels to the compilation.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    private const string NetworkAttribute = "NetCompiler.NetworkAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<bool> explain = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            options.GlobalOptions.TryGetValue("build_property.NetCompilerExplain", out string? value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase));
        IncrementalValuesProvider<NetworkSpec> declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(NetworkAttribute, static (node, _) => node is TypeDeclarationSyntax, static (found, cancellationToken) =>
                NetworkReader.ReadSpec((INamedTypeSymbol)found.TargetSymbol, found.TargetNode, cancellationToken))
            .Where(static spec => spec is not null && HasNames(spec))
            .Select(static (spec, _) => spec!)
            .WithTrackingName(TrackingNames.Declaration);
        IncrementalValuesProvider<CompilationResult> compiled = declarations
            .Combine(explain)
            .Select(static (pair, cancellationToken) => Compile(pair.Left with { Explain = pair.Right }, cancellationToken))
            .WithTrackingName(TrackingNames.Compilation);

        // Names of files must differ in more than case, those of classes need not.
        IncrementalValueProvider<EquatableArray<string>> alike = declarations.Select(static (spec, _) => NetworkCompiler.FileName(spec, ""))
            .Collect().Select(static (names, _) => FindAlike(names));
        IncrementalValueProvider<string> pages = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => RulePages.FolderOf(options));
        context.RegisterSourceOutput(compiled.Combine(alike).Combine(pages), static (output, pair) =>
        {
            ((CompilationResult result, EquatableArray<string> names), string pages) = pair;
            foreach (GeneratedFile file in result.Files)
            {
                int twin = names.TakeWhile(name => name != result.Files[0].Name).Count();
                string prefix = twin == names.Count ? "" : NumberText.Integer(twin) + ".";
                output.AddSource(prefix + file.Name, SourceText.From(file.Text, Encoding.UTF8));
            }

            if (result.Failure.Length > 0)
            {
                output.ReportDiagnostic(result.IsTooLarge
                    ? DiagnosticCatalogue.TooManyValues(result.Network, result.Failure, pages)
                    : DiagnosticCatalogue.CompilationFailed(result.Network, result.Failure, pages));
            }
        });
    }

    private static EquatableArray<string> FindAlike(IEnumerable<string> names) =>
        [.. names.GroupBy(static name => name, StringComparer.OrdinalIgnoreCase).Where(static group => group.Count() > 1)
            .SelectMany(static group => group).OrderBy(static name => name, StringComparer.Ordinal)];

    // A half-typed class, container or namespace has no name to write a file for.
    private static bool HasNames(NetworkSpec spec) => spec.Name.Length > 0
        && !spec.Containers.Append(spec.Part).Any(static part => part.TrimEnd('>').Split(' ', '<', ',').Contains(""))
        && (spec.Namespace.Length == 0 || !spec.Namespace.Split('.').Contains(""));

    // Anything unforeseen becomes one diagnostic that names the network; the build says what happened instead of crashing.
    private static CompilationResult Compile(NetworkSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            IEnumerable<GeneratedFile> files = NetworkCompiler.Run(spec, cancellationToken);
            return new CompilationResult(spec.Name, [.. files.Select((file, i) => i == 0 ? file with { Text = FaultyPart.Fit(file.Text, spec) } : file)], "");
        }
        catch (TooManyValuesException exception)
        {
            return new CompilationResult(spec.Name, [], exception.Message, IsTooLarge: true);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new CompilationResult(spec.Name, [], $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private sealed record CompilationResult(string Network, EquatableArray<GeneratedFile> Files, string Failure, bool IsTooLarge = false);
}
