using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Classes whose logarithm is minus infinity, as where actions are masked: they cost nothing unless one of them is the target.</summary>
[Trait("Category", "Numeric")]
public sealed class ImpossibleClassTests
{
    [Fact]
    public void Logits_OfMinusInfinity_LeaveTheLossOfOthersFinite()
    {
        float[] x = [1, float.NegativeInfinity, 2, 0];
        using var training = new GivenLogits(seed: 1).CreateTraining(1);
        Assert.Equal(Math.Log(Math.E + (Math.E * Math.E) + 1) - 1, training.ComputeLoss(x, [0]), 1e-6);
        Assert.Equal(double.PositiveInfinity, training.ComputeLoss(x, [1]));
    }

    [Fact]
    public void Logarithms_OfMinusInfinity_LeaveTheLossOfOthersFinite()
    {
        float[] x = [-1, float.NegativeInfinity, -2];
        using var training = new GivenLogarithms(seed: 1).CreateTraining(1);
        Assert.Equal(1, training.ComputeLoss(x, [0]), 1e-6);
        Assert.Equal(double.PositiveInfinity, training.ComputeLoss(x, [1]));
    }
}

[Network]
[Loss(Loss.SparseCategoricalCrossentropy, FromLogits = true)]
internal sealed partial class GivenLogits
{
    private static Tensor Forward([Input(4)] Tensor x) => x * 1.0;
}

[Network]
[Loss(Loss.NegativeLogLikelihood)]
internal sealed partial class GivenLogarithms
{
    private static Tensor Forward([Input(3)] Tensor x) => x * 1.0;
}
