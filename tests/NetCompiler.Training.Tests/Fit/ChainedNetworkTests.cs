using Xunit;

namespace NetCompiler.Tests.Training.Fit;

/// <summary>Gradients flow out of one network's input into another's output: both together are one network.</summary>
[Trait("Category", "Numeric")]
public sealed class ChainedNetworkTests
{
    private const int Samples = 5;

    // Those of the golden case network/gan-generator-step.
    private const double RelativeTolerance = 1e-3, AbsoluteTolerance = 1e-5;

    private readonly ChainedGenerator _generator = new(seed: 1);
    private readonly ChainedDiscriminator _discriminator = new(seed: 2);
    private readonly float[] _noise = Values(Samples * ChainedGenerator.InputLength, seed: 3);
    private readonly float[] _drawn = new float[Samples * ChainedGenerator.OutputLength];
    private readonly float[] _wanted = [1, 1, 0, 1, 1];

    [Fact]
    public void GradientsThroughBothNetworks_EqualThoseOfTheTwoDeclaredAsOne()
    {
        var whole = new WholeChain(seed: 3);
        float[] parameters = new float[WholeChain.ParameterCount];
        _generator.ExportParameters(parameters.AsSpan(0, ChainedGenerator.ParameterCount));
        _discriminator.ExportParameters(parameters.AsSpan(ChainedGenerator.ParameterCount));
        whole.ImportParameters(parameters);
        using WholeChain.Training expected = whole.CreateTraining(Samples, threads: 1);
        float loss = expected.ComputeGradients(_noise, _wanted, GradientTargets.Parameters | GradientTargets.Inputs);

        using ChainedGenerator.Training generator = _generator.CreateTraining(Samples, threads: 1);
        using ChainedDiscriminator.Training discriminator = _discriminator.CreateTraining(Samples, threads: 1);
        generator.Forward(_noise, _drawn);
        AssertClose("loss", [loss], [discriminator.ComputeGradients(_drawn, _wanted, GradientTargets.Parameters | GradientTargets.Inputs)]);
        generator.Backward(discriminator.InputGradients, GradientTargets.Parameters | GradientTargets.Inputs);

        AssertClose("inputs", expected.InputGradients, generator.InputGradients);
        float[][] chained = [.. generator.WeightGradients.Concat(discriminator.WeightGradients).Select(view => view.ToArray())];
        Assert.Equal(expected.WeightGradients.Count, chained.Length);
        for (int i = 0; i < chained.Length; i++)
        {
            Assert.Contains(chained[i], value => value != 0);
            AssertClose(expected.WeightGradients[i].Name, expected.WeightGradients[i].ToArray(), chained[i]);
        }
    }

    [Fact]
    public void StepOfTheGenerator_LeavesTheDiscriminatorAsItIs_AndLowersItsLoss()
    {
        using ChainedGenerator.Training generator = _generator.CreateTraining(Samples, threads: 1);
        using ChainedDiscriminator.Training discriminator = _discriminator.CreateTraining(Samples, threads: 1);
        OptimizerState optimizer = new Sgd(0.05).CreateState(generator);
        float[] before = [.. _discriminator.Parameters];
        float first = GeneratorStep(generator, discriminator, optimizer), last = first;
        for (int step = 0; step < 50; step++)
        {
            last = GeneratorStep(generator, discriminator, optimizer);
        }

        Assert.True(last < 0.9 * first, $"The loss went from {first} to {last}.");
        Assert.Equal(before, _discriminator.Parameters.ToArray());
    }

    [Fact]
    public void StepsOfBothNetworks_AllocateNothing()
    {
        using ChainedGenerator.Training generator = _generator.CreateTraining(Samples, threads: 1);
        using ChainedDiscriminator.Training discriminator = _discriminator.CreateTraining(Samples, threads: 1);
        OptimizerState ofGenerator = new Adam(0.001).CreateState(generator), ofDiscriminator = new Adam(0.001).CreateState(discriminator);
        float[] real = Values(_drawn.Length, seed: 4), none = new float[Samples];
        void Step()
        {
            generator.Forward(_noise, _drawn);
            discriminator.ComputeGradients(real, _wanted);
            discriminator.ComputeGradients(_drawn, none, accumulate: true);
            ofDiscriminator.Update(discriminator.Parameters, discriminator.Gradients);
            GeneratorStep(generator, discriminator, ofGenerator);
        }

        for (int i = 0; i < 3; i++)
        {
            Step();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Step();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private float GeneratorStep(ChainedGenerator.Training generator, ChainedDiscriminator.Training discriminator, OptimizerState optimizer)
    {
        generator.Forward(_noise, _drawn);
        float loss = discriminator.ComputeGradients(_drawn, _wanted, GradientTargets.Inputs);
        generator.Backward(discriminator.InputGradients);
        optimizer.Update(generator.Parameters, generator.Gradients);
        return loss;
    }

    private static float[] Values(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (2 * random.NextSingle()) - 1)];
    }

    private static void AssertClose(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = AbsoluteTolerance + (RelativeTolerance * Math.Abs(expected[i]));
            Assert.True(Math.Abs(actual[i] - expected[i]) <= allowed, $"{what}[{i}] is {actual[i]}, expected {expected[i]} within {allowed}.");
        }
    }
}
