using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetCompiler.Generators.Tests.Generator;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Fuzzing;

/// <summary>Valid declarations with something typed into them or cut out: 2,000, or 100,000 with NETCOMPILER_LONG=1.</summary>
internal static class MutatedSources
{
    private const int Count = 2_000;
    private const int LongCount = 100_000;

    private static readonly string[] Valid = [.. DeclarationFuzzTests.Valid.Select(source => "using NetCompiler;\n\n" + source), GeneratorHarness.Xor, GeneratorHarness.Tuned, GeneratorHarness.Regression];

    /// <summary>Far beyond what one takes on a busy machine: only an endless loop is stopped by it.</summary>
    public static TimeSpan Endless { get; } = TimeSpan.FromMinutes(2);

    public static IEnumerable<(int Seed, string Source, CSharpCompilation Compilation)> All()
    {
        int count = Environment.GetEnvironmentVariable("NETCOMPILER_LONG") == "1" ? LongCount : Count;
        CSharpCompilation context = RoslynHarness.Compile("");
        SyntaxTree empty = context.SyntaxTrees.First(tree => tree.FilePath == "Test0.cs");
        for (int seed = 0; seed < count; seed++)
        {
            string source = new SourceMutator(seed).Mutate(Valid[seed % Valid.Length]);
            yield return (seed, source, context.ReplaceSyntaxTree(empty, CSharpSyntaxTree.ParseText(source, RoslynHarness.ParseOptions, "Test0.cs")));
        }
    }
}
