using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>One table of words, multiplied into the kernels of both directions: inference derives two tables from it, row by row.</summary>
[Network]
[Tokens(6, Vocabulary = 50)]
[Embedding(5)]
[Lstm(7, Bidirectional = true)]
[Dense(3, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class TwoWayWordsNetwork;

/// <summary>Two inputs of tokens that share their table, and a derived value that is no table: the normalization's factor.</summary>
[Network]
[Loss(Loss.MeanSquaredError)]
public partial class SharedWordsNetwork
{
    private static Tensor Forward([Tokens(3, Vocabulary = 20)] Tensor first, [Tokens(4, Vocabulary = 20, Padding = 0)] Tensor second, [Input(2)] Tensor facts)
    {
        var read = Tensor.Share(Read);
        return Tensor.Concat(read(first), read(second), facts.BatchNormalization().Dense(3, Activation.Tanh)).Dense(2);
    }

    private static Tensor Read(Tensor tokens) => tokens.Embedding(4).Gru(9);
}

/// <summary>Rows of derived tables are made when their tokens first come: whenever that is, the predictions are the same bits, and those of the weights as they are.</summary>
[Collection(NoParallel.Name)]
[Trait("Category", "Numeric")]
public sealed class DerivedRowsTests
{
    private const int Samples = 40;
    private const double Tolerance = 1e-5;

    private static readonly int[] Tokens = Numbers.Classes(Samples * TwoWayWordsNetwork.InputLength, 50, 1);

    [Fact]
    public void Predictions_AreTheSameBitsWhateverCameBefore()
    {
        TwoWayWordsNetwork warm = Network(), batch = Network(), threads = Network(), backwards = Network();
        warm.WarmUp();
        float[] expected = warm.Predict(Tokens), many = new float[expected.Length];
        Assert.Equal(expected, batch.Predict(Tokens));
        threads.Predict(Tokens, many, threads: 2);
        Assert.Equal(expected, many);
        for (int sample = Samples - 1; sample >= 0; sample--)
        {
            ReadOnlySpan<int> one = Tokens.AsSpan(sample * TwoWayWordsNetwork.InputLength, TwoWayWordsNetwork.InputLength);
            Assert.Equal(warm.Predict(one), backwards.Predict(one));
            Assert.Equal(warm.Classify(one), backwards.Classify(one));
        }
    }

    [Fact]
    public void RowsOfOldWeights_AreNeverRead()
    {
        TwoWayWordsNetwork network = Network();
        using TwoWayWordsNetwork.Training training = network.CreateTraining(Samples);
        OptimizerState optimizer = new Adam(0.05).CreateState(training);
        int[] targets = Numbers.Classes(Samples, 3, 2);
        float[] direct = new float[Samples * 3];
        for (int round = 0; round < 4; round++)
        {
            // Some rows follow the weights before the step, others are made after it.
            network.Predict(Tokens.AsSpan(0, (round + 1) * TwoWayWordsNetwork.InputLength));
            training.Step(Tokens, targets, optimizer);
            float[] seen = network.Predict(Tokens), fresh = network.Clone().Predict(Tokens);
            Assert.Equal(fresh, seen);
            training.Forward(Tokens, direct, training: false);
            Numbers.AssertClose($"round {round}", [.. direct.Select(value => (double)value)], seen, Tolerance);
        }
    }

    [Theory]
    [InlineData("ImportParameters")]
    [InlineData("CopyParametersFrom")]
    [InlineData("CopyFrom")]
    [InlineData("LoadWeights")]
    [InlineData("UpdateRange")]
    public void EveryWrite_MakesRowsAnew_ForConcurrentCallersToo(string write)
    {
        TwoWayWordsNetwork network = Network(), other = Network();
        Numbers.Randomize(other, 7);
        using TwoWayWordsNetwork.Training training = network.CreateTraining(Samples);
        OptimizerState optimizer = new Sgd(0.5).CreateState(training);
        Span<float> parameters = training.Parameters;
        training.ComputeGradients(Tokens, Numbers.Classes(Samples, 3, 2));
        float[] before = network.Predict(Tokens);
        switch (write)
        {
            case "ImportParameters":
                float[] values = new float[TwoWayWordsNetwork.ParameterCount];
                other.ExportParameters(values);
                network.ImportParameters(values);
                break;
            case "CopyParametersFrom":
                network.CopyParametersFrom(other, 0.5);
                break;
            case "CopyFrom":
                network.Weights["embedding1.embeddings"].CopyFrom(other.Weights["embedding1.embeddings"].ToArray());
                break;
            case "LoadWeights":
                using (MemoryStream file = new())
                {
                    other.Save(file);
                    file.Position = 0;
                    network.LoadWeights(file);
                }

                break;
            default:
                optimizer.BeginStep(training.Gradients);
                optimizer.UpdateRange(0, parameters, training.Gradients);
                break;
        }

        float[] expected = network.Clone().Predict(Tokens);
        float[][] seen = new float[Samples][];
        Parallel.For(0, Samples, new ParallelOptions { MaxDegreeOfParallelism = 4 }, sample =>
            seen[sample] = network.Predict(Tokens.AsSpan(sample * TwoWayWordsNetwork.InputLength, TwoWayWordsNetwork.InputLength)));
        Assert.NotEqual(before, expected);
        Numbers.AssertClose("one by one", [.. expected.Select(value => (double)value)], [.. seen.SelectMany(output => output)], Tolerance);
        Assert.Equal(expected, network.Predict(Tokens));
    }

    [Fact]
    public void ConcurrentCallers_MakeTheSameRows()
    {
        TwoWayWordsNetwork warm = Network();
        warm.WarmUp();
        for (int round = 0; round < 20; round++)
        {
            TwoWayWordsNetwork fresh = Network();
            Parallel.For(0, Samples, new ParallelOptions { MaxDegreeOfParallelism = 4 }, sample =>
            {
                ReadOnlySpan<int> one = Tokens.AsSpan(sample * TwoWayWordsNetwork.InputLength, TwoWayWordsNetwork.InputLength);
                Assert.Equal(warm.Predict(one), fresh.Predict(one));
            });
        }
    }

    [Fact]
    public void TokensThatWereNeverSeen_AllocateNothing()
    {
        TwoWayWordsNetwork network = Network();
        float[] output = new float[3];
        int[] one = new int[TwoWayWordsNetwork.InputLength];
        network.Predict(one, output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int token = 1; token < 50; token++)
        {
            Array.Fill(one, token);
            network.Predict(one, output);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void InputsThatShareATable_AreBothLookedUp()
    {
        int[] first = Numbers.Classes(Samples * 3, 20, 3), second = Numbers.Classes(Samples * 4, 20, 4);
        float[] facts = Numbers.Normal(Samples * 2, 5);
        SharedWordsNetwork network = new(1), warm;
        Numbers.Randomize(network, 6);
        warm = network.Clone();
        warm.WarmUp();
        float[] expected = warm.Predict(first, second, facts), direct = new float[expected.Length];
        using SharedWordsNetwork.Training training = network.CreateTraining(Samples);
        training.Forward(first, second, facts, direct, training: false);
        Assert.Equal(expected, network.Predict(first, second, facts));
        Numbers.AssertClose("against the weights", [.. direct.Select(value => (double)value)], expected, Tolerance);
        for (int sample = 0; sample < Samples; sample++)
        {
            SharedWordsNetwork fresh = network.Clone();
            int[] left = first[(3 * sample)..(3 * (sample + 1))], right = second[(4 * sample)..(4 * (sample + 1))];
            float[] fact = facts[(2 * sample)..(2 * (sample + 1))];
            Assert.Equal(warm.Predict(left, right, fact), fresh.Predict(left, right, fact));
        }
    }

    private static TwoWayWordsNetwork Network()
    {
        TwoWayWordsNetwork network = new(1);
        Numbers.Randomize(network, 2);
        return network;
    }
}
