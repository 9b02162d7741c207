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
    public Task InsertFlatten_CopiesTheQualifier()
        => Expect(
            new InsertFlattenFix(),
            "[NetCompiler.Network, NetCompiler.Input(28, 28, 1), NetCompiler.Dense(10)]\npartial class Digits;",
            "[NetCompiler.Network, NetCompiler.Input(28, 28, 1), NetCompiler.Flatten, NetCompiler.Dense(10)]\npartial class Digits;");

    [Fact]
    public Task MakePartial_AddsTheWordToContainers()
        => Expect(
            new MakePartialFix(),
            "using NetCompiler;\n\nclass Models\n{\n    [Network]\n    [Input(4)]\n    [Dense(1)]\n    partial class Price;\n}",
            "using NetCompiler;\n\npartial class Models\n{\n    [Network]\n    [Input(4)]\n    [Dense(1)]\n    partial class Price;\n}");

    [Fact]
    public Task InsertFlatten_WritesALineOfItsOwn()
        => Expect(
            new InsertFlattenFix(),
            "using NetCompiler;\n\nnamespace A\n{\n    // digits\n    [Network]\n    [Input(28, 28, 1)]\n    [Dense(10)]\n    partial class Digits;\n}",
            "using NetCompiler;\n\nnamespace A\n{\n    // digits\n    [Network]\n    [Input(28, 28, 1)]\n    [Flatten]\n    [Dense(10)]\n    partial class Digits;\n}");

    [Fact]
    public Task InsertFlatten_StaysInASharedList()
        => Expect(
            new InsertFlattenFix(),
            "using NetCompiler;\n\n[Network, Input(28, 28, 1), Dense(10)]\npartial class Digits;",
            "using NetCompiler;\n\n[Network, Input(28, 28, 1), Flatten, Dense(10)]\npartial class Digits;");

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
