using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace NetCompiler.TestKit;

/// <summary>Compiles sources as a user's project would be, and runs analyzers and the generator over them.</summary>
public static class RoslynHarness
{
    /// <summary>The folder under which the compiler stores what the generator writes.</summary>
    public const string GeneratedFolder = "NetCompiler.Generators/NetCompiler.Generators.NetworkGenerator/";

    private const string GlobalUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is { } name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll"))
            .Where(path => !Path.GetFileName(path).StartsWith("System.Numerics.Tensors", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(NetworkDescription).Assembly.Location),
    ];

    /// <summary>How user sources are parsed: C# 13, the least that is supported.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp13);

    /// <summary>A library of these sources, named Test0.cs and on, with nullable and the usual global usings.</summary>
    public static CSharpCompilation Compile(params string[] sources)
        => CSharpCompilation.Create(
            "Test",
            [
                Parse(GlobalUsings, "GlobalUsings.cs"),
                .. sources.Select((source, i) => Parse(source, $"Test{i}.cs")),
            ],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The compilation with one more tree that looks as if the generator had written it.</summary>
    public static CSharpCompilation WithGenerated(this CSharpCompilation compilation, string source)
        => compilation.AddSyntaxTrees(Parse(source, GeneratedFolder + "Test.g.cs"));

    /// <summary>The class of that name, which must exist.</summary>
    public static INamedTypeSymbol Type(this Compilation compilation, string name)
        => compilation.GetTypeByMetadataName(name) ?? throw new InvalidOperationException($"There is no type {name}.");

    /// <summary>What the compiler (warnings and errors) and the analyzers report, in order of place.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(this Compilation compilation, params DiagnosticAnalyzer[] analyzers)
    {
        IEnumerable<Diagnostic> diagnostics = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        if (analyzers.Length > 0)
        {
            var options = new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: false);
            diagnostics = diagnostics.Concat(await compilation.WithAnalyzers([.. analyzers], options).GetAnalyzerDiagnosticsAsync());
        }

        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }

    /// <summary>Runs a generator and gives the driver, for its results and for another run.</summary>
    public static GeneratorDriver Generate(this CSharpCompilation compilation, IIncrementalGenerator generator, out Compilation result)
        => CSharpGeneratorDriver
            .Create([generator.AsSourceGenerator()], parseOptions: ParseOptions, driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true))
            .RunGeneratorsAndUpdateCompilation(compilation, out result, out _);

    /// <summary>Asserts that the marked source gives exactly the marked diagnostics, the compiler's own included.</summary>
    /// <param name="markup">Source with places marked as <c>{|NC0204:...|}</c>.</param>
    /// <param name="analyzers">What to run.</param>
    /// <param name="generated">Text that stands for the generator's, or null.</param>
    /// <returns>The diagnostics, for their messages.</returns>
    public static async Task<ImmutableArray<Diagnostic>> ExpectAsync(string markup, DiagnosticAnalyzer[] analyzers, string? generated = null)
    {
        RoslynMarkup marked = RoslynMarkup.Parse(markup);
        CSharpCompilation compilation = Compile(marked.Source);
        ImmutableArray<Diagnostic> found = await (generated is null ? compilation : compilation.WithGenerated(generated)).AnalyzeAsync(analyzers);
        SourceText text = SourceText.From(marked.Source);
        Assert.Equal(
            string.Join("\n", marked.Spans.OrderBy(mark => mark.Span.Start).ThenBy(mark => mark.Id, StringComparer.Ordinal).Select(mark => $"{mark.Id} '{text.ToString(mark.Span)}'")),
            string.Join("\n", found.Select(diagnostic => $"{diagnostic.Id} '{TextOf(diagnostic)}'")));
        return found;
    }

    private static string? TextOf(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan);

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path, System.Text.Encoding.UTF8);
}
