using Microsoft.CodeAnalysis.CodeFixes;
using NetCompiler.CodeFixes;
using NetCompiler.Generators.Tests.Diagnostics;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Generators.Tests.CodeFixes;

public class CodeFixTests
{
    [Theory]
    [InlineData("public class Price;", "public partial class Price;")]
    [InlineData("/* why */ class Price;", "/* why */ partial class Price;")]
    [InlineData("public sealed class Price\n{\n}", "public sealed partial class Price\n{\n}")]
    public Task MakePartial_AddsTheWord(string before, string after)
        => Expect(new MakePartialFix(), "using NetCompiler;\n\n[Network]\n[Input(4)]\n[Dense(1)]\n" + before, "using NetCompiler;\n\n[Network]\n[Input(4)]\n[Dense(1)]\n" + after);

    [Fact]
    public Task MakePartial_AddsTheWordToThePartThatLacksIt()
        => Expect(
            new MakePartialFix(),
            "using NetCompiler;\n\n[Network]\n[Input(4)]\n[Dense(1)]\npartial class Price;\n\nclass Price;",
            "using NetCompiler;\n\n[Network]\n[Input(4)]\n[Dense(1)]\npartial class Price;\n\npartial class Price;");

    [Fact]
    public Task InsertLayer_CopiesTheQualifier()
        => Expect(
            new InsertLayerFix(),
            "[NetCompiler.Network, NetCompiler.Input(28, 28, 1), NetCompiler.Dense(10)]\npartial class Digits;",
            "[NetCompiler.Network, NetCompiler.Input(28, 28, 1), NetCompiler.Flatten, NetCompiler.Dense(10)]\npartial class Digits;");

    [Fact]
    public Task MakePartial_AddsTheWordToContainers()
        => Expect(
            new MakePartialFix(),
            "using NetCompiler;\n\nclass Models\n{\n    [Network]\n    [Input(4)]\n    [Dense(1)]\n    partial class Price;\n}",
            "using NetCompiler;\n\npartial class Models\n{\n    [Network]\n    [Input(4)]\n    [Dense(1)]\n    partial class Price;\n}");

    [Fact]
    public Task InsertLayer_WritesALineOfItsOwn()
        => Expect(
            new InsertLayerFix(),
            "using NetCompiler;\n\nnamespace A\n{\n    // digits\n    [Network]\n    [Input(28, 28, 1)]\n    [Dense(10)]\n    partial class Digits;\n}",
            "using NetCompiler;\n\nnamespace A\n{\n    // digits\n    [Network]\n    [Input(28, 28, 1)]\n    [Flatten]\n    [Dense(10)]\n    partial class Digits;\n}");

    [Fact]
    public Task InsertLayer_StaysInASharedList()
        => Expect(
            new InsertLayerFix(),
            "using NetCompiler;\n\n[Network, Input(28, 28, 1), Dense(10)]\npartial class Digits;",
            "using NetCompiler;\n\n[Network, Input(28, 28, 1), Flatten, Dense(10)]\npartial class Digits;");

    [Theory]
    [InlineData("[Network, Input(784), Conv2D(8, 3)]\npartial class Digits;", "[Network, Input(784), Reshape(28, 28, 1), Conv2D(8, 3)]\npartial class Digits;")]
    [InlineData("[Network]\n[Input(28, 28)]\n[Conv2D(8, 3)]\npartial class Digits;", "[Network]\n[Input(28, 28)]\n[Reshape(28, 28, 1)]\n[Conv2D(8, 3)]\npartial class Digits;")]
    [InlineData("[Network, Input(28, 28, 3), Lstm(8)]\npartial class Digits;", "[Network, Input(28, 28, 3), Reshape(28, 84), Lstm(8)]\npartial class Digits;")]
    [InlineData(
        "[Network]\npartial class Digits\n{\n    static Tensor Forward([Input(784)] Tensor x) => x.Dropout(0.1).Conv2D(8, 3);\n}",
        "[Network]\npartial class Digits\n{\n    static Tensor Forward([Input(784)] Tensor x) => x.Dropout(0.1).Reshape([28, 28, 1]).Conv2D(8, 3);\n}")]
    public Task InsertLayer_BringsTheInputIntoShape(string before, string after) => Expect(new InsertLayerFix(), "using NetCompiler;\n\n" + before, "using NetCompiler;\n\n" + after);

