using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Diagnostics;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Tests.Generator;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Generators.Tests.Diagnostics;

public class FindingsTests
{
    [Fact]
    public void Unforeseen_NamesStageClassAndException()
    {
        INamedTypeSymbol type = RoslynHarness.Compile("class Digits;").Type("Digits");
        Diagnostic diagnostic = Findings.Unforeseen("the check of a call", type, new InvalidOperationException("no such thing"), new AnalyzerOptions([]));
        Assert.Equal("NC9999", diagnostic.Id);
        Assert.Equal(
            "the check of a call of Digits failed: InvalidOperationException: no such thing; this is a mistake of NetCompiler's, please report it with the declaration",
            diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void UnknownId_IsUnforeseen() => Assert.Equal("NC9999", DiagnosticCatalogue.Find("NC1234").Id);

    // Each value fits a buffer; those that a step of training keeps, rows padded, do not.
    [Fact]
    public void ValuesBetweenLayers_ThatExceedABuffer_AreTooMany()
    {
        const string Large = """
            using NetCompiler;

            [Network, Input(60_000_000, 2)]
            [Conv1D(2, 3), Conv1D(2, 3), Conv1D(2, 3), Conv1D(2, 3)]
            [Loss(Loss.MeanSquaredError)]
            public partial class Large;
            """;
        Diagnostic found = Assert.Single(GeneratorHarness.Run(GeneratorHarness.Compile(Large), out _).Diagnostics);
        Assert.Equal("NC0211", found.Id);
        Assert.Matches("^Large keeps [0-9,]+ values of one sample between its layers, more than the 2,147,483,647 values that one buffer can hold$", found.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void DenseOnAScalar_IsReportedByItsRule()
    {
        var problems = new ProblemSink();
        LayerRule rule = LayerRule.Find("Dense")!;
        var layer = new LayerSpec("Dense", "dense1", new[] { 0 }, new EquatableArray<OptionSpec>(rule.Options.Select(option => option.Name == "Units" ? option with { Number = 3 } : option)), "");
        Assert.Null(rule.InferShape(layer, [Shape.Scalar], problems));
        Assert.Equal("NC0202", Assert.Single(problems.Problems).Id);
    }
}
