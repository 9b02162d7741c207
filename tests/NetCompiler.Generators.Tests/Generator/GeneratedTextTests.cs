using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetCompiler.Generators.Tests.Diagnostics;
using NetCompiler.TestKit;
using Xunit.Abstractions;

namespace NetCompiler.Generators.Tests.Generator;

/// <summary>Whole generated files: accepted for review, clean, and the same bytes everywhere.</summary>
public class GeneratedTextTests(ITestOutputHelper output)
{
    private const string Wide = """
        [NetCompiler.Network, NetCompiler.Input(784)]
        [NetCompiler.Dense(512, Activation = NetCompiler.Activation.Relu), NetCompiler.Dense(512, Activation = NetCompiler.Activation.Relu)]
        [NetCompiler.Dense(10, Activation = NetCompiler.Activation.Softmax), NetCompiler.Loss(NetCompiler.Loss.SparseCategoricalCrossentropy)]
        public partial class Wide;
        """;

    private const string Integers = """
        namespace Models;

        [NetCompiler.Network(Weights = NetCompiler.WeightFormat.Int8), NetCompiler.Input(128)]
        [NetCompiler.Dense(96, Activation = NetCompiler.Activation.Tanh), NetCompiler.Dense(2)]
        public partial class Integers;
        """;

    [Fact]
    public void Xor_IsAsAccepted() => AssertAccepted(GeneratorHarness.Xor);

    [Fact]
    public void Tuned_IsAsAccepted() => AssertAccepted(GeneratorHarness.Tuned);

    [Fact]
    public void Regression_IsAsAccepted() => AssertAccepted(GeneratorHarness.Regression);

    [Fact]
    public void Integers_AreAsAccepted() => AssertAccepted(Integers);

