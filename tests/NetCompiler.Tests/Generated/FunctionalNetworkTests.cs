using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Networks of several inputs and outputs, declared by Forward methods, through every member that takes their spans.</summary>
[Trait("Category", "Numeric")]
public sealed class FunctionalNetworkTests
{
    private const int Samples = 5;
    private const double Tolerance = 1e-4;

    [SharedFact]
    public void Siamese_GivesTheGoldenLossAndGradients()
    {
        Golden golden = Golden.Load("network/siamese");
        SiameseNetwork network = new();
        network.Weights["encode1.dense1.kernel"].CopyFrom(golden.Tensors.Floats("param.dense1.kernel"));
        network.Weights.Encode1Dense1Bias.CopyFrom(golden.Tensors.Floats("param.dense1.bias"));
        Assert.Equal(2, network.Weights.Count);
        float[] a = golden.Tensors.Floats("input.a"), b = golden.Tensors.Floats("input.b"), target = golden.Tensors.Floats("target");
        golden.Compare("output", network.Predict(a, b));
        using SiameseNetwork.Training training = network.CreateTraining(4, threads: 1);
        golden.Compare("loss", [training.ComputeGradients(a, b, target, GradientTargets.Parameters | GradientTargets.Inputs)]);
        golden.Compare("grad.input.a", training.AGradients);
        golden.Compare("grad.input.b", training.BGradients);
        golden.Compare("grad.dense1.kernel", training.WeightGradients.Encode1Dense1Kernel.ToArray());
        golden.Compare("grad.dense1.bias", training.WeightGradients.Encode1Dense1Bias.ToArray());
    }

    [Fact]
    public void TwoHeads_EqualTheInterpreter_InOutputsLossesAndGradients()
    {
        TwoHeadsNetwork network = new(seed: 3);
        Numbers.Randomize(network, 5);
        float[] title = Numbers.Normal(Samples * 6, 1), text = Numbers.Normal(Samples * 6, 2), author = Numbers.Normal(Samples * 3, 3);
        float[][] expected = [.. DynamicNetwork.From<double>(network).Predict([title, text, author]).Select(values => Array.ConvertAll(values, value => (float)value))];
        (float[] genre, float[] score) = network.Predict(title, text, author);
        Close(expected[0], genre);
        Close(expected[1], score);

        float[] one = new float[TwoHeadsNetwork.GenreLength], other = new float[TwoHeadsNetwork.ScoreLength];
        network.Predict(title.AsSpan(0, 6), text.AsSpan(0, 6), author.AsSpan(0, 3), one, other);
        Close(expected[0].AsSpan(0, 4), one);
        Close(expected[1].AsSpan(0, 1), other);

        int[] classes = new int[Samples];
        network.ClassifyGenre(title, text, author, classes);
        Assert.Equal(Enumerable.Range(0, Samples).Select(i => genre.AsSpan(i * 4, 4).IndexOf(genre.Skip(i * 4).Take(4).Max())), classes);
        network.ClassifyScore(title, text, author, classes);
        Assert.Equal(score.Select(value => value > 0.5f ? 1 : 0), classes);
        Assert.Equal(classes[0], network.ClassifyScore(title.AsSpan(0, 6), text.AsSpan(0, 6), author.AsSpan(0, 3)));

        using TwoHeadsNetwork.Training training = network.CreateTraining(Samples + 2, threads: 1);
        GradientCheck.Run(training, [title, text, author], [Numbers.Classes(Samples, 4, 7), Labels(8), (float[])[1, 0, 1, 0, 1]]);
    }

