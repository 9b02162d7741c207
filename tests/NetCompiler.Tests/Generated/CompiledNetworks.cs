using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Intrinsics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetCompiler.Generators;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Networks declared in a text, compiled by the real generator and the real compiler, and loaded.</summary>
internal sealed class CompiledNetworks
{
    private static readonly int[] Widths = [128, 256, 512];

    private readonly Assembly _assembly;

    private CompiledNetworks(Assembly assembly) => _assembly = assembly;

    /// <summary>Compiles declarations, for a project that checks arithmetic; a diagnostic of any kind, a warning in generated code included, fails the test and shows where.</summary>
    /// <param name="declarations">Classes in the global namespace; <c>using NetCompiler;</c> is written before them.</param>
    public static CompiledNetworks Compile(IEnumerable<string> declarations)
    {
        string source = "using NetCompiler;\n\n" + string.Join("\n", declarations);
        CSharpCompilation compilation = RoslynHarness.Compile(source);
        compilation = compilation.WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release).WithOverflowChecks(true));
        GeneratorDriver driver = compilation.Generate(new NetworkGenerator(), out Compilation result);
        result = WithoutOtherWidths(result);
        ImmutableArray<Diagnostic> reported = driver.GetRunResult().Diagnostics;
        using MemoryStream image = new();
        IEnumerable<Diagnostic> diagnostics = reported.Concat(result.Emit(image).Diagnostics).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        string found = string.Join("\n", diagnostics.Take(10));
        Expect.True(found.Length == 0, $"{found}\n\nof\n\n{(source.Length < 20_000 ? source : source[..20_000] + "...")}");
        return new CompiledNetworks(Assembly.Load(image.ToArray()));
    }

    // Two of three forms of every kernel cannot run at this width: without their bodies compiling takes a third of the time. The other widths compile them in runs of
    // their own, and the networks of this project are compiled whole.
    private static Compilation WithoutOtherWidths(Compilation compilation)
    {
        int width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        foreach (SyntaxTree tree in compilation.SyntaxTrees.Where(tree => Widths.Any(other => other != width && tree.FilePath.EndsWith($".Kernels{other}.g.cs", StringComparison.Ordinal))).ToArray())
        {
            SyntaxNode stripped = new BodyRemover().Visit(tree.GetRoot());
            compilation = compilation.ReplaceSyntaxTree(tree, tree.WithRootAndOptions(stripped, tree.Options));
        }

        return compilation;
    }

    /// <summary>Makes a network of a class.</summary>
    public INetwork Create(string name, int seed = 1) => (INetwork)Activator.CreateInstance(_assembly.GetType(name, throwOnError: true)!, seed)!;

    /// <summary>Calls a static method of a class that was compiled with the networks.</summary>
    public T Call<T>(string type, string method, params object[] arguments)
    {
        try
        {
            return (T)_assembly.GetType(type, throwOnError: true)!.GetMethod(method)!.Invoke(null, arguments)!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            throw new InvalidOperationException($"{type}.{method}: {exception.InnerException}", exception.InnerException);
        }
    }

    /// <summary>
    /// The source of a class <c>NameDriver</c> that runs Forward and Backward of a network through its public members, which no interface has:
    /// gives the output, the gradient of the input, then those of the weights in order.
    /// </summary>
    public static string BackwardDriver(string name, bool readsTokens = false) => $$"""
        public static class {{name}}Driver
        {
            public static float[][] Backward(INetwork network, int count, {{(readsTokens ? "int" : "float")}}[] input, float[] cotangent, bool training)
            {
                using {{name}}.Training made = (({{name}})network).CreateTraining(count + 2, threads: 1);
                float[] output = new float[count * {{name}}.OutputLength];
                made.Forward(input, output, training);
                made.Backward(cotangent, GradientTargets.Parameters | GradientTargets.Inputs);
                return [output, {{(readsTokens ? "[]" : "made.InputGradients[..input.Length].ToArray()")}}, .. made.WeightGradients.Select(view => view.ToArray())];
            }
        }
        """;

    private sealed class BodyRemover : CSharpSyntaxRewriter
    {
        private static readonly BlockSyntax Throws = (BlockSyntax)SyntaxFactory.ParseStatement("{ throw null!; }");

        public override SyntaxNode VisitMethodDeclaration(MethodDeclarationSyntax node) =>
            node.WithBody(Throws).WithExpressionBody(null).WithSemicolonToken(default);

        // Fields would be used by nobody.
        public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node) => null;
    }
}
