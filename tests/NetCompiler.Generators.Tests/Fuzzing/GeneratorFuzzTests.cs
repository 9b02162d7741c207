using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetCompiler.Generators.Tests.Generator;
using NetCompiler.TestKit;
using Xunit.Abstractions;

namespace NetCompiler.Generators.Tests.Fuzzing;

/// <summary>
/// The whole generator on half-typed sources: no failure, and no text that does not parse. 150 mutations (a compilation costs 30 to 100 ms; the reading alone has 500), or 100,000 with NETCOMPILER_LONG=1. One driver runs on one
/// compilation after another, as in an editor, so that what did not change is not compiled again.
/// </summary>
public class GeneratorFuzzTests(ITestOutputHelper output)
{
    private const int Mutations = 150;
    private const int LongMutations = 100_000;

    /// <summary>Every so often the result is compiled as a whole, which costs more than generating it.</summary>
    private const int CompiledOneIn = 50;

    private static readonly string[] Valid = [GeneratorHarness.Xor, GeneratorHarness.Tuned, GeneratorHarness.Regression, "using NetCompiler;\n\n" + DeclarationFuzzTests.Functional];

    [Fact]
    public void MutatedDeclarations_FailNoStage()
    {
        int count = Environment.GetEnvironmentVariable("NETCOMPILER_LONG") == "1" ? LongMutations : Mutations;
        CSharpCompilation context = RoslynHarness.Compile("");
        SyntaxTree empty = context.SyntaxTrees.First(tree => tree.FilePath == "Test0.cs");
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: RoslynHarness.ParseOptions);
        long start = Stopwatch.GetTimestamp();
        int generated = 0;
        for (int seed = 0; seed < count; seed++)
        {
            string source = new SourceMutator(seed).Mutate(Valid[seed % Valid.Length]);
            CSharpCompilation compilation = context.ReplaceSyntaxTree(empty, CSharpSyntaxTree.ParseText(source, RoslynHarness.ParseOptions, "Test0.cs"));
            driver = driver.RunGenerators(compilation);
            GeneratorRunResult result = driver.GetRunResult().Results.Single();
            generated += result.GeneratedSources.Length;
            Assert.True(result.Exception is null && result.Diagnostics.IsEmpty, $"Seed {seed}: {result.Exception?.ToString() ?? string.Join("\n", result.Diagnostics)}\n{source}");
            foreach (GeneratedSourceResult file in result.GeneratedSources)
            {
                Assert.True(!file.SyntaxTree.GetDiagnostics().Any(), $"Seed {seed}: {file.SyntaxTree.GetDiagnostics().FirstOrDefault()}\n{source}");
            }

            if (seed % CompiledOneIn == 0)
            {
                AssertOwnTextCompiles(compilation, result, seed, source);
            }
        }

        output.WriteLine(FormattableString.Invariant($"{count} mutations, {generated} files, {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
    }

    // Whatever is wrong with the user's part, the generator's adds no error of its own where the user's has none.
    private static void AssertOwnTextCompiles(CSharpCompilation compilation, GeneratorRunResult result, int seed, string source)
    {
        if (compilation.GetDeclarationDiagnostics().Concat(compilation.GetParseDiagnostics()).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            return;
        }

        Compilation whole = compilation.AddSyntaxTrees(result.GeneratedSources.Select(file => file.SyntaxTree));
        Diagnostic? own = whole.GetDiagnostics().FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);
        Assert.True(own is null, $"Seed {seed}: {own}\n{source}");
    }
}
