using NetCompiler.Dynamic.Network;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>What the contract says of losses and gradients: sample weights, accumulation, frozen layers, partial batches, parts of the loss; against loops in double.</summary>
[Trait("Category", "Numeric")]
public sealed class TrainingRuleTests
{
    private const int Batch = 11;
    private const int Steps = 7;
    private const double Tolerance = 1e-4;

    private readonly float[] _inputs = Numbers.Normal(Batch * TaggingNetwork.InputLength, 1);
    private readonly int[] _targets = Numbers.Classes(Batch * Steps, 4, 2);
    private readonly float[] _weights = [.. Numbers.Normal(Batch, 3).Select(MathF.Abs)];
    private readonly TaggingNetwork _network = new(4);

    /// <summary>sum(weight x mean over the steps of -log p) / n.</summary>
    [Fact]
    public void LossOfSequences_IsTheWeightedMeanOfMeansOverSteps()
    {
        using TaggingNetwork.Training training = _network.CreateTraining(Batch + 5, threads: 1);
        float[] p = _network.Predict(_inputs);
        double plain = 0, weighted = 0;
        for (int n = 0; n < Batch; n++)
        {
            double loss = 0;
            for (int t = 0; t < Steps; t++)
            {
                loss -= Math.Log(p[(((n * Steps) + t) * 4) + _targets[(n * Steps) + t]]) / Steps;
            }

            plain += loss / Batch;
            weighted += _weights[n] * loss / Batch;
        }

        Assert.Equal(plain, training.ComputeLoss(_inputs, _targets), 1e-5);
        Assert.Equal(weighted, training.ComputeLoss(_inputs, _targets, _weights), 1e-5);
        Assert.Equal(weighted, training.ComputeGradients(_inputs, _targets, sampleWeights: _weights), 1e-5);
        Assert.Equal(weighted, training.Losses[0], 1e-5);
        DynamicGradients<double> expected = DynamicNetwork.From<double>(_network).ComputeGradients([_inputs], [_targets], _weights);
        AssertGradients(expected, training, 1);
    }

    [Fact]
    public void SampleOfWeightZero_DoesNotCount_ButStaysInTheDivisor()
    {
        using TaggingNetwork.Training training = _network.CreateTraining(Batch, threads: 1);
        float[] onlyFirst = new float[Batch];
        onlyFirst[0] = 1;
        float all = training.ComputeLoss(_inputs, _targets, onlyFirst);
        float alone = training.ComputeLoss(_inputs.AsSpan(0, TaggingNetwork.InputLength), _targets.AsSpan(0, Steps));
        Assert.Equal(alone / Batch, all, 1e-6);
    }

    [Fact]
    public void Accumulation_AddsGradients_OfParametersAndOfNothingElse()
    {
        using TaggingNetwork.Training training = _network.CreateTraining(Batch, threads: 1);
        DynamicGradients<double> expected = DynamicNetwork.From<double>(_network).ComputeGradients([_inputs], [_targets]);
        training.ComputeGradients(_inputs, _targets);
        AssertGradients(expected, training, 1);
        training.ComputeGradients(_inputs, _targets, accumulate: true);
        training.ComputeGradients(_inputs, _targets, accumulate: true);
        AssertGradients(expected, training, 3);
        training.ComputeGradients(_inputs, _targets);
        AssertGradients(expected, training, 1);
    }

    [Fact]
    public void PartialBatches_LeaveNothingBehind()
    {
        using TaggingNetwork.Training training = _network.CreateTraining(Batch, threads: 1);
        DynamicNetwork<double> interpreter = DynamicNetwork.From<double>(_network);
        foreach (int count in (int[])[Batch, 1, 8, 3, Batch])
        {
            float[] inputs = _inputs[..(count * TaggingNetwork.InputLength)];
            int[] targets = _targets[..(count * Steps)];
            training.ComputeGradients(inputs, targets, GradientTargets.Parameters | GradientTargets.Inputs);
            DynamicGradients<double> expected = interpreter.ComputeGradients([inputs], [targets]);
            AssertGradients(expected, training, 1);
            Numbers.AssertClose($"input gradients of {count} samples", expected.Inputs[0], training.InputGradients, Tolerance);
            Assert.Equal(count * TaggingNetwork.OutputLength, training.Outputs.Length);
        }
    }

