using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>A network whose input's gradient is that of a weight, too: the first thing that happens to the input is that a weight is added.</summary>
[Network]
[Input(2, 3)]
[PositionalEmbedding]
[Loss(Loss.MeanSquaredError)]
public partial class AddingNetwork;

/// <summary>Gradients that are wanted for the weights alone, where one kernel writes those of the inputs as well.</summary>
[Trait("Category", "Numeric")]
public sealed class SharedGradientTests
{
    private const int Samples = 5;

    private readonly float[] _inputs = Numbers.Normal(Samples * AddingNetwork.InputLength, 1);
    private readonly float[] _targets = Numbers.Normal(Samples * AddingNetwork.OutputLength, 2);

    [Fact]
    public void Step_NeedsNoGradientsOfTheInputs()
    {
        AddingNetwork network = new(1);
        using AddingNetwork.Training training = network.CreateTraining(Samples);
        OptimizerState state = new Sgd(0.1).CreateState(training);
        float before = training.Step(_inputs, _targets, state);
        Assert.True(training.ComputeLoss(_inputs, _targets) < before);
        Assert.True(training.InputGradients.IsEmpty);
    }

    [Fact]
    public void GradientsOfTheWeights_AreTheSameWithThoseOfTheInputs()
    {
        AddingNetwork network = new(1);
        using AddingNetwork.Training training = network.CreateTraining(Samples);
        training.ComputeGradients(_inputs, _targets, GradientTargets.Parameters);
        float[] alone = training.Gradients.ToArray();
        training.ComputeGradients(_inputs, _targets, GradientTargets.Parameters | GradientTargets.Inputs);
        Numbers.AssertSameBits("gradients of the weights", alone, training.Gradients);
        Assert.Equal(Samples * AddingNetwork.InputLength, training.InputGradients.Length);
    }
}
