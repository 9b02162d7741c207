using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Generators.Tests.Diagnostics;

/// <summary>Analyzers over the compilation with the generated parts: what is generated is not taken for the user's.</summary>
public class GeneratedTogetherTests
{
    private const string Source = """
        using NetCompiler;

        [Network]
        [Input(4)]
        [Dense(8, ActivationMethod = nameof(Swish))]
        [Dense(3, Activation = Activation.Softmax)]
        [Loss(Loss.SparseCategoricalCrossentropy)]
        public partial class Iris
        {
            static float Swish(float x) => x / (1 + MathF.Exp(-x));
        }

        public static class Use
        {
            public static float[] Call(Iris iris) => iris.Predict(new float[4]);
        }
        """;

    [Fact]
    public async Task ValidNetwork_GivesNoDiagnostic()
    {
        RoslynHarness.Compile(Source).Generate(new NetworkGenerator(), out Compilation result);
        Assert.Empty(await result.AnalyzeAsync(RuleTests.Analyzers));
    }

    [Fact]
    public async Task WrongLengthOfAGeneratedMember_IsFound()
    {
        RoslynHarness.Compile(Source.Replace("float[4]", "float[5]")).Generate(new NetworkGenerator(), out Compilation result);
        Assert.Equal(["NC0501"], (await result.AnalyzeAsync(RuleTests.Analyzers)).Select(diagnostic => diagnostic.Id));
    }

    [Theory]
    [InlineData("[Dense(8, ", "[Dense(0, ", "NC0201")]
    [InlineData("Activation.Softmax", "Activation.Relu", "NC0301")]
    [InlineData("x / (1", "x % (1", "NC0403")]
    public async Task FaultyNetwork_StillHasItsMembers(string before, string after, string id)
    {
        RoslynHarness.Compile(Source.Replace(before, after)).Generate(new NetworkGenerator(), out Compilation result);
        Diagnostic[] found = [.. await result.AnalyzeAsync(RuleTests.Analyzers)];
        Assert.Equal([id], found.Select(diagnostic => diagnostic.Id));
    }

    [Theory]
    [InlineData("[Input(8, 8, 3)]\n[Conv2D(0, 3)]", "NC0201")]
    [InlineData("[Input(8, 8, 3)]\n[Conv2D(4, 3, Activation = Activation.Relux)]", "CS0117")]
    [InlineData("[Input(8, 8, 3)]\n[Conv2D(four, 3)]", "CS0103")]
    [InlineData("[Input(8, 8, 3)]\n[Conv2D(4, 3, Groups = 0)]", "NC0201")]
    [InlineData("[Input(8, 8, 3)]\n[Conv2D(4, int.MaxValue)]", "NC0220")]
    [InlineData("[Input(8, 3)]\n[MultiHeadAttention(heads)]", "CS0103")]
    [InlineData("[Input(8, 3)]\n[MultiHeadAttention(0)]", "NC0201")]
    [InlineData("[Input(8, 8, 3)]\n[SeparableConv2D(0, 0)]", "NC0201", "NC0201")]
    [InlineData("[Input(8, 4)]\n[MultiHeadAttention(3), Conv1D(0, 3)]", "NC0234")]
    [InlineData("[Tokens(8, Vocabulary = 4)]\n[Embedding(0)]", "NC0201")]
    public async Task LayerWithoutAShape_StillHasItsMembers(string layers, params string[] ids)
    {
        string source = $"using NetCompiler;\n\n[Network]\n{layers}\npublic partial class Digits;\n\npublic static class Use {{ public static int Count => new Digits().Weights.Count; }}";
        RoslynHarness.Compile(source).Generate(new NetworkGenerator(), out Compilation result);
        Assert.Equal(ids, (await result.AnalyzeAsync(RuleTests.Analyzers)).Select(diagnostic => diagnostic.Id));
    }

    [Theory]
    [InlineData("x.Conv2D(0, 3)", "NC0201")]
    [InlineData("x.Flatten().Dense(3) * Tensor.Parameter(\"w\", [2, 0])", "NC0210")]
    public async Task CallWithoutAShape_StillHasItsMembers(string returned, string id)
    {
        string source = $"using NetCompiler;\n\n[Network]\npublic partial class Digits\n{{\n    static Tensor Forward([Input(8, 8, 3)] Tensor x) => {returned};\n}}\n\npublic static class Use {{ public static int Count => new Digits().Weights.Count; }}";
        RoslynHarness.Compile(source).Generate(new NetworkGenerator(), out Compilation result);
        Assert.Equal([id], (await result.AnalyzeAsync(RuleTests.Analyzers)).Select(diagnostic => diagnostic.Id));
    }

