using System.Reflection;
using Xunit;

namespace NetCompiler.Tests.Runtime;

public class TensorTests
{
    [Fact]
    public void EveryLoss_HasAMethodOfTheSameName()
    {
        string[] methods = [.. typeof(Losses).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name).Order()];
        Assert.Equal(Enum.GetNames<Loss>().Order(), methods);
    }

    [Fact]
    public void NothingIsExecuted()
    {
        Assert.Empty(typeof(Tensor).GetConstructors());
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Losses.MeanSquaredError(null!, null!));
        Assert.Contains("MeanSquaredError of Tensor", error.Message);
        Assert.Contains("read by the generator and never executed", error.Message);
        Assert.Throws<InvalidOperationException>(() => { Tensor number = 1.0; });
    }

    [Fact]
    public void MethodsOfTheContract_Compile()
    {
        Assert.Equal(3, new Delegate[] { FairScore, Encode, Everything }.Length);
    }

    private static Tensor FairScore(Tensor score, [Input(1)] Tensor label, [Input(1)] Tensor group, [Setting(0.1)] float lambda)
    {
        Tensor gap = ((score * group).BatchSum() / group.BatchSum())
                   - ((score * (1 - group)).BatchSum() / (1 - group).BatchSum());
        return Losses.BinaryCrossentropy(score, label) + (lambda * gap.Square());
    }

    private static Tensor Encode([Input(16)] Tensor author, [Choice(32, 64)] int units) =>
        author.Dense(units, Activation.Relu, name: "hidden").Dropout(0.2).Reshape([units / 2, 2]).Flatten().Dense(8, kernelL2: 0.01).Map(Swish).Activation(Activation.Softmax);

    private static Tensor Everything(Tensor x, Tensor y) =>
        Tensor.Maximum(x.Sqrt().Exp().Log(), -y.Abs().Pow(2).Clip(0, 1)) / x.Shape[0]
        + (Tensor.Minimum(x.Sigmoid(), y.Tanh()).Relu().Softplus().Sum(axis: -1).Mean() * x.Max().BatchMean() * x.Shape[^1]);

    private static float Swish(float x) => x / (1 + MathF.Exp(-x));
}