    [Fact]
    public void SharedNormalization_MovesItsStatisticsWithEveryCall()
    {
        SharedNormalizationNetwork network = new(seed: 3);
        Numbers.Randomize(network, 5);
        DynamicNetwork<double> interpreter = DynamicNetwork.From<double>(network);
        float[] a = Numbers.Normal(Samples * 5, 1), b = Numbers.Normal(Samples * 5, 2), targets = Numbers.Normal(Samples * 2, 3);
        using SharedNormalizationNetwork.Training training = network.CreateTraining(Samples, threads: 1);
        for (int step = 0; step < 3; step++)
        {
            interpreter.ComputeGradients([a, b], [targets]);
            training.ComputeGradients(a, b, targets);
            foreach (string name in new[] { "batch_normalization1.moving_mean", "batch_normalization1.moving_variance" })
            {
                string found = network.Weights.Single(weight => weight.Name.EndsWith(name, StringComparison.Ordinal)).Name;
                Numbers.AssertClose($"{found} after {step + 1} steps", interpreter.Weights[found], network.Weights[found].ToArray(), Tolerance);
            }
        }

        Close(interpreter.Predict([a, b])[0].Select(value => (float)value).ToArray(), network.Predict(a, b));
        GradientCheck.Run(training, [a, b], [targets]);
    }

    [Fact]
    public void EquallyLargeValues_ShareTheGradientOfTheirMaximum()
    {
        float[] x = [1, 2, 5, 0, 5, 2, 3, 2], gradients = [1, 1, 1, 1, 1], outputs = new float[5];
        float[] expected = [0, 11 / 3f, 5.5f + 50, 0, 5.5f + 50, 11 / 3f, 0, 11 / 3f];
        LargestNetwork network = new();
        using LargestNetwork.Training training = network.CreateTraining(1, threads: 1);
        training.Forward(x, outputs);
        training.Backward(gradients, GradientTargets.Inputs);
        Assert.Equal([5, 2, 50, 20, 500], outputs);
        Numbers.AssertClose("generated", Array.ConvertAll(expected, value => (double)value), training.InputGradients, Tolerance);
        Numbers.AssertClose("interpreted", Array.ConvertAll(expected, value => (double)value),
            Array.ConvertAll(DynamicNetwork.From<double>(network).Backward([x], [[1, 1, 1, 1, 1]]).Inputs[0], value => (float)value), Tolerance);
    }

    [Fact]
    public void BilinearUpSampling_GivesWhatPyTorchGives()
    {
        // torch.nn.functional.interpolate(torch.tensor([[[[0., 3, 6], [12, 15, 18]]]]), scale_factor=(2, 3), mode="bilinear", align_corners=False)
        float[] rows = [0, 0, 1, 2, 3, 4, 5, 6, 6], expected = [.. new float[] { 0, 3, 9, 12 }.SelectMany(row => rows.Select(value => row + value))];
        GrowingNetwork network = new();
        Numbers.AssertClose("generated", Array.ConvertAll(expected, value => (double)value), network.Predict([0, 3, 6, 12, 15, 18]), Tolerance);
        Numbers.AssertClose("interpreted", Array.ConvertAll(expected, value => (double)value),
            Array.ConvertAll(DynamicNetwork.From<double>(network).Predict([(float[])[0, 3, 6, 12, 15, 18]])[0], value => (float)value), Tolerance);
    }

    [Fact]
    public void ForwardAndBackward_TakeASpanPerInputAndOutput()
    {
        TwoHeadsNetwork network = new(seed: 3);
        float[] title = Numbers.Normal(Samples * 6, 1), text = Numbers.Normal(Samples * 6, 2), author = Numbers.Normal(Samples * 3, 3);
        float[] genre = new float[Samples * 4], score = new float[Samples], gradients = Numbers.Normal(Samples * 4, 4), others = Numbers.Normal(Samples, 5);
        using TwoHeadsNetwork.Training training = network.CreateTraining(Samples, threads: 1);
        training.Forward(title, text, author, genre, score, training: false);
        training.Backward(gradients, others, GradientTargets.Parameters | GradientTargets.Inputs);
        DynamicNetwork<double> oracle = DynamicNetwork.From<double>(network);
        var expected = oracle.Backward([title, text, author], [Array.ConvertAll(gradients, value => (double)value), Array.ConvertAll(others, value => (double)value)], training: false);
        Numbers.AssertClose("title", expected.Inputs[0], training.TitleGradients, Tolerance);
        Numbers.AssertClose("text", expected.Inputs[1], training.TextGradients, Tolerance);
        Numbers.AssertClose("author", expected.Inputs[2], training.AuthorGradients, Tolerance);
        foreach (WeightView view in training.WeightGradients)
        {
            Numbers.AssertClose(view.Name, expected.Weights[view.Name], view.ToArray(), Tolerance);
        }
    }

