using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Raw values, scaled by statistics that Adapt measures: inference keeps a factor and a shift that it derives from them.</summary>
[Network]
[Input(7)]
[Normalization]
[Dense(9, Activation = Activation.Tanh)]
[Dense(3)]
[Loss(Loss.MeanSquaredError)]
public partial class ScaledNetwork;

/// <summary>
/// What inference derives from the weights follows every way of changing them. Forward with training off reads the weights themselves, so it
/// tells what a prediction has to be.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class FreshnessTests
{
    private const int Samples = 5;
    private const double Tolerance = 1e-5;

    private static readonly float[] Inputs = Numbers.Normal(Samples * ScaledNetwork.InputLength, 11, scale: 3);
    private static readonly float[] Targets = Numbers.Normal(Samples * ScaledNetwork.OutputLength, 12);

    [Fact]
    public void EveryWrite_IsSeenByTheNextPredict()
    {
        ScaledNetwork network = new(1), other = new(2);
        other.Adapt(Numbers.Normal(40 * ScaledNetwork.InputLength, 13, scale: 5));
        using ScaledNetwork.Training training = network.CreateTraining(Samples);
        OptimizerState optimizer = new Adam(0.1).CreateState(training);
        Check(network, training, "fresh weights");
        network.Adapt(Numbers.Normal(30 * ScaledNetwork.InputLength, 14, scale: 2));
        Check(network, training, "Adapt");
        training.Step(Inputs, Targets, optimizer);
        Check(network, training, "Step");
        float[] values = new float[ScaledNetwork.ParameterCount];
        other.ExportParameters(values);
        network.ImportParameters(values);
        Check(network, training, "ImportParameters");
        network.CopyParametersFrom(other, 0.5);
        Check(network, training, "CopyParametersFrom");
        network.Weights["normalization1.variance"].CopyFrom([4, 5, 6, 7, 8, 9, 10]);
        Check(network, training, "WeightView.CopyFrom");
        training.Parameters[0] += 1;
        Check(network, training, "Training.Parameters");
        Span<float> parameters = training.Parameters;
        network.Predict(Inputs);
        training.ComputeGradients(Inputs, Targets);
        optimizer.Update(parameters, training.Gradients);
        Check(network, training, "OptimizerState.Update");
        parameters = training.Parameters;
        network.Predict(Inputs);
        training.ComputeGradients(Inputs, Targets);
        optimizer.BeginStep(training.Gradients);
        int half = parameters.Length / 2;
        optimizer.UpdateRange(0, parameters[..half], training.Gradients[..half]);
        Check(network, training, "OptimizerState.UpdateRange of the first half");
        optimizer.UpdateRange(half, parameters[half..], training.Gradients[half..]);
        Check(network, training, "OptimizerState.UpdateRange of the second half");
        using MemoryStream file = new();
        other.Save(file);
        file.Position = 0;
        network.LoadWeights(file);
        Check(network, training, "LoadWeights");
    }

    [Fact]
    public void ConcurrentCallers_AllSeeTheNewWeights()
    {
        ScaledNetwork network = new(1);
        float[] expected = new float[Samples * ScaledNetwork.OutputLength];
        for (int round = 0; round < 20; round++)
        {
            network.Adapt(Numbers.Normal(30 * ScaledNetwork.InputLength, 100 + round, scale: 1 + round));
            float[][] seen = new float[4][];
            Parallel.For(0, seen.Length, caller => seen[caller] = network.Predict(Inputs));
            using ScaledNetwork.Training training = network.CreateTraining(Samples);
            training.Forward(Inputs, expected, training: false);
            Assert.All(seen, outputs => Numbers.AssertClose($"round {round}", [.. expected.Select(value => (double)value)], outputs, Tolerance));
        }
    }

    private static void Check(ScaledNetwork network, ScaledNetwork.Training training, string change)
    {
        float[] expected = new float[Samples * ScaledNetwork.OutputLength];
        float[] one = new float[ScaledNetwork.OutputLength];
        network.Predict(Inputs.AsSpan(0, ScaledNetwork.InputLength), one);
        float[] many = network.Predict(Inputs);
        training.Forward(Inputs, expected, training: false);
        double[] wanted = [.. expected.Select(value => (double)value)];
        Numbers.AssertClose($"{change}, a batch", wanted, many, Tolerance);
        Numbers.AssertClose($"{change}, one sample", wanted.AsSpan(0, one.Length), one, Tolerance);
    }
}
