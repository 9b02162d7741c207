using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using NetCompiler.Generators.Tests.Diagnostics;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Pages;

/// <summary>Compiles the C# of a page as a project with all packages would.</summary>
internal static class PageCompiler
{
    /// <summary>A page may leave out how its variables are used.</summary>
    private static readonly string[] Unused = ["CS0168", "CS0219", "CS8321", "CS1998"];

    private static readonly MetadataReference[] Packages =
    [
        MetadataReference.CreateFromFile(typeof(FitOptions).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(DynamicNetwork).Assembly.Location),
    ];

    /// <summary>What is wrong with the page's C#: one line each, with the page's path and line; nothing where all is well.</summary>
    public static async Task<IReadOnlyList<string>> FindErrorsAsync(Page page)
    {
        List<string> sources = [], usings = [], errors = [];
        foreach (PageBlock block in page.Blocks.Where(block => block.IsCSharp))
        {
            string source = PageCode.Write(page.Path, block, $"Block{block.Line}", usings);
            if (block.Expected.Count == 0)
            {
                sources.Add(source);
                continue;
            }

            Diagnostic[] found = await CompileAsync([.. sources, source]);
            string[] ids = [.. found.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning || block.Expected.Contains(diagnostic.Id)).Select(diagnostic => diagnostic.Id).Distinct().Order(StringComparer.Ordinal)];
            if (!ids.SequenceEqual(block.Expected.Order(StringComparer.Ordinal)))
            {
                errors.Add($"{page.Path}({block.Line}): expected {string.Join(", ", block.Expected)}, but the block gives {(ids.Length == 0 ? "none" : string.Join("; ", found.Select(Describe)))}.");
            }
        }

        Diagnostic[] unexpected = sources.Count == 0 ? [] : await CompileAsync([.. sources]);
        return [.. errors, .. unexpected.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(Describe)];
    }

    /// <summary>Runs the statements of a block, after what is given for it, with the types of the blocks before it.</summary>
    public static async Task RunAsync(Page page, PageBlock block)
    {
        List<string> sources = [], usings = [];
        foreach (PageBlock one in page.Blocks.Where(one => one.IsCSharp && one.Expected.Count == 0 && one.Line <= block.Line))
        {
            sources.Add(PageCode.Write(page.Path, one, $"Block{one.Line}", usings));
        }

        CSharpCompilation compilation = RoslynHarness.Compile([.. sources]).AddReferences(Packages);
        compilation = compilation.WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release));
        compilation.Generate(new NetworkGenerator(), out Compilation result);
        using MemoryStream image = new();
        EmitResult emitted = result.Emit(image);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(20)));
        Type type = Assembly.Load(image.ToArray()).GetTypes().Single(type => type.Name.EndsWith($"__Block{block.Line}", StringComparison.Ordinal));
        MethodInfo run = type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic).Single(method => method.Name is "Run" or "RunAsync");
        if (run.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Array.Empty<string>()], null) is Task task)
        {
            await task;
        }
    }

    // What the page says is checked, by the compiler and by the analyzers, against the members that the generator writes. That its own text compiles is for other
    // tests: binding the kernels takes ten times as long as all else.
    private static async Task<Diagnostic[]> CompileAsync(string[] sources)
    {
        CSharpCompilation compilation = RoslynHarness.Compile(sources).AddReferences(Packages);
        compilation.Generate(new NetworkGenerator(), out Compilation result);
        result = result.RemoveSyntaxTrees(result.SyntaxTrees.Where(tree => tree.FilePath.Contains(".Kernels", StringComparison.Ordinal)));
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: false);
        CompilationWithAnalyzers analyzed = result.WithAnalyzers([.. RuleTests.Analyzers], options);
        List<Diagnostic> found = [];
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SemanticModel model = result.GetSemanticModel(tree);
            found.AddRange(model.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
            found.AddRange(await analyzed.GetAnalyzerSyntaxDiagnosticsAsync(tree, CancellationToken.None));
            found.AddRange(await analyzed.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None));
        }

        return [.. found.Where(diagnostic => !Unused.Contains(diagnostic.Id)).OrderBy(diagnostic => diagnostic.Location.GetMappedLineSpan().StartLinePosition)];
    }

    private static string Describe(Diagnostic diagnostic)
    {
        FileLinePositionSpan place = diagnostic.Location.GetMappedLineSpan();
        return FormattableString.Invariant($"{place.Path}({place.StartLinePosition.Line + 1}): {diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");
    }
}
