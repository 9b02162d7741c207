using System.Globalization;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Generators.Tests.Diagnostics;

/// <summary>Weights that no output depends on are pointed out wherever they are declared.</summary>
public class UnusedWeightTests
{
    [Theory]
    [InlineData("Tensor shift = Tensor.{|NC0806:Parameter(\"shift\", [4])|};\nreturn x.Dense(1);", "shift")]
    [InlineData("return Block(x);", "block1.dense1", "Tensor unused = x.{|NC0806:Dense(3)|};\nreturn x.Dense(1);")]
    [InlineData("var block = Tensor.Share(Block);\nTensor unused = block(x);\nreturn x.Dense(1);", "block1.dense1", "return x.{|NC0806:Dense(3)|};")]
    [InlineData("var block = Tensor.Share(Block);\nTensor unused = block(x);\nreturn block(2 * x).Tanh().Dense(1);", null)]
    public async Task EachPlace_IsMarked(string forward, string? layer, string block = "return x.Dense(3);")
    {
        var found = await RoslynHarness.ExpectAsync($$"""
            using NetCompiler;

            [Network]
            public partial class Digits
            {
                static Tensor Forward([Input(4)] Tensor x)
                {
                    {{forward}}
                }

                static Tensor Block(Tensor x)
                {
                    {{block}}
                }
            }
            """, RuleTests.Analyzers);
        Assert.Equal(layer is null ? 0 : 1, found.Count());
        Assert.All(found, diagnostic => Assert.Contains(layer!, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }
}
