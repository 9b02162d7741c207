using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetCompiler.Generators.Diagnostics;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Generators.Tests.Diagnostics;

public class RuleTests
{
    /// <summary>Stands for what the generator adds to the networks of the cases.</summary>
    private const string Generated = "partial class Encoder { public const int OutputLength = 8; }";

    public static readonly DiagnosticAnalyzer[] Analyzers = [new DeclarationAnalyzer(), new OrphanLayerAnalyzer(), new DesignAnalyzer(), new CallLengthAnalyzer()];

    /// <summary>Rules without a declaration that breaks them and nothing else, and where they are tested.</summary>
    private static readonly string[] TestedElsewhere =
    [
        "NC0202", // sequential inputs have an axis, else NC0210 comes first: FindingsTests
        "NC0233", // several inputs: SequenceRuleTests
        "NC0501", // calls: CallLengthTests
        "NC0502",
        "NC0601", // it needs a second assembly: ForwardReaderTests
        "NC9999", // nothing should cause it: FindingsTests
    ];

    /// <summary>Rules of the package's build files: BuildFileTests.</summary>
    private static readonly string[] ReportedByTheBuild = ["NC0901", "NC0902", "NC0903"];

    public static TheoryData<string> Ids => [.. RuleCases.Sources.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task OneMistake_GivesOneDiagnosticAtItsPlace(string id)
    {
        string markup = "using NetCompiler;\n\n" + RuleCases.Sources[id];
        await RoslynHarness.ExpectAsync(markup, Analyzers, id == "NC0212" ? Generated : null);
    }

    [Fact]
    public void EveryRule_HasCatalogueEntryReleaseRowPageAndTest()
    {
        string folder = Path.Combine(RepositoryFolder.Find(), "generators", "NetCompiler.Generators");
        string[] catalogue = [.. DiagnosticCatalogue.All.Select(entry => $"{entry.Id} | {entry.Category} | {entry.DefaultSeverity} | {entry.Title}").Order(StringComparer.Ordinal)];
        string[] rows =
        [
            .. File.ReadLines(Path.Combine(folder, "AnalyzerReleases.Unshipped.md")).Concat(File.ReadLines(Path.Combine(folder, "AnalyzerReleases.Shipped.md")))
                .Where(line => line.StartsWith("NC", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        ];
        Assert.Equal(catalogue, rows);

        string[] ids = [.. DiagnosticCatalogue.All.Select(entry => entry.Id).Order(StringComparer.Ordinal)];
        Assert.Equal(ids.Concat(ReportedByTheBuild).Order(StringComparer.Ordinal), Directory.EnumerateFiles(Path.Combine(folder, "Diagnostics", "Rules")).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        Assert.Equal(ids, RuleCases.Sources.Keys.Concat(TestedElsewhere).Order(StringComparer.Ordinal));
        Assert.All(DiagnosticCatalogue.All, entry =>
        {
            string page = File.ReadAllText(Path.Combine(RepositoryFolder.Find(), entry.HelpLinkUri));
            Assert.StartsWith($"# {entry.Id}: {entry.Title}", page);
        });
    }

    [Fact]
    public void EveryRule_IsReportedByAnAnalyzer()
        => Assert.Empty(DiagnosticCatalogue.All.Except(Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics)));

    [Theory]
    [InlineData("[Network]\n[Input(4)]\n[Dense(1)]\n[Loss(Loss.MeanSquaredError)]\npublic partial struct {|NC0006:Price|};")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(1)]\npublic partial record struct {|NC0006:Price|};")]
    [InlineData("[Network]\n[Input(20, 4)]\n[Lstm(8, {|NC0201:RecurrentDropout = 1|})]\npublic partial class Price;")]
    [InlineData("[Network]\n[Input(20, 4)]\n[Gru({|NC0201:0|})]\npublic partial class Price;")]
    [InlineData("[Network]\n[Input(20, 4)]\n[SimpleRnn(8, {|NC0213:GoBackwards = true|}, Bidirectional = true)]\npublic partial class Price;")]
    [InlineData("[Network]\n[Input(20, 4)]\n[Lstm(8)]\n[{|NC0230:Lstm(8)|}]\npublic partial class Price;")]
    [InlineData("[Network]\n[Input(20)]\n[{|NC0230:PositionalEmbedding|}]\npublic partial class Price;")]
    [InlineData("[Network]\n[Input(20, 16)]\n[MultiHeadAttention(4, {|NC0201:-1|})]\npublic partial class Price;")]
    [InlineData("[Network(Weights = WeightFormat.Int8)]\n[Input(4)]\n[Dense(1)]\npublic partial class Price\n{\n    public void {|NC0104:Calibrate|}() { }\n}")]
    [InlineData("public class Base { public void Predict() { } }\n\n[Network]\n[Input(4)]\n[Dense(1)]\npublic partial class {|NC0104:Price|} : Base;")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(5)]\n[Loss(nameof(L))]\npublic partial class Price\n{\n    static Tensor L(Tensor output, [Input(3, 5)] Tensor target) => (output - target).Square().Mean();\n}")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(5)]\n[Loss(nameof(L))]\npublic partial class Price\n{\n    static Tensor L(Tensor output, [Input(3)] Tensor target) => ({|NC0403:output.Dense(3)|} - target).Square().Mean();\n}")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(5)]\n[Loss(nameof(L))]\npublic partial class Price\n{\n    static Tensor L(Tensor output, [Input(5)] Tensor target) => {|NC0403:output.Dropout(0.5)|}.Mean();\n}")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(5)]\n[Loss(nameof(L))]\npublic partial class Price\n{\n    static Tensor L(Tensor output, [Input(6)] Tensor target) => Losses.{|NC0311:Huber(output, target)|};\n}")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(5)]\n[Loss(nameof(L))]\npublic partial class Price\n{\n    static Tensor L(Tensor output, [Input(2, 3)] Tensor target) => Tensor.{|NC0311:Concat([output, target], axis: 0)|}.Mean();\n}")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(5)]\n[Loss(nameof(L))]\npublic partial class Price\n{\n    static Tensor L(Tensor output, [Input(5)] Tensor target) => ((output - target) - output.Mean()).Square().Mean();\n}")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(1)]\n[Loss(Loss.MeanSquaredError)]\npublic partial class {|NC0102:@class|};")]
    [InlineData("namespace App.@event;\n\npublic partial class @namespace\n{\n[Network]\n[Input(4)]\n[Dense(1)]\n[Loss(Loss.MeanSquaredError)]\npublic partial class @record;\n}")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(5)]\n[Loss(nameof(L))]\npublic partial class Price\n{\n    static Tensor L(Tensor output, [Input(5)] Tensor target) => Losses.{|NC0403:Perceptron(output, target)|};\n}")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(5, Activation = Activation.Step)]\n[Loss(nameof(L))]\npublic partial class Price\n{\n    static Tensor L(Tensor output, [Input(5)] Tensor target) => Losses.{|NC0403:Perceptron(1 - output, target)|};\n}")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(5, Activation = Activation.Step)]\n[Loss(nameof(L))]\npublic partial class Price\n{\n    static Tensor L(Tensor output, [Input(5)] Tensor target) => Losses.Perceptron(output, target) * 2;\n}")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(1)]\n[Loss({|NC0305:Loss.SparseCategoricalCrossentropy|})]\npublic partial class Price;")]
    [InlineData("[Network]\n[Loss({|NC0301:Loss.Perceptron|})]\npublic partial class Price\n{\n    static Tensor Forward([Input(4)] Tensor x) => x.Dense(5) * 2;\n}")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(1)]\npublic partial class {|NC0102:Predict|};")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(1, {|NC0102:Name = \"count\"|})]\npublic partial class Price;")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(1, {|NC0102:Name = \"get_enumerator\"|})]\npublic partial class Price;")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(1)]\npublic partial class Item;")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(1)]\npublic partial class {|NC0007:Price|}(int year)\n{\n    public int Year => year;\n}")]
    [InlineData("[Network]\npublic partial class Price\n{\n    static Tensor {|NC0403:Forward|}([Input(4)] Tensor x)\n    {\n        Tensor y = null!;\n        return y;\n    }\n}")]
    [InlineData("[Network]\npublic partial class Price\n{\n    static readonly int[] Widths = { 3, 4 };\n\n    static Tensor Forward([Input(4)] Tensor x) => x.Dense(Widths[0], Activation.Relu).Dense(Widths[1]);\n}")]
    [InlineData("file partial class {|NC0011:Shop|}\n{\n    [Network]\n    [Input(4)]\n    [Dense(1)]\n    internal partial class Price;\n}")]
    [InlineData("[Network]\n[{|NC0313:Loss(Loss.MeanSquaredError)|}]\npublic partial class Price\n{\n    static (Tensor A, Tensor B) Forward([Input(4)] Tensor x) => (x.Dense(1), x.Dense(1));\n}")]
    [InlineData("[Network]\n[Loss(Loss.MeanSquaredError)]\npublic partial class Price\n{\n    static (Tensor, Tensor) {|NC0010:Forward|}([Input(4)] Tensor x) => (x.Dense(1), x.Dense(1));\n}")]
    [InlineData("[Network]\n[Loss(Loss.MeanSquaredError, Output = \"C\")]\npublic partial class Price\n{\n    static (Tensor, Tensor) {|NC0010:Forward|}([Input(4)] Tensor x) => (x.Dense(1), x.Dense(1));\n}")]
    [InlineData("[Network]\n[Loss(Loss.MeanSquaredError, {|NC0304:Output = \"C\"|})]\n[Loss(Loss.MeanSquaredError, Output = \"A\")]\npublic partial class Price\n{\n    static (Tensor A, Tensor B) Forward([Input(4)] Tensor x) => (x.Dense(1), x.Dense(1));\n}")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(1, ActivationMethod = nameof({|CS0103:Swsh|}))]\npublic partial class Price;")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(1)]\n[Loss(nameof({|CS0103:Nope|}))]\npublic partial class Price;")]
    [InlineData("[Network]\n[Input(4)]\n[Dense(1, ActivationMethod = nameof(Swish))]\n[Loss(nameof(Fair))]\npublic partial class Price\n{\n    static float Swish(float x) => x{|CS1002:|}\n\n    static Tensor Fair(Tensor output, [Input(1)] Tensor target) => (output - target).Square();\n}")]
    [InlineData("[Network]\n[Input(8, 8, 1)]\n[Conv2D(3, 1)]\n[Loss({|NC0301:Loss.SparseCategoricalCrossentropy|})]\npublic partial class Price;")]
    [InlineData("[Network]\n[Input(8, 8, 1)]\n[Conv2DTranspose(1, 2, Activation = Activation.Sigmoid)]\n[{|NC0804:Loss(Loss.MeanSquaredError)|}]\npublic partial class Price;")]
    [InlineData("[Network]\n[Input(8, 3)]\n[Lstm(1, Activation = Activation.Sigmoid)]\n[Loss(Loss.MeanSquaredError)]\npublic partial class Price;")]
    public async Task FurtherCases_GiveTheirDiagnostic(string markup)
        => await RoslynHarness.ExpectAsync("using NetCompiler;\n\n" + markup, Analyzers);

    [Fact]
    public async Task Rule_LinksToItsPageWhereTheBuildSaysWhereThePagesAre()
    {
        CSharpCompilation compilation = RoslynHarness.Compile("using NetCompiler;\n\n[Network]\n[Input(4)]\n[Dense(0)]\npublic partial class Price;");
        string folder = Path.Combine(Path.GetTempPath(), "net compiler", "rules") + Path.DirectorySeparatorChar;
        var options = new AnalyzerOptions([], new BuildProperties(new() { [RulePages.FolderProperty] = folder }));
        Diagnostic found = Assert.Single(await compilation.WithAnalyzers([.. Analyzers], options).GetAnalyzerDiagnosticsAsync());
        Assert.Equal("NC0201", found.Id);
        Assert.EndsWith("/net%20compiler/rules/NC0201.md", found.Descriptor.HelpLinkUri, StringComparison.Ordinal);
        Assert.Equal(Path.Combine(folder, "NC0201.md"), new Uri(found.Descriptor.HelpLinkUri).LocalPath);
    }

    [Fact]
    public async Task Pragma_SilencesAHint()
    {
        const string Source = """
            using NetCompiler;

            #pragma warning disable NC0804
            [Network]
            [Input(2)]
            [Dense(1, Activation = Activation.Sigmoid)]
            [Loss(Loss.MeanSquaredError)]
            public partial class Xor;
            """;
        await RoslynHarness.ExpectAsync(Source, Analyzers);
    }

    [Fact]
    public async Task TensorOfAnother_IsNamedAndGivesOneDiagnostic()
    {
        const string Source = """
            using NetCompiler;

            namespace Shop;

            public sealed class Tensor;

            [Network]
            public partial class Price
            {
                static Tensor {|NC0010:Forward|}([Input(4)] Tensor x) => x;
            }
            """;
        var found = await RoslynHarness.ExpectAsync(Source, Analyzers);
        Assert.StartsWith(
            "Price.Forward is of Shop.Tensor, where NetCompiler.Tensor is needed: write that name in full",
            found[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "write Activation.Sigmoid on the last layer")]
    [InlineData(2, "write Activation.Sigmoid on the last layer, or Loss.CategoricalCrossentropy")]
    public async Task SoftmaxUnderBinaryCrossentropy_IsAdvisedALossThatItsOutputsAllow(int units, string advice)
    {
        string source = $"using NetCompiler;\n\n[Network]\n[Input(4)]\n[Dense({units}, Activation = Activation.Softmax)]\n[Loss({{|NC0301:Loss.BinaryCrossentropy|}})]\npublic partial class Price;";
        var found = await RoslynHarness.ExpectAsync(source, Analyzers);
        Assert.Equal(
            $"BinaryCrossentropy needs one probability per output, but dense1 gives a class distribution (Activation.Softmax); {advice}",
            found[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("[Input(4)] Tensor x", "x gives (4); write Reshape(4, 1) before it, or ReturnSequences = true on a recurrent layer there")]
    [InlineData("[Tokens(20, Vocabulary = 9)] Tensor x", "x gives (20); write Embedding before it")]
    [InlineData("[Input(20, 4)] Tensor x", "lstm1 gives (8); write ReturnSequences = true on lstm1, or Reshape(8, 1) before it", ".Lstm(8)")]
    public async Task TimeDistributed_SaysWhatMakesASequence(string input, string found, string before = "")
    {
        string source = $$"""
            using NetCompiler;

            [Network]
            public partial class Price
            {
                static Tensor Forward({{input}}) => x{{before}}.TimeDistributed(Step);

                static Tensor Step(Tensor step) => step.Dense(3);
            }
            """;
        Diagnostic diagnostic = Assert.Single(await RoslynHarness.Compile(source).WithAnalyzers([.. Analyzers]).GetAnalyzerDiagnosticsAsync());
        Assert.Equal("NC0230", diagnostic.Id);
        Assert.Equal("TimeDistributed works on (steps, features), but " + found, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Reshape_SaysWhatItNeedsAndWhatItGets()
    {
        const string Source = """
            using NetCompiler;

            [Network]
            [Input(12, 12, 32)]
            [Activation(Activation.Relu)]
            [Reshape({|NC0204:5408|})]
            public partial class Digits;
            """;
        var found = await RoslynHarness.ExpectAsync(Source, Analyzers);
        Assert.Equal(
            "Reshape(5408) needs 5408 values, but activation1 gives (12, 12, 32) = 4608",
            found[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }
}
