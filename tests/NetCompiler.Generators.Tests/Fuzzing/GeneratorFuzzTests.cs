using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetCompiler.TestKit;
using Xunit.Abstractions;

namespace NetCompiler.Generators.Tests.Fuzzing;

/// <summary>
/// The whole generator on half-typed sources: no failure, no hang, and no text that does not parse. 2,000 mutations, or 100,000 with NETCOMPILER_LONG=1.
/// One driver runs on one compilation after another, as in an editor, so that what did not change is not compiled again.
/// </summary>
public class GeneratorFuzzTests(ITestOutputHelper output)
{
    /// <summary>Every so often the result is compiled as a whole, which costs more than generating it.</summary>
    private const int CompiledOneIn = 50;

    [Fact]
    public void MutatedDeclarations_FailNoStage()
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: RoslynHarness.ParseOptions);
        long start = Stopwatch.GetTimestamp();
        int count = 0, generated = 0;
        foreach ((int seed, string source, CSharpCompilation compilation) in MutatedSources.All())
        {
            using var limit = new CancellationTokenSource(MutatedSources.Endless);
            driver = driver.RunGenerators(compilation, limit.Token);
            GeneratorRunResult result = driver.GetRunResult().Results.Single();
            count++;
            generated += result.GeneratedSources.Length;
            Expect.True(result.Exception is null && result.Diagnostics.IsEmpty, $"Seed {seed}: {result.Exception?.ToString() ?? string.Join("\n", result.Diagnostics)}\n{source}");
            foreach (GeneratedSourceResult file in result.GeneratedSources)
            {
                Expect.True(!file.SyntaxTree.GetDiagnostics().Any(), $"Seed {seed}: {file.SyntaxTree.GetDiagnostics().FirstOrDefault()}\n{source}");
            }

            if (seed % CompiledOneIn == 0)
            {
                AssertOwnTextCompiles(compilation, result, seed, source);
            }
        }

        output.WriteLine(FormattableString.Invariant($"{count} mutations, {generated} files, {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
    }

    /// <summary>What once failed.</summary>
    [Theory]
    [InlineData("namespace // Models;\n\n[Network]\n[Input(2)]\n[Dense(10Tanh Activation = Activation.Tanh)]\n[Dense(1)]\n[Loss(Loss.BinaryCrossentropy)]\npublic partial class record;")]
    [InlineData("[Network, Input(int.MaxValue), Dense(40, Activation = Activation.Relu), Dense(2)]\n[Loss(nameof(L))]\npublic partial class Digits\n{\n    static Tensor L(Tensor output, [double.NaN Input(2)] Tensor label) => (output - label).Mean();\n}")]
    public void DeclarationsThatFailed_DoNot(string declaration)
    {
        string source = "using NetCompiler;\n\n" + declaration;
        CSharpCompilation compilation = RoslynHarness.Compile(source);
        GeneratorRunResult result = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: RoslynHarness.ParseOptions)
            .RunGenerators(compilation).GetRunResult().Results.Single();
        Assert.True(result.Exception is null && result.Diagnostics.IsEmpty, $"{result.Exception?.ToString() ?? string.Join("\n", result.Diagnostics)}");
        Assert.All(result.GeneratedSources, file => Assert.Empty(file.SyntaxTree.GetDiagnostics()));
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
        Expect.True(own is null, $"Seed {seed}: {own}\n{source}");
    }
}