    [Theory]
    [InlineData("public int {|NC0104:Seed|};")]
    [InlineData("public const int {|NC0104:OutputLength|} = 3;")]
    [InlineData("public static string {|NC0104:Description|} => \"\";")]
    [InlineData("public event System.Action? {|NC0104:Metadata|} { add { } remove { } }")]
    [InlineData("public void {|NC0104:Predict|}(System.ReadOnlySpan<float> input, Span<float> output) { }")]
    [InlineData("public void {|NC0104:Predict|}(string text) { }")]
    [InlineData("public void {|NC0104:Save|}(string path) { }")]
    [InlineData("public static Digits {|NC0104:Load|}(ReadOnlySpan<byte> file, WeightLoadOptions? options = null) => new();")]
    [InlineData("public void {|NC0104:Weights|}() { }")]
    [InlineData("private enum {|NC0104:Layers|} { First }")]
    [InlineData("private sealed class {|NC0104:Training|};")]
    [InlineData("private static int {|NC0104:Training|}() => 3;")]
    [InlineData("private interface {|NC0104:WeightSet|};")]
    [InlineData("public {|NC0007:Digits|}(int seed) { }")]
    [InlineData("public {|NC0007:Digits|}() { }")]
    [InlineData("public required string {|NC0017:Label|} { get; init; }")]
    public Task CollidingMember_LeavesOursOut(string member)
        => ExpectOne($"[Network]\n[Input(4)]\n[Dense(3)]\n[Loss(Loss.MeanSquaredError)]\npublic partial class Digits\n{{\n    {member}\n}}", "digits.Predict(new float[4], new float[3])");

    [Theory]
    [InlineData("public class Base { public int Seed => 3; }", "NC0104")]
    [InlineData("public class Base { public class Training; public void Save(string path) { } }", "NC0104", "NC0104")]
    [InlineData("public class Base { public static void Classify(int x) { } public int Predict = 4; }", "NC0104", "NC0104")]
    [InlineData("public class Base(string label, int number) { public override string ToString() => label + number; }", "NC0017")]
    [InlineData("public class Base { public required int Label; }", "NC0017")]
    [InlineData("public class Base(int number = 3) { public override string ToString() => \"\" + number; }")]
    public async Task BaseThatCollides_GivesNoMoreDiagnostics(string parent, params string[] ids)
    {
        string source = $"using NetCompiler;\n\n{parent}\n\n[Network]\n[Input(4)]\n[Dense(3)]\npublic partial class Digits : Base;\n\npublic static class Use {{ public static INetwork Of(Digits digits) => digits; }}";
        RoslynHarness.Compile(source).Generate(new NetworkGenerator(), out Compilation result);
        Assert.Equal(ids, (await result.AnalyzeAsync(RuleTests.Analyzers)).Select(diagnostic => diagnostic.Id));
    }

    [Theory]
    [InlineData("public const int {|NC0104:Variants|} = 3;", "x.Dense(width)")]
    [InlineData("private int {|NC0104:Width3|}() => 3;", "x.Dense(width)")]
    [InlineData("private sealed partial class {|NC0104:Width3|};", "x.Dense(width)")]
    [InlineData("", "x.Dense({|NC0201:0|}).Dense(width)")]
    [InlineData("", "x.Dense({|CS0103:wide|}).Dense(width)")]
    [InlineData("", "x.Dense(8).Dense({|NC0201:width - 3|})")]
    public Task FaultyForward_StillHasItsVariants(string member, string returned)
        => ExpectOne(
            $"[Network]\npublic partial class Digits\n{{\n    {member}\n\n    static Tensor Forward([Input(4)] Tensor x, [Choice(2, 3, 5)] int width) => {returned};\n}}",
            (member.Contains("Variants", StringComparison.Ordinal) ? "" : "_ = Digits.Variants.Count; ") + "new Digits.Width5().Predict(new float[4])");

