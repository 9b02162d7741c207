using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Declaration;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Schedule;

public class NetworkPlanTests
{
    [Fact]
    public void Targets_AreInTheOrderOfTheOutputs_HoweverTheLossesAreListed()
    {
        NetworkSpec spec = NetworkReaderTests.Read("""
            [Network]
            [Loss(Loss.MeanAbsoluteError, Output = "Third")]
            [Loss(nameof(Judge), Output = "Second")]
            [Loss(Loss.MeanSquaredError, Output = "First")]
            public partial class Digits
            {
                static Tensor Judge(Tensor second, [Input(2)] Tensor truth, [Input(1)] Tensor mass) => ((second - truth) * mass).Square().Mean();
                static (Tensor First, Tensor Second, Tensor Third) Forward([Input(2)] Tensor x) => (x * 1, x * 2, x * 3);
            }
            """).Spec!;
        Assert.Equal(["first", "truth", "mass", "third"], PlanNetwork.Run(spec, InferShapes.Run(spec)).Targets.Select(target => target.Name));
    }

    [Theory]
    [InlineData(1, 128)]
    [InlineData(32 * 32 * 32, 128)]
    [InlineData((32 * 32 * 32) + 1, 127)]
    [InlineData(1024 * 1024, 4)]
    [InlineData(100_000_000, 1)]
    public void RowsOfABlock_FollowTheLargestValue(long largest, int rows) => Assert.Equal(rows, TilingPolicy.PredictManyRowsOf(largest));

    [Fact]
    public void BuffersBeyondTheRangeOfInt_AreRefused()
    {
        Assert.Equal(int.MaxValue, BufferPlan.Checked(int.MaxValue));
        Assert.Contains("keeps 2,147,483,648 values of one sample", Assert.Throws<TooManyValuesException>(() => BufferPlan.Checked(1L << 31)).Message, StringComparison.Ordinal);
    }

    // Times 128 their values have no offset of type int.
    [Theory]
    [InlineData("[Input(512, 512, 1)] [Conv2D(64, 1)] [Conv2D(64, 3, Padding = Padding.Same)] [Conv2D(1, 1)]")]
    [InlineData("[Input(1024, 1024, 3)] [Conv2D(19, 1, Activation = Activation.Softmax)]")]
    public void LargeImages_Compile(string layers)
    {
        RoslynHarness.Compile($"using NetCompiler;\n[Network] {layers} public partial class Large;").Generate(new NetworkGenerator(), out Compilation result);
        Assert.Empty(result.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }
}
