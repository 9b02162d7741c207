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

    /// <summary>Beside such a class no part can stand: the compiler finds no mistake in what is generated.</summary>
    [Theory]
    [InlineData("public partial class Predict;", "NC0102")]
    [InlineData("public partial class Weights;", "NC0102")]
    [InlineData("public partial class Price(int year)\n{\n    public int Year => year;\n}", "NC0007")]
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
