using System.Globalization;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>What the contract promises of every network, on images, on recurrences and on attention: the same bits, zero bytes, and bad tokens and labels refused at once.</summary>
[Collection(NoParallel.Name)]
[Trait("Category", "Numeric")]
public sealed class LayerPromiseTests
{
    private const int Batch = 13;

    private static readonly float[] Images = Numbers.Normal(Batch * PromiseCnn.InputLength, 1);
    private static readonly int[] Tokens = Numbers.Classes(Batch * 7, 11, 2), Classes = Numbers.Classes(Batch, 4, 3), Next = Numbers.Classes(Batch * 7, 11, 4);

    [Theory]
    [InlineData("cnn")]
    [InlineData("lstm")]
    [InlineData("transformer")]
    public void Training_GivesTheSameBits_InEveryRunAndOnAnyThreads(string kind)
    {
        (float[] weights, float[] statistics) = Train(kind, seed: 3, threads: 1);
        foreach (int threads in new[] { 1, 2, 3, 0 })
        {
            (float[] again, float[] moved) = Train(kind, seed: 3, threads);
            Numbers.AssertSameBits($"weights of the {kind} on {threads} threads", weights, again);
            Numbers.AssertSameBits($"statistics of the {kind} on {threads} threads", statistics, moved);
        }

        // The transformer drops nothing: a training's seed is only for random numbers, and it has none.
        float[] other = Train(kind, seed: 4, threads: 1).Weights;
        Assert.Equal(kind == "transformer", weights.AsSpan().SequenceEqual(other));
    }

    [Fact]
    public void Cnn_AllocatesNothing()
    {
        PromiseCnn network = new(1);
        using PromiseCnn.Training training = network.CreateTraining(Batch);
        OptimizerState state = new Adam(0.001).CreateState(training);
        float[] output = new float[Batch * 4];
        AllocatesNothing("Predict of one image", () => network.Predict(Images.AsSpan(0, PromiseCnn.InputLength), output.AsSpan(0, 4)));
        AllocatesNothing("Predict", () => network.Predict(Images, output));
        AllocatesNothing("Step", () => training.Step(Images, Classes, state));
        AllocatesNothing("Predict after a step", () =>
        {
            training.Step(Images, Classes, state);
            network.Predict(Images, output);
        });
        AllocatesNothing("ComputeGradients", () => training.ComputeGradients(Images, Classes, GradientTargets.Parameters | GradientTargets.Inputs));
        AllocatesNothing("Forward", () => training.Forward(Images, output));
        AllocatesNothing("Backward", () => training.Backward(output, GradientTargets.Parameters | GradientTargets.Inputs));
    }

    [Fact]
    public void Lstm_AllocatesNothing()
    {
        PromiseLstm network = new(1);
        using PromiseLstm.Training training = network.CreateTraining(Batch);
        OptimizerState optimizer = new Adam(0.001).CreateState(training);
        float[] output = new float[Batch * 4], state = new float[PromiseLstm.StateLength];
        AllocatesNothing("Predict of one sequence", () => network.Predict(Tokens.AsSpan(0, 7), output.AsSpan(0, 4)));
        AllocatesNothing("Predict", () => network.Predict(Tokens, output));
        AllocatesNothing("PredictNext", () => network.PredictNext(Tokens.AsSpan(0, 1), state, output.AsSpan(0, 4)));
        AllocatesNothing("Step", () => training.Step(Tokens, Classes, optimizer));
        AllocatesNothing("ComputeGradients", () => training.ComputeGradients(Tokens, Classes));
        AllocatesNothing("Forward", () => training.Forward(Tokens, output));
        AllocatesNothing("Backward", () => training.Backward(output));
    }

    [Fact]
    public void Transformer_AllocatesNothing()
    {
        PromiseTransformer network = new(1);
        using PromiseTransformer.Training training = network.CreateTraining(Batch);
        OptimizerState optimizer = new Adam(0.001).CreateState(training);
        float[] output = new float[Batch * 77];
        AllocatesNothing("Predict of one sequence", () => network.Predict(Tokens.AsSpan(0, 7), output.AsSpan(0, 77)));
        AllocatesNothing("Predict", () => network.Predict(Tokens, output));
        AllocatesNothing("Step", () => training.Step(Tokens, Next, optimizer));
        AllocatesNothing("ComputeGradients", () => training.ComputeGradients(Tokens, Next));
        AllocatesNothing("Forward", () => training.Forward(Tokens, output));
        AllocatesNothing("Backward", () => training.Backward(output));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(11)]
    [InlineData(int.MaxValue)]
    public void TokensAndLabelsOutsideTheirRange_AreNamed_AndChangeNothing(int bad)
    {
        PromiseLstm network = new(1);
        using PromiseLstm.Training training = network.CreateTraining(Batch);
        OptimizerState optimizer = new Sgd(1).CreateState(training);
        float[] before = network.Parameters.ToArray(), output = new float[Batch * 4];
        Array.Fill(output, 7);
        int[] tokens = [.. Tokens], labels = [.. Classes];
        tokens[39] = bad;
        labels[12] = bad;
        Refused("input", 39, bad, () => network.Predict(tokens, output));
        Refused("input", 39, bad, () => network.Classify(tokens, new int[Batch]));
        Refused("input", 39, bad, () => training.Step(tokens, Classes, optimizer));
        Refused("input", 39, bad, () => training.ComputeGradients(tokens, Classes));
        Refused("input", 39, bad, () => training.ComputeLoss(tokens, Classes));
        Refused("input", 39, bad, () => training.Forward(tokens, output));
        Refused("target", 12, bad, () => training.Step(Tokens, labels, optimizer));
        Refused("target", 12, bad, () => training.ComputeGradients(Tokens, labels));

        // Staged columns are as bad as spans.
        ITraining staged = training;
        tokens.CopyTo(staged.TokenInput(0));
        Classes.CopyTo(staged.ClassTarget(0));
        Refused("input", 39, bad, () => staged.Step(Batch, optimizer));
        Refused("input", 39, bad, () => staged.ComputeGradients(Batch));
        Refused("input", 39, bad, () => staged.ComputeLoss(Batch));
        Tokens.CopyTo(staged.TokenInput(0));
        labels.CopyTo(staged.ClassTarget(0));
        Refused("target", 12, bad, () => staged.Step(Batch, optimizer));
        Numbers.AssertSameBits("weights", before, network.Parameters);
        Assert.All(output, value => Assert.Equal(7, value));
        Assert.Equal(0, training.StepIndex);
        Assert.Equal(0, optimizer.Steps);
    }

