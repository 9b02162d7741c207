using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetCompiler.Generators.Tests.Diagnostics;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Generators.Tests.Fuzzing;

/// <summary>Half-typed sources crash and hang no analyzer: 2,000 mutations, or 100,000 with NETCOMPILER_LONG=1.</summary>
public class DeclarationFuzzTests
{
    /// <summary>A Forward method with everything that one may contain.</summary>
    internal const string Functional =
        """
        [Network]
        [Loss(Loss.SparseCategoricalCrossentropy, Output = "Genre")]
        [Loss(nameof(L), Output = "Score", Weight = 0.5)]
        public partial class Digits
        {
            static readonly int[] Widths = [7, 4];

            static (Tensor Genre, Tensor Score) Forward([Input(6)] Tensor title, [Tokens(5, Vocabulary = 9, Padding = 0)] Tensor text, [Input(3, 2)] Tensor author, [Choice(3, 8)] int units)
            {
                var read = Tensor.Share(Read);
                Tensor[] parts = [read(title, 4), read(title.Dropout(0.1), 4), text.Embedding(3).Mean(0)];
                Tensor x = Tensor.Concat([.. parts, author.Flatten()], axis: 0);
                for (int i = 0; i < x.Shape[0] / 4 && i < Widths.Length; i++)
                {
                    if (i % 2 == 1) { continue; }
                    x = x.Dense(units + Widths[i], Activation.Relu, name: $"hidden{i}") switch { var y => y * 2 };
                }

                foreach (var (a, b) in new[] { (1, 2), (3, 4) }) { x += a - b; }
                (Tensor left, Tensor right) = Split(x);
                while (false) { x = -x; }
                Tensor Local(Tensor z) => z.Map(F) / Math.Max(2, units);
                return (Tensor.Maximum(left, Local(right), 0.5).Dense(4).Softmax(), right.Dense(1).Sigmoid());
            }

            static (Tensor, Tensor) Split(Tensor x) => (x.Slice(0, 0, 2), x.Slice(axis: 0, start: 1, length: 2) + Tensor.Parameter("w", [2], Initializer.Zeros));

            static Tensor Read(Tensor x, int width = 5)
            {
                switch (width)
                {
                    case 4: return x.Dense(width).Tanh();
                    default: return width > 9 ? x : Read(x, width - 1);
                }
            }

            static float F(float x) => x * x;

            static Tensor L(Tensor score, [Input(1)] Tensor label, [Setting(0.1)] float lambda) => Losses.BinaryCrossentropy(score, label) * lambda;
        }
        """;

    internal static readonly string[] Valid =
    [
        """
        [Network]
        [Input(28, 28, 1)]
        [Flatten]
        [Dense(128, Activation = Activation.Relu, Name = "hidden", KernelInitializer = Initializer.HeNormal, KernelL2 = 0.01, FormerNames = ["dense1"])]
        [Dropout(0.2)]
        [Dense(10, Activation = Activation.Softmax, UseBias = false)]
        [Loss(Loss.SparseCategoricalCrossentropy, LabelSmoothing = 0.1)]
        public partial class Digits;

        public static class Use { public static float[] Call(Digits digits) => digits.Predict(new float[784]); }
        """,
        """
        namespace Models;

        public partial class Outer
        {
            [Network(Weights = WeightFormat.BFloat16)]
            [Input(4), Normalization, Reshape(2, -1), Flatten]
            [Dense(3, ActivationMethod = nameof(F))]
            [Dense(1, Activation = Activation.Sigmoid)]
            [Loss(nameof(L), Output = "output", Weight = 0.5)]
            [Loss(nameof(E))]
            public partial class Digits
            {
                static float F(float x)
                {
                    float y = x * 2;
                    if (y > 1) { y -= MathF.Exp(-x); } else { return G(y, 3); }
                    return x > 0 ? y / (1 + x) : MathF.Tanh(y);
                }

                static float G(float a, float b) => MathF.Max(a, b);

                static float E(float output, float truth) => MathF.Abs(output - truth);

                static Tensor L(Tensor output, [Input(1)] Tensor label, [Input(1)] Tensor group, [Setting(0.1)] float lambda)
                {
                    Tensor gap = (output * group).BatchSum() / group.BatchSum();
                    gap += Tensor.Maximum(gap.Map(F), 0).Clip(0, 1).Pow(2);
                    return Losses.BinaryCrossentropy(output, label) + lambda * gap.Square().Mean();
                }
            }
        }
        """,
        Functional,
        """
        [Network]
        [Input(Sizes.In)]
        [Dense(Sizes.Hidden, Activation = Activation.LeakyRelu, ActivationAlpha = 0.3)]
        [Activation(Activation.Tanh)]
        [Dense(Other.OutputLength)]
        [Loss(Loss.Huber, Delta = 2)]
        public partial class Digits { public string Label => "a"; }

        [Network, Input(3), Dense(2)]
        public partial class Other;

        static class Sizes { public const int In = 3, Hidden = 2 * In; }
        """,
    ];

    [Fact]
    public async Task MutatedDeclarations_CrashNothing()
    {
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        foreach ((int seed, string source, CSharpCompilation compilation) in MutatedSources.All())
        {
            using var limit = new CancellationTokenSource(MutatedSources.Endless);
            try
            {
                ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([.. RuleTests.Analyzers], options).GetAnalyzerDiagnosticsAsync(limit.Token);
                Assert.DoesNotContain(found, diagnostic => diagnostic.Id is "NC9999" or "AD0001");
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}: {exception.Message}\n{source}");
            }
        }
    }

    [Fact]
    public async Task UnmutatedDeclarations_AreValid()
    {
        foreach (string source in Valid.Take(3))
        {
            ImmutableArray<Diagnostic> found = await RoslynHarness.Compile("using NetCompiler;\n\n" + source)
                .WithAnalyzers([.. RuleTests.Analyzers]).GetAnalyzerDiagnosticsAsync();
            Assert.Empty(found);
        }
    }
}
