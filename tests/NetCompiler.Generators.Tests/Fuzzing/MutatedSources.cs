using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetCompiler.Generators.Tests.Generator;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Fuzzing;

/// <summary>Valid declarations with something typed into them or cut out: 2,000, or 100,000 with NETCOMPILER_LONG=1; NETCOMPILER_SEED begins elsewhere.</summary>
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
        int first = int.TryParse(Environment.GetEnvironmentVariable("NETCOMPILER_SEED"), out int given) ? given : 0;
        CSharpCompilation context = RoslynHarness.Compile("");
        SyntaxTree empty = context.SyntaxTrees.First(tree => tree.FilePath == "Test0.cs");
        for (int seed = first; seed < first + count; seed++)
        {
            string source = new SourceMutator(seed).Mutate(Valid[seed % Valid.Length]);
            SyntaxTree tree = CSharpSyntaxTree.ParseText(source, RoslynHarness.ParseOptions, "Test0.cs");
            if (!HangsTheCompiler(tree))
            {
                yield return (seed, source, context.ReplaceSyntaxTree(empty, tree));
            }
        }
    }

    // Roslyn 4.14 waits for itself, without us as with us, where the default of a parameter calls a method with a method for an argument: to find the type of that argument it asks
    // whether the parameters of methods have defaults, one of which it is looking at.
    private static bool HangsTheCompiler(SyntaxTree tree) =>
        tree.GetRoot().DescendantNodes().OfType<ParameterSyntax>().Any(parameter => parameter.Default?.DescendantNodes().OfType<InvocationExpressionSyntax>().Any() == true);
}