    [Fact]
    public void FrozenLayers_KeepTheirWeightsToTheBit_WhileOthersTrain()
    {
        using TaggingNetwork.Training training = _network.CreateTraining(Batch, threads: 1);
        OptimizerState state = new AdamW(0.01).CreateState(training);
        float[] first = _network.Weights.Dense1Kernel.ToArray(), firstBias = _network.Weights.Dense1Bias.ToArray(), second = _network.Weights.Dense2Kernel.ToArray();
        training.Freeze(TaggingNetwork.Layers.Dense1);
        for (int i = 0; i < 3; i++)
        {
            training.Step(_inputs, _targets, state);
        }

        Numbers.AssertSameBits("frozen kernel", first, _network.Weights.Dense1Kernel.ToArray());
        Numbers.AssertSameBits("frozen bias", firstBias, _network.Weights.Dense1Bias.ToArray());
        Assert.NotEqual(second, _network.Weights.Dense2Kernel.ToArray());
        training.Unfreeze();
        training.Step(_inputs, _targets, state);
        Assert.NotEqual(first, _network.Weights.Dense1Kernel.ToArray());
    }

    [Fact]
    public void Gradients_AreOfWhatWasAskedFor()
    {
        using TaggingNetwork.Training training = _network.CreateTraining(Batch, threads: 1);
        training.ComputeGradients(_inputs, _targets, GradientTargets.Parameters | GradientTargets.Inputs);
        float[] parameters = training.Gradients.ToArray(), inputs = training.InputGradients.ToArray();
        training.Gradients.Clear();
        training.ComputeGradients(_inputs, _targets, GradientTargets.Inputs);
        Numbers.AssertSameBits("input gradients alone", inputs, training.InputGradients);
        Assert.All(training.Gradients.ToArray(), value => Assert.Equal(0, value));
        training.ComputeGradients(_inputs, _targets, GradientTargets.Parameters);
        Numbers.AssertSameBits("parameter gradients alone", parameters, training.Gradients);
    }

    /// <summary>Padding must stay zero: an optimizer with weight decay or momentum walks over it.</summary>
    [Fact]
    public void StepEqualsComputeGradientsAndUpdate()
    {
        TaggingNetwork other = _network.Clone();
        using TaggingNetwork.Training training = _network.CreateTraining(Batch, threads: 1), byHand = other.CreateTraining(Batch, threads: 1);
        OptimizerState state = new Adam(0.01) { ClipNorm = 0.1 }.CreateState(training), second = new Adam(0.01) { ClipNorm = 0.1 }.CreateState(byHand);
        for (int i = 0; i < 5; i++)
        {
            float loss = training.Step(_inputs, _targets, state, _weights);
            Assert.Equal(loss, byHand.ComputeGradients(_inputs, _targets, sampleWeights: _weights));
            second.Update(byHand.Parameters, byHand.Gradients);
        }

        Numbers.AssertSameBits("weights", _network.Parameters, other.Parameters);
    }

    [Fact]
    public void Losses_AreThePartsThenTheRegularizers()
    {
        CompiledNetworks compiled = CompiledNetworks.Compile(["""
            [Network]
            [Input(5)]
            [Dense(3, Activation = Activation.Tanh, KernelL2 = 0.1, BiasL1 = 0.2)]
            [Loss(Loss.MeanSquaredError, Weight = 0.5)]
            [Loss(nameof(Spread), Weight = 2)]
            public partial class TwoLosses
            {
                static Tensor Spread(Tensor output, [Input(3)] Tensor other) => (output - other).Abs().Sum();
            }
            """]);
        INetwork network = compiled.Create("TwoLosses");
        Numbers.Randomize(network, 3);
        using ITraining training = network.CreateTraining(4, threads: 1);
        float[] inputs = Numbers.Normal(20, 1), first = Numbers.Normal(12, 2), second = Numbers.Normal(12, 3), output = new float[12];
        network.Predict([inputs], [output]);
        inputs.CopyTo(training.FloatInput(0));
        first.CopyTo(training.FloatTarget(0));
        second.CopyTo(training.FloatTarget(1));
        float loss = training.ComputeGradients(4);
        double squared = 0, absolute = 0;
        for (int i = 0; i < 12; i++)
        {
            squared += 0.5 * (output[i] - first[i]) * (output[i] - first[i]) / 12;
            absolute += 2 * Math.Abs(output[i] - second[i]) / 4;
        }

        double penalty = network.Weights[0].ToArray().Sum(w => 0.1 * w * w) + network.Weights[1].ToArray().Sum(w => 0.2 * Math.Abs(w));
        Numbers.AssertClose("parts", [squared, absolute, penalty], training.Losses, Tolerance);
        Assert.Equal(squared + absolute + penalty, loss, 1e-5);
        GradientCheck.Run(training, [inputs], [first, second]);
    }

    private static void AssertGradients(DynamicGradients<double> expected, TaggingNetwork.Training training, double times)
    {
        foreach (WeightView view in training.WeightGradients)
        {
            Numbers.AssertClose(view.Name, [.. expected.Weights[view.Name].Select(value => times * value)], view.ToArray(), Tolerance);
        }
    }
}
