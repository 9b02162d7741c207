using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Generator;

/// <summary>The generator over the networks of these tests.</summary>
internal static class GeneratorHarness
{
    public const string Xor = """
        using NetCompiler;

        namespace Models;

        /// <summary>Exclusive or.</summary>
        [Network]
        [Input(2)]
        [Dense(10, Activation = Activation.Tanh)]
        [Dense(1, Activation = Activation.Sigmoid)]
        [Loss(Loss.BinaryCrossentropy)]
        public partial class Xor;
        """;

    public const string Tuned = """
        using System;
        using NetCompiler;

        /// <summary>A container.</summary>
        public static partial class Models
        {
            /// <summary>A network with its own functions.</summary>
            [Network]
            [Input(3, 4)]
            [Normalization]
            [Dense(5, ActivationMethod = nameof(Swish), KernelL1 = 0.01, KernelL2 = 0.02)]
            [Dropout(0.25)]
            [Flatten]
            [Dense(3, Activation = Activation.Softmax, Name = "classes")]
            [Loss(Loss.SparseCategoricalCrossentropy, LabelSmoothing = 0.1)]
            internal partial class Tuned
            {
                private static float Swish(float x) => x / (1 + MathF.Exp(-x));
            }
        }
        """;

    public const string Regression = """
        using NetCompiler;

        /// <summary>A loss of its own over the batch.</summary>
        [Network, Input(20), Dense(40, Activation = Activation.Relu), Dense(2)]
        [Loss(nameof(Fair), Weight = 0.5)]
        public partial class Regression
        {
            static Tensor Fair(Tensor output, [Input(2)] Tensor label, [Input(1)] Tensor group, [Setting(0.1)] float lambda)
            {
                Tensor gap = (output * group).BatchSum() / group.BatchSum();
                return (output - label).Square().Mean() + lambda * gap.Square().Mean();
            }
        }
        """;

    /// <summary>A compilation that a careful user would have: documented, nullable, every warning an error, no unsafe code.</summary>
    public static CSharpCompilation Compile(params string[] sources)
    {
        CSharpCompilation compilation = RoslynHarness.Compile(sources);
        return compilation.WithOptions(compilation.Options
            .WithGeneralDiagnosticOption(ReportDiagnostic.Error).WithWarningLevel(9999).WithOptimizationLevel(OptimizationLevel.Release).WithAllowUnsafe(false));
    }

    /// <summary>Runs the generator once.</summary>
    public static GeneratorDriverRunResult Run(CSharpCompilation compilation, out Compilation result) =>
        compilation.Generate(new NetworkGenerator(), out result).GetRunResult();

    /// <summary>All files, by name.</summary>
    public static SortedDictionary<string, string> Files(GeneratorDriverRunResult result)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (GeneratedSourceResult file in result.Results.Single().GeneratedSources)
        {
            files.Add(file.HintName, file.SourceText.ToString());
        }

        return files;
    }

    public static void AssertClean(Compilation compilation)
    {
        using var image = new MemoryStream();
        Diagnostic[] found = [.. compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        Assert.True(found.Length == 0, string.Join("\n", found.Take(20).Select(diagnostic => $"{diagnostic}\n    {LineOf(diagnostic)}")));
    }

    private static string LineOf(Diagnostic diagnostic)
    {
        SourceText? text = diagnostic.Location.SourceTree?.GetText();
        return text?.Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim() ?? "";
    }
}