    /// <summary>Where the parser finds mistakes, nothing is said of what they hide.</summary>
    [Theory]
    [InlineData("[Network\n[Input(4)]\n[Dense(3)]\npublic partial class Digits;")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(3)]\n[Loss(nameof(Fair))]\npublic partial class")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(3)]\n[Loss(\"Fair\")]\npublic partial class Digits\n{\n    static float Swish(float x) => (x;")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(3)]\n[Loss(\"Fair\")]\npublic partial class Digits\n{\n    }\n\n    static float Fair(float output, float target) => output - target;\n}")]
    [InlineData("[Network]\n[Loss(Loss.MeanSquaredError, Output = \"A\")]\npublic partial class Digits\n{\n    static (Tensor A, Tensor B Forward([Input(4)] Tensor x) => (x.Dense(3), x.Dense(2));\n}")]
    [InlineData("[Network]\npublic partial class Digits\n{\n    static Tensor Forward[Input(4)] Tensor x) => x.Dense(3);\n}")]
    [InlineData("[Network]\npublic partial class Digits\n{\n    static Forward([Input(4)] Tensor x) => x.Dense(3);\n}")]
    [InlineData("[Network]\npublic partial class Digits\n{\n    static Tensor Forward([Input(4)] Tensor x => x.Dense(3);\n}")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(3, ActivationMethod = \"Swish\"]\npublic partial class Digits\n{\n    static float Swish(float x) => x;\n}")]
    public async Task HalfTypedClass_GivesTheCompilersDiagnosticsOnly(string declaration)
    {
        RoslynHarness.Compile("using NetCompiler;\n\n" + declaration).Generate(new NetworkGenerator(), out Compilation result);
        Assert.DoesNotContain(await result.AnalyzeAsync(RuleTests.Analyzers), diagnostic => diagnostic.Id.StartsWith("NC", StringComparison.Ordinal));
    }

    /// <summary>A type error in a user's function is not repeated in what is generated from it.</summary>
    [Theory]
    [InlineData("if (x) { return 1; } return 2;", "CS0029")]
    [InlineData("return (x > 0) + x;", "CS0019")]
    [InlineData("bool b = x; return b ? 1 : 2;", "CS0029")]
    public async Task TypeErrorInAFunction_IsTheCompilersOnly(string body, string id)
    {
        foreach (string use in new[] { "[Dense(3, ActivationMethod = nameof(F))]", "[Dense(3)]\n[Loss(nameof(L))]" })
        {
            string function = use.Contains("Loss", StringComparison.Ordinal) ? "L(float x, float y)" : "F(float x)";
            RoslynHarness.Compile($"using NetCompiler;\n\n[Network]\n[Input(4)]\n{use}\npublic partial class Digits\n{{\n    static float {function} {{ {body} }}\n}}").Generate(new NetworkGenerator(), out Compilation result);
            Assert.Equal([id], (await result.AnalyzeAsync(RuleTests.Analyzers)).Select(diagnostic => diagnostic.Id));
        }
    }

    private static Task ExpectOne(string markup, string use)
        => GeneratedTogether.ExpectAsync($"{markup}\n\npublic static class Use\n{{\n    public static INetwork Of(Digits digits)\n    {{\n        {use};\n        digits.CreateTraining(3).Dispose();\n        return digits;\n    }}\n}}");

    /// <summary>Beside such a class no part can stand: the compiler finds no mistake in what is generated.</summary>
    [Theory]
    [InlineData("public partial class Predict;", "NC0102")]
    [InlineData("public partial class Weights;", "NC0102")]
    [InlineData("public partial class Price(ref int year)\n{\n    private readonly int year = year;\n\n    public int Year => year;\n}", "NC0007")]
    public async Task ClassThatNoPartCanStandBeside_GivesOneDiagnostic(string declaration, string id)
    {
        RoslynHarness.Compile($"using NetCompiler;\n\n[Network]\n[Input(4)]\n[Dense(1)]\n{declaration}").Generate(new NetworkGenerator(), out Compilation result);
        Assert.DoesNotContain(result.GetDiagnostics(), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        Assert.Equal([id], (await result.AnalyzeAsync(RuleTests.Analyzers)).Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public async Task TypeThatHidesOneOfKernels_GivesOneDiagnosticInsteadOfOnePerUse()
    {
        RoslynHarness.Compile(Source + "\n\ninternal static class Unsafe;").Generate(new NetworkGenerator(), out Compilation result);
        Diagnostic found = Assert.Single(await result.AnalyzeAsync(RuleTests.Analyzers));
        Assert.Equal(
            "The generated code of Iris would take Unsafe for the type Unsafe of .NET that it calls; give one of the two another name or namespace",
            found.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task ConstantThatExistsOnlyOnceGenerated_IsReportedThoughTheReadingSucceeds()
    {
        string source = Source + "\n\npublic static class Sizes { public const int N = Iris.OutputLength; }\n\n[Network]\n[Input(4)]\n[Dense(Sizes.N)]\npublic partial class Second;";
        RoslynHarness.Compile(source).Generate(new NetworkGenerator(), out Compilation result);
        Diagnostic[] found = [.. await result.AnalyzeAsync(RuleTests.Analyzers)];
        Assert.Equal(["NC0212"], found.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public async Task ConstantOfAGeneratedClass_IsNamedThoughTheCompilerReadsIt()
    {
        string source = Source + "\n\n[Network]\n[Input(Iris.OutputLength)]\n[Dense(2)]\npublic partial class Second;";
        RoslynHarness.Compile(source).Generate(new NetworkGenerator(), out Compilation result);
        Diagnostic[] found = [.. await result.AnalyzeAsync(RuleTests.Analyzers)];
        Assert.Equal(["NC0212"], found.Select(diagnostic => diagnostic.Id));
    }
}