    /// <summary>No layer brings back the steps that a recurrent layer left out.</summary>
    [Fact]
    public async Task InsertLayer_OffersNothingBehindARecurrentLayer()
        => Assert.Null(await RoslynCodeFix.ApplyAsync("using NetCompiler;\n\n[Network, Input(20, 4), Lstm(8), Lstm(8)]\npartial class Price;", new InsertLayerFix(), RuleTests.Analyzers));

    [Theory]
    [InlineData("Tensor.Concat(x, x.Dense(2), 1)", "Tensor.Concat([x, x.Dense(2)], axis: 1)")]
    [InlineData("Tensor.Concat([x, x], axis: 2)", "Tensor.Concat([x, x], axis: 1)")]
    public Task Axis_IsNamedAndCountedWithoutTheBatch(string before, string after)
    {
        const string Source = "using NetCompiler;\n\n[Network]\npartial class Joined\n{\n    static Tensor Forward([Input(3, 2)] Tensor x) => {0};\n}";
        return Expect(new AxisFix(), Source.Replace("{0}", before, StringComparison.Ordinal), Source.Replace("{0}", after, StringComparison.Ordinal));
    }

    [Fact]
    public Task SetUnits_GivesADistributionTwoClasses()
        => Expect(
            new SetUnitsFix(),
            "using NetCompiler;\n\n[Network]\n[Input(4)]\n[Dense(1, Activation = Activation.Softmax)]\n[Loss(Loss.CategoricalCrossentropy)]\npartial class Digits;",
            "using NetCompiler;\n\n[Network]\n[Input(4)]\n[Dense(2, Activation = Activation.Softmax)]\n[Loss(Loss.CategoricalCrossentropy)]\npartial class Digits;");

    [Fact]
    public Task SetUnits_TakesTheTargetsLength()
    {
        const string Rest = "\n[Loss(nameof(Miss))]\npartial class Digits\n{\n    static Tensor Miss(Tensor output, [Input(3)] Tensor target) => (output - target).Square().Mean();\n}";
        return Expect(
            new SetUnitsFix(),
            "using NetCompiler;\n\n[Network]\n[Input(4)]\n[Dense(8, Activation = Activation.Relu)]\n[Dense(4)]" + Rest,
            "using NetCompiler;\n\n[Network]\n[Input(4)]\n[Dense(8, Activation = Activation.Relu)]\n[Dense(3)]" + Rest);
    }

    [Fact]
    public Task Alias_SettlesAnAmbiguity()
        => Expect(
            new AliasFix(),
            "using NetCompiler;\nusing Other;\n\nclass Use\n{\n    Activation? activation;\n}",
            "using NetCompiler;\nusing Other;\nusing Activation = NetCompiler.Activation;\n\nclass Use\n{\n    Activation? activation;\n}",
            "namespace Other { public class Activation; }");

    [Theory]
    [InlineData("namespace Shop\n{\n    using NetCompiler;\n    using Other;\n{0}\n    class Use { Activation? activation; }\n}", "    using Activation = NetCompiler.Activation;\n")]
    [InlineData("namespace Shop;\n\nusing NetCompiler;\nusing Other;\n{0}\nclass Use { Activation? activation; }", "using Activation = NetCompiler.Activation;\n")]
    [InlineData("using NetCompiler;\nusing Other;\n{0}\nnamespace Shop\n{\n    using System.Text;\n\n    class Use { Activation? activation; StringBuilder? text; }\n}", "using Activation = NetCompiler.Activation;\n")]
    public Task Alias_StandsBesideTheUsingsThatAreAmbiguous(string source, string alias)
        => Expect(new AliasFix(), source.Replace("{0}", "", StringComparison.Ordinal), source.Replace("{0}", alias, StringComparison.Ordinal), "namespace Other { public class Activation; }");

    [Fact]
    public async Task Alias_LeavesOtherAmbiguitiesAlone()
        => Assert.Null(await RoslynCodeFix.ApplyAsync(
            "using A;\nusing B;\n\nclass Use\n{\n    C? c;\n}", new AliasFix(), RuleTests.Analyzers, ["namespace A { public class C; }", "namespace B { public class C; }"]));

    private static async Task Expect(CodeFixProvider provider, string before, string after, params string[] others)
    {
        string? found = await RoslynCodeFix.ApplyAsync(before, provider, RuleTests.Analyzers, others);
        Assert.Equal(after, found);
        Assert.Null(await RoslynCodeFix.ApplyAsync(after, provider, RuleTests.Analyzers, others)); // the mistake is gone
    }
}
