using System.Globalization;
using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Generators.Tests.Diagnostics;

/// <summary>A scale beside an initializer that has none is pointed out, and only that.</summary>
public class UnusedScaleTests
{
    [Theory]
    [InlineData("Dense(1, {|NC0807:BiasScale = 0.1|})", "dense1: BiasScale has no effect beside Initializer.Zeros, which has no scale; remove it, or write BiasInitializer = Initializer.Constant")]
    [InlineData("BatchNormalization({|NC0807:GammaScale = 2|})", "batch_normalization1: GammaScale has no effect beside Initializer.Ones, which has no scale; remove it, or write GammaInitializer = Initializer.Constant")]
    [InlineData("Dense(1, KernelScale = 0.1, BiasInitializer = Initializer.Constant, BiasScale = 1)")]
    [InlineData("Dense(1, KernelInitializer = Initializer.Orthogonal, KernelScale = 2)")]
    [InlineData("BatchNormalization(Scale = true)")]
    public async Task EachLayer_IsAskedForItsScales(string layer, string? message = null)
    {
        var found = await RoslynHarness.ExpectAsync($"using NetCompiler;\n\n[Network]\n[Input(4)]\n[{layer}]\npublic partial class Price;", RuleTests.Analyzers);
        Assert.Equal(message is null ? [] : [message], found.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("x.Dense(1, kernelInitializer: Initializer.Ones, {|NC0807:kernelScale: 3|})")]
    [InlineData("x.Dense(1) + Tensor.Parameter(\"w\", [1], Initializer.Zeros, {|NC0807:scale: 3|})")]
    public async Task EachCall_IsAskedForItsScales(string returned)
        => await RoslynHarness.ExpectAsync($"using NetCompiler;\n\n[Network]\npublic partial class Price\n{{\n    static Tensor Forward([Input(4)] Tensor x) => {returned};\n}}", RuleTests.Analyzers);

    /// <summary>What the hint looks for.</summary>
    [Fact]
    public void EveryScale_HasAnInitializer() => Assert.All(LayerRule.All, rule => Assert.All(
        rule.Options.Where(option => option.Type == OptionType.Real && option.Name.EndsWith("Scale", StringComparison.Ordinal)),
        scale => Assert.Contains(rule.Options, option => option.Name == scale.Name[..^"Scale".Length] + "Initializer")));
}