    [Fact]
    public void SequencesLongerThanDeclared_AreRefused()
    {
        PromiseLstm network = new(1);
        using PromiseLstm.Training training = network.CreateTraining(Batch);
        OptimizerState optimizer = new Sgd(1).CreateState(training);
        float[] before = network.Parameters.ToArray();
        int longer = PromiseLstm.InputLength + 1;
        Action[] calls =
        [
            () => network.Predict(new int[longer], new float[PromiseLstm.OutputLength]),
            () => network.Classify(new int[longer]),
            () => training.Step(new int[longer], new int[1], optimizer),
            () => training.ComputeLoss(new int[longer], new int[1]),
            () => Dataset.Create<PromiseLstm>(new int[longer], new int[1]),
        ];
        Assert.All(calls, call =>
        {
            ArgumentException exception = Assert.ThrowsAny<ArgumentException>(call);
            Assert.Contains($"{longer} values", exception.Message, StringComparison.Ordinal);
            Assert.Contains($"{PromiseLstm.InputLength}", exception.Message, StringComparison.Ordinal);
        });

        // Twice the length are two sequences, for which one output or one target is not enough.
        int[] two = new int[2 * PromiseLstm.InputLength], oneTarget = Numbers.Classes(1, 4, 1);
        float[] oneOutput = Numbers.Normal(PromiseLstm.OutputLength, 1);
        Assert.Throws<ArgumentException>(() => network.Predict(two, oneOutput));
        Assert.Throws<ArgumentException>(() => training.Step(two, oneTarget, optimizer));
        Numbers.AssertSameBits("weights", before, network.Parameters);
    }

    [Fact]
    public void ImagesOfAnotherSize_AreRefused()
    {
        PeerMnistCnn network = new(1);
        foreach (int size in new[] { 27 * 28, (28 * 28 * 3) - 1, 32 * 32 })
        {
            ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => network.Predict(new float[size], new float[10]));
            Assert.Contains($"{size} values", exception.Message, StringComparison.Ordinal);
            Assert.Contains("784", exception.Message, StringComparison.Ordinal);
        }

        // An image of three colours where one is declared is as long as three images.
        float[] colours = Numbers.Normal(28 * 28 * 3, 1), output = Numbers.Normal(10, 2);
        Assert.Contains("output has 10 values", Assert.ThrowsAny<ArgumentException>(() => network.Predict(colours, output)).Message, StringComparison.Ordinal);
    }

    private static void Refused(string argument, int position, int value, Action call)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(call);
        Assert.Equal(argument, exception.ParamName);
        Assert.Contains(position.ToString(CultureInfo.InvariantCulture), exception.Message, StringComparison.Ordinal);
        Assert.Contains(value.ToString(CultureInfo.InvariantCulture), exception.Message, StringComparison.Ordinal);
    }

    private static (float[] Weights, float[] Statistics) Train(string kind, int seed, int threads)
    {
        INetwork network = kind switch { "cnn" => new PromiseCnn(3), "lstm" => new PromiseLstm(3), _ => new PromiseTransformer(3) };
        using ITraining training = network.CreateTraining(Batch, threads, seed);
        OptimizerState optimizer = new Adam(0.01).CreateState(training);
        for (int step = 0; step < 8; step++)
        {
            if (kind == "cnn")
            {
                Images.CopyTo(training.FloatInput(0));
            }
            else
            {
                Tokens.CopyTo(training.TokenInput(0));
            }

            (kind == "transformer" ? Next : Classes).CopyTo(training.ClassTarget(0));
            training.Step(Batch, optimizer);
        }

        return (training.Parameters.ToArray(), [.. network.Weights.Where(weight => weight.Name.Contains("moving", StringComparison.Ordinal)).SelectMany(weight => weight.ToArray())]);
    }

    // The smallest of three stretches: what the runtime allocates on its own comes and goes, what a call allocates comes each time.
    private static void AllocatesNothing(string what, Action call)
    {
        const int Calls = 100, Noise = 2048;
        for (int i = 0; i < 3; i++)
        {
            call();
        }

        long least = AllocatedBytes.Least(Calls, call);

        Expect.True(least < Noise, $"{what}: {least} bytes in {Calls} calls.");
    }
}