    [Fact]
    public void EveryKernel_QuotesTheSourceItCameFrom()
    {
        SortedDictionary<string, string> files = GeneratorHarness.Files(GeneratorHarness.Run(GeneratorHarness.Compile(GeneratorHarness.Xor, GeneratorHarness.Regression), out _));
        string[] Above(string file) =>
        [
            .. files[file].Split("[MethodImpl(MethodImplOptions.AggressiveOptimization)]\n")[..^1].Select(before => before.Split("\n\n")[^1])
                .Zip(files[file].Split("[MethodImpl(MethodImplOptions.AggressiveOptimization)]\n")[1..])
                .Where(kernel => kernel.Second.TrimStart().StartsWith("private", StringComparison.Ordinal)).Select(kernel => kernel.First.TrimStart()),
        ];
        Assert.NotEmpty(Above("Models.Xor.Kernels512.g.cs"));
        Assert.NotEmpty(Above("Regression.Kernels512.g.cs"));
        Assert.All(Above("Models.Xor.Kernels512.g.cs"), comment => Assert.Matches(@"^// (Dense\((10|1), Activation = |Loss\(Loss\.BinaryCrossentropy)", comment));

        // Those of a loss method quote its expressions; what weighs and adds up losses is the loss's as a whole.
        string[] expressions = ["Loss(nameof(Fair))", "(output * group).BatchSum()", "group.BatchSum()", "(output * group).BatchSum() / group.BatchSum()", "(output - label).Square().Mean()", "gap.Square()", "lambda * gap.Square().Mean()", "output * group"];
        string[] quotes = [.. Above("Regression.Kernels512.g.cs").Select(comment => comment[3..].Split('\n')[0])];
        Assert.All(quotes, quote => Assert.True(quote.StartsWith("Dense(40", StringComparison.Ordinal) || quote.StartsWith("Dense(2", StringComparison.Ordinal) || expressions.Contains(quote), quote));
        Assert.Equal(expressions.Order(StringComparer.Ordinal), quotes.Intersect(expressions).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Input(#, 5)", "SimpleRnn(7)")]
    [InlineData("Input(#, 5)", "Lstm(20, ReturnSequences = true), Lstm(8)")]
    [InlineData("Input(#, 5)", "Gru(7, Dropout = 0.2, RecurrentDropout = 0.2)")]
    [InlineData("Input(#, 5)", "Gru(7, ResetAfter = false, GoBackwards = true, ReturnSequences = true), GlobalAveragePool1D")]
    [InlineData("Input(#, 5)", "Lstm(6, Bidirectional = true, ReturnSequences = true), SimpleRnn(7, Bidirectional = true)")]
    [InlineData("Tokens(#, Vocabulary = 9, Padding = 0)", "Embedding(5), Lstm(6, ReturnSequences = true), Gru(7)")]
    public void Recurrence_HasAsMuchTextForAnyNumberOfSteps(string input, string layers)
    {
        // Numbers aside, which are longer.
        (string Name, int Lines)[] Files(int steps) =>
        [
            .. GeneratorHarness.Files(GeneratorHarness.Run(GeneratorHarness.Compile($"""
                using NetCompiler;

                [Network, {input.Replace("#", steps.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)}, {layers}, Dense(2), Loss(Loss.MeanSquaredError)]
                public partial class Reader;
                """), out _)).Select(file => (file.Key, file.Value.Split('\n').Length)),
        ];
        (string Name, int Lines)[] few = Files(50), many = Files(2_000);
        Assert.Equal(many, Files(20_000));

        // Short sequences have other loops here and there, sums in blocks of samples for one.
        Assert.All(few.Zip(many), pair => Assert.InRange(pair.Second.Lines, pair.First.Lines * 0.9, pair.First.Lines * 1.1));
    }

    [Fact]
    public void Hash_IsThatOfFilesFromBeforeLayersHadMoreOptions()
    {
        const string Source = """
            using NetCompiler;

            [Network]
            public partial class Old
            {
                static Tensor Forward([Input(6, 4)] Tensor x, [Input(6, 4)] Tensor y)
                {
                    Tensor read = x.MultiHeadAttention(2).Lstm(3, bidirectional: true, returnSequences: true).BatchNormalization().GlobalAveragePool1D();
                    return Tensor.Concat(read, y.GlobalMaxPool1D(), y.Gru(5), y.LayerNormalization().RmsNormalization().Flatten(), Tensor.Dot(x.Flatten(), y.Flatten())).Dense(2);
                }
            }
            """;
        string Hash(string source) => Regex.Match(GeneratorHarness.Files(GeneratorHarness.Run(GeneratorHarness.Compile(source), out _))["Old.g.cs"], "ArchitectureHash = \"(.*)\"").Groups[1].Value;
        const string Before = "7883ede64d92b2b04cc99527ea921be3060fb4e6269cd305c0ee5c6aaa33aa61";
        Assert.Equal(Before, Hash(Source));
        foreach ((string call, string other) in new[] { ("GlobalAveragePool1D()", "GlobalAveragePool1D(keepDims: true).Flatten()"), ("bidirectional: true", "bidirectional: true, mergeMode: MergeMode.Sum"), ("Attention(2)", "Attention(2, outputUnits: 3)"), ("y.Flatten())", "y.Flatten()], axis: 0, normalize: true)") })
        {
            string changed = Source.Replace(call, other, StringComparison.Ordinal).Replace(other.EndsWith("true)", StringComparison.Ordinal) ? "Tensor.Dot(x" : "no", "Tensor.Dot([x", StringComparison.Ordinal);
            Assert.NotEqual(Before, Hash(changed));
        }
    }

    [Fact]
    public void KernelsThatAreCompiledEarly_AreMethodsOfTheirClass()
    {
        SortedDictionary<string, string> files = GeneratorHarness.Files(GeneratorHarness.Run(GeneratorHarness.Compile(GeneratorHarness.Xor, GeneratorHarness.Tuned, GeneratorHarness.Regression, Integers), out _));
        foreach ((string file, string text) in files.Where(file => file.Key.Contains(".Kernels", StringComparison.Ordinal)))
        {
            string[] lists = [.. Regex.Matches(text, @"KernelCompilation\.Begin\(ref \w+, typeof\((\w+)\), ""([^""]+)""\)").Select(match => match.Groups[2].Value)];
            Assert.True(lists.Length is 1 or 2, $"{file} has {lists.Length} lists of methods");
            Assert.Contains(lists, list => list.Contains(','));
            foreach (string list in lists)
            {
                string[] methods = list.Split(',');
                Assert.Equal(methods.Distinct(), methods);
                Assert.All(methods, method => Assert.Contains($" static void {method}(", text, StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Text_IsTheSameBytesInEveryCulture(string culture)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(GeneratorHarness.Xor, GeneratorHarness.Tuned, GeneratorHarness.Regression);
        SortedDictionary<string, string> expected = GeneratorHarness.Files(GeneratorHarness.Run(compilation, out _));
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Culture(culture);
            Assert.Equal(expected, GeneratorHarness.Files(GeneratorHarness.Run(compilation, out _)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void SameSource_GivesTheSameBytesTwice()
    {
        SortedDictionary<string, string> Once() => GeneratorHarness.Files(GeneratorHarness.Run(GeneratorHarness.Compile(GeneratorHarness.Tuned), out _));
        Assert.Equal(Once(), Once());
    }

    [Fact]
    public void EveryFile_EndsItsLinesAlikeAndHasNoTrailingSpace()
    {
        SortedDictionary<string, string> files = GeneratorHarness.Files(GeneratorHarness.Run(GeneratorHarness.Compile(GeneratorHarness.Xor, GeneratorHarness.Tuned), out _));
        Assert.All(files.Values, text =>
        {
            Assert.StartsWith("// <auto-generated/>", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
            Assert.DoesNotContain(" \n", text, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe ", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void FaultyDeclaration_StillHasEveryMember()
    {
        const string Faulty = """
            using NetCompiler;

            [Network, Input(4), Dense(0), Dense(3, Activation = Activation.Softmax)]
            [Loss(Loss.SparseCategoricalCrossentropy)]
            public partial class Faulty;

            public static class Use
            {
                public static int Call()
                {
                    var network = new Faulty(seed: 1);
                    float[] output = network.Predict(new float[4]);
                    using Faulty.Training training = network.CreateTraining(8);
                    training.Step(new float[4], [0], null!);
                    network.Save("a");
                    return Faulty.InputLength + Faulty.OutputLength + output.Length + network.Classify(new float[4]) + Faulty.Load("a").Seed + network.Clone().Weights.Count;
                }
            }
            """;
        GeneratorDriverRunResult run = GeneratorHarness.Run(RoslynHarness.Compile(Faulty), out Compilation result);
        Assert.Empty(run.Diagnostics);
        Assert.Single(GeneratorHarness.Files(run));
        Assert.DoesNotContain(result.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void Explain_AddsAFileOfComments()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(GeneratorHarness.Xor);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: RoslynHarness.ParseOptions, optionsProvider: new BuildProperties(new() { ["build_property.NetCompilerExplain"] = "true" }));
        GeneratorDriverRunResult run = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation result, out _).GetRunResult();
        SortedDictionary<string, string> files = GeneratorHarness.Files(run);
        string explained = files["Models.Xor.Explained.g.cs"];
        Assert.All(explained.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("//", line, StringComparison.Ordinal));
        foreach (string stage in (string[])["declaration", "weights", "graph of inference, as built", "graph of losses with gradients, simplified", "graph of losses with gradients, lowered", "schedule, 512 bits, one sample"])
        {
            Assert.Contains("// " + stage, explained, StringComparison.Ordinal);
        }

        GeneratorHarness.AssertClean(result);
        Assert.DoesNotContain(GeneratorHarness.Files(GeneratorHarness.Run(compilation, out _)).Keys, name => name.Contains("Explained", StringComparison.Ordinal));
    }

    [Fact]
    public void WideNetwork_IsCompiledWithoutWarning()
    {
        CSharpCompilation compilation = RoslynHarness.Compile(Wide);
        for (int run = 0; run < 3; run++)
        {
            long start = Stopwatch.GetTimestamp();
            GeneratorHarness.Run(compilation, out Compilation result);
            output.WriteLine(FormattableString.Invariant($"784-512-512-10: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms"));
            Assert.DoesNotContain(result.GetDiagnostics(), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        }
    }

    // Where the runtime knows the invariant culture alone, its numbers at least look foreign.
    private static CultureInfo Culture(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            foreign.NumberFormat.NumberDecimalSeparator = ",";
            foreign.NumberFormat.NegativeSign = "minus";
            return foreign;
        }
    }

    private static void AssertAccepted(string source, [System.Runtime.CompilerServices.CallerMemberName] string member = "")
    {
        GeneratorDriverRunResult run = GeneratorHarness.Run(GeneratorHarness.Compile(source), out Compilation result);
        Assert.Empty(run.Diagnostics);
        GeneratorHarness.AssertClean(result);
        foreach ((string name, string text) in GeneratorHarness.Files(run).Where(file => !file.Key.Contains("Kernels128", StringComparison.Ordinal) && !file.Key.Contains("Kernels256", StringComparison.Ordinal)))
        {
            Snapshot.Match(text, name, member: member);
        }
    }
}