    [Fact]
    public void StagingColumns_CountInputsAndTargetsInDeclarationOrder()
    {
        TwoHeadsNetwork network = new(seed: 3);
        float[] title = Numbers.Normal(Samples * 6, 1), text = Numbers.Normal(Samples * 6, 2), author = Numbers.Normal(Samples * 3, 3), label = Labels(8), group = [1, 0, 1, 0, 1];
        int[] genre = Numbers.Classes(Samples, 4, 7);
        using TwoHeadsNetwork.Training direct = network.CreateTraining(Samples, threads: 1);
        float expected = direct.ComputeLoss(title, text, author, genre, label, group);
        using ITraining staged = ((INetwork)network).CreateTraining(Samples, threads: 1);
        title.CopyTo(staged.FloatInput(0));
        text.CopyTo(staged.FloatInput(1));
        author.CopyTo(staged.FloatInput(2));
        genre.CopyTo(staged.ClassTarget(0));
        label.CopyTo(staged.FloatTarget(1));
        group.CopyTo(staged.FloatTarget(2));
        Assert.Equal(expected, staged.ComputeLoss(Samples));
        Assert.Equal(direct.GenreOutputs.ToArray(), staged.Output(0).ToArray());
        Assert.Equal(2, staged.Losses.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => staged.FloatTarget(0)[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => staged.FloatInput(3)[0]);
    }

    [Fact]
    public void WrongLengths_NameTheSpan()
    {
        TwoHeadsNetwork network = new(seed: 3);
        float[] Zeros(int length) => new float[length]; // lengths that the analyzer does not know
        Assert.Equal("text", Assert.Throws<ArgumentException>(() => network.Predict(Zeros(12), Zeros(6), Zeros(6))).ParamName);
        Assert.Equal("score", Assert.Throws<ArgumentException>(() => network.Predict(Zeros(6), Zeros(6), Zeros(3), Zeros(4), Zeros(2))).ParamName);
        using TwoHeadsNetwork.Training training = network.CreateTraining(1, threads: 1);
        Assert.Equal("group", Assert.Throws<ArgumentException>(() => training.ComputeLoss(Zeros(6), Zeros(6), Zeros(3), [0], Zeros(1), Zeros(2))).ParamName);
        Assert.Equal("genre", Assert.Throws<ArgumentOutOfRangeException>(() => training.ComputeLoss(Zeros(6), Zeros(6), Zeros(3), [4], Zeros(1), Zeros(1))).ParamName);
    }

    [Fact]
    public void OwnWeights_HaveTheirNamesAlone_BehindTheirBlocks()
    {
        OwnWeightsNetwork network = new(seed: 2);
        Assert.Equal(["dense1.kernel", "dense1.bias", "scaled1.scale", "dense2.kernel", "dense2.bias", "scaled2.scale", "shift"], network.Weights.Select(view => view.Name));
        Assert.All(network.Weights.Scaled1Scale.ToArray(), value => Assert.Equal(1, value));
        Assert.Equal([4], network.Weights.Shift.Shape.ToArray());
        float[] input = Numbers.Normal(Samples * 6, 1);
        Numbers.Randomize(network, 4);
        float[] before = network.Predict(input);
        double[] expected = [.. Enumerable.Range(0, Samples).Select(sample => Reference(network, input.AsSpan(sample * 6, 6)))];
        Numbers.AssertClose("output", expected, before, Tolerance);

        // Central differences of the loss by every one of the weights of one's own.
        float[] target = Numbers.Normal(Samples, 9);
        using OwnWeightsNetwork.Training training = network.CreateTraining(Samples, threads: 1);
        training.ComputeGradients(input, target);
        foreach (string name in new[] { "scaled1.scale", "scaled2.scale", "shift" })
        {
            WeightView view = network.Weights[name];
            float[] values = view.ToArray(), gradient = training.WeightGradients[name].ToArray();
            for (int i = 0; i < values.Length; i++)
            {
                const float Step = 1e-2f;
                float[] moved = [.. values];
                moved[i] += Step;
                view.CopyFrom(moved);
                double above = training.ComputeLoss(input, target);
                moved[i] = values[i] - Step;
                view.CopyFrom(moved);
                double below = training.ComputeLoss(input, target);
                view.CopyFrom(values);
                Assert.Equal((above - below) / (2 * Step), gradient[i], 2e-2 * Math.Max(0.1, Math.Abs(gradient[i])));
            }
        }
    }

    [Fact]
    public void OwnWeights_SaveAndLoad()
    {
        OwnWeightsNetwork network = new(seed: 2);
        Numbers.Randomize(network, 4);
        using MemoryStream file = new();
        network.Save(file);
        float[] input = Numbers.Normal(6, 1);
        Assert.Equal(network.Predict(input), OwnWeightsNetwork.Load(file.ToArray()).Predict(input));
    }

    [Fact]
    public void Variants_AreEveryCombination_TheClassItselfFirst()
    {
        Assert.Equal(["Units3Depth1", "Units3Depth2", "Units8Depth1", "Units8Depth2"], TunedNetwork.Variants.Select(variant => variant.Name));
        Assert.IsType<TunedNetwork>(TunedNetwork.Variants[0].Create(1));
        Assert.Equal(1, TunedNetwork.Variants[2].Choices["depth"]);
        TunedNetwork.Units8Depth2 large = Assert.IsType<TunedNetwork.Units8Depth2>(TunedNetwork.Variants[3].Create(5));
        Assert.Equal(5, large.Seed);
        Assert.Equal([4, 8], large.Weights.Hidden1Kernel.Shape.ToArray());
        Assert.Equal([8, 8], large.Weights.Hidden2Kernel.Shape.ToArray());
        Assert.Equal(TunedNetwork.Units8Depth2.ParameterCount, TunedNetwork.Variants[3].Description.ParameterCount);
        Assert.All(TunedNetwork.Variants, variant =>
        {
            using ITraining training = variant.Create(1).CreateTraining(2);
            Assert.True(training.ComputeLoss(2) >= 0);
        });
    }

    [Fact]
    public void Tokens_AreSpansOfIntegers_CheckedBeforeAnythingIsComputed()
    {
        TokenAndFloatNetwork network = new(seed: 3);
        Numbers.Randomize(network, 5);
        int[] text = Numbers.Classes(Samples * 4, 9, 1), target = Numbers.Classes(Samples, 3, 2);
        float[] author = Numbers.Normal(Samples * 2, 3);
        double[] expected = DynamicNetwork.From<double>(network).Predict([text, author])[0];
        Numbers.AssertClose("output", expected, network.Predict(text, author), Tolerance);
        using TokenAndFloatNetwork.Training training = network.CreateTraining(Samples, threads: 1);
        GradientCheck.Run(training, [text, author], [target]);
        training.ComputeGradients(text, author, target, GradientTargets.Inputs);
        Assert.Equal(Samples * 2, training.InputGradients.Length);

        text[6] = 9;
        float[] output = [.. Enumerable.Repeat(7f, Samples * 3)];
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => network.Predict(text, author, output));
        Assert.Equal("text", error.ParamName);
        Assert.Contains("6", error.Message, StringComparison.Ordinal);
        Assert.Contains("9", error.Message, StringComparison.Ordinal);
        Assert.All(output, value => Assert.Equal(7f, value));
        text[6] = -1;
        Assert.Throws<ArgumentOutOfRangeException>(() => training.ComputeLoss(text, author, target));
        Assert.Throws<ArgumentOutOfRangeException>(() => training.Forward(text, author, output));
    }

    [Fact]
    public void TimeDistributed_CallsItsBlockOnEveryStep_WithTheSameWeights()
    {
        StepsNetwork network = new(seed: 3);
        Numbers.Randomize(network, 5);
        Assert.Equal(["step1.dense1.kernel", "step1.dense1.bias", "step1.dense2.kernel", "step1.dense2.bias", "dense1.kernel", "dense1.bias"], network.Weights.Select(view => view.Name));
        Assert.Equal([12, 5], network.Weights.Step1Dense2Kernel.Shape.ToArray());
        float[] input = Numbers.Normal(Samples * StepsNetwork.InputLength, 1);
        Numbers.AssertClose("output", DynamicNetwork.From<double>(network).Predict([input])[0], network.Predict(input), Tolerance);
        using StepsNetwork.Training training = network.CreateTraining(Samples, threads: 1);
        GradientCheck.Run(training, [input], [Numbers.Normal(Samples, 2)]);
    }

    [Fact]
    public void OutputsWithoutALayerOfTheirOwn_AndValuesThatReachNone()
    {
        OddNetwork network = new(seed: 3);
        Numbers.Randomize(network, 5);
        float[] x = Numbers.Normal(Samples * 3, 1), unused = Numbers.Normal(Samples * 2, 2), own = network.Weights.Own.ToArray();
        (float[] same, float[] again, float[] parameter, float[] raw, float[] total) = network.Predict(x, unused);
        Assert.Equal(same, again);
        Assert.Equal(x, raw);
        Assert.Equal(Enumerable.Repeat(own, Samples).SelectMany(values => values), parameter);

        // total = sum(own W + b + 2 x); its gradients are summed over the batch.
        float[] kernel = network.Weights.OverKernel.ToArray(), bias = network.Weights.OverBias.ToArray();
        double constant = bias.Sum() + own.Select((value, i) => value * (double)kernel.Skip(i * 3).Take(3).Sum()).Sum();
        double[] expected = [.. Enumerable.Range(0, Samples).Select(sample => constant + (2 * x.Skip(sample * 3).Take(3).Sum()))];
        Numbers.AssertClose("total", expected, total, Tolerance);

        using OddNetwork.Training training = network.CreateTraining(Samples, threads: 1);
        training.Forward(x, unused, same, again, parameter, raw, total, training: false);
        float[] ones = [.. Enumerable.Repeat(1f, Samples)], zeros = new float[Samples * 3], threes = [.. Enumerable.Repeat(3f, Samples * 3)];
        training.Backward(zeros, zeros, threes, threes, ones, GradientTargets.Parameters | GradientTargets.Inputs);
        Numbers.AssertClose("x", [.. Enumerable.Repeat(5.0, Samples * 3)], training.XGradients, Tolerance);
        Assert.All(training.UnusedGradients.ToArray(), value => Assert.Equal(0, value));
        Assert.All(training.WeightGradients.DeadKernel.ToArray(), value => Assert.Equal(0, value));
        Numbers.AssertClose("own", [.. Enumerable.Range(0, 3).Select(i => Samples * (3.0 + kernel.Skip(i * 3).Take(3).Sum()))], training.WeightGradients.Own.ToArray(), Tolerance);
    }

    // The network of OwnWeightsNetwork, written out in double.
    private static double Reference(OwnWeightsNetwork network, ReadOnlySpan<float> input)
    {
        double[] x = [.. input.ToArray().Select(value => (double)value)];
        foreach (int layer in new[] { 1, 2 })
        {
            float[] kernel = network.Weights[$"dense{layer}.kernel"].ToArray(), bias = network.Weights[$"dense{layer}.bias"].ToArray(), scale = network.Weights[$"scaled{layer}.scale"].ToArray();
            x = [.. Enumerable.Range(0, bias.Length).Select(unit => Math.Tanh(bias[unit] + x.Select((value, i) => value * kernel[(i * bias.Length) + unit]).Sum()) * scale[unit])];
        }

        float[] shift = network.Weights.Shift.ToArray();
        return x.Select((value, i) => Math.Pow(Math.Max(value + shift[i], 0.1), 2)).Average();
    }

    private static float[] Labels(int seed) => [.. Numbers.Normal(Samples, seed).Select(value => value > 0 ? 1f : 0f)];

    private static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
        => Numbers.AssertClose("output", Array.ConvertAll(expected.ToArray(), value => (double)value), actual, Tolerance);
}
