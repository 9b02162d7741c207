using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>
/// Generated code against the interpreter on random networks of all layers: predictions of one sample and of batches, the loss, every gradient value by value in training
/// mode, and the moving statistics after a step. A failure is made as small as it can be and printed; NETCOMPILER_SEED repeats from a seed, NETCOMPILER_LONG=1 runs many.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class RandomNetworkTests
{
    // Up to a dozen layers in float against double.
    private const double Tolerance = 1e-4;

    // Compiling is the cost: one compilation for so many networks.
    private const int PerCompilation = 24;

    private static readonly int[] Counts = [1, 3, 9];

    // The seeds of a short run, from 0 on: more cost a second each.
    private const int ShortRun = 12;

    [Fact]
    public void RandomNetworks_EqualTheInterpreter()
    {
        bool isGiven = int.TryParse(Environment.GetEnvironmentVariable("NETCOMPILER_SEED"), out int firstSeed);
        int[] chosen = LongRun.IsOn ? [.. Enumerable.Range(isGiven ? firstSeed : 0, 600)] : isGiven ? [firstSeed] : [.. Enumerable.Range(0, ShortRun)];
        List<(RandomNetwork Network, string Message)> failures = [];
        foreach (int[] seeds in chosen.Chunk(PerCompilation))
        {
            RandomNetwork[] batch = [.. seeds.Select(RandomNetworks.Make)];
            failures.AddRange(Failures(batch));
        }

        string[] smallest = [.. failures.Take(3).Select(failure => Report(failure.Network, failure.Message))];
        Expect.True(failures.Count == 0, $"{failures.Count} of {chosen.Length} differ, seeds {string.Join(", ", failures.Select(failure => failure.Network.Seed))}:\n{string.Join("\n", smallest)}");
    }

    [Theory]
    [InlineData("AveragePool1D", "AveragePool2D", "BatchNormalization", "Conv1D", "Conv2D", "Conv2DTranspose", "Cropping1D", "Cropping2D", "DepthwiseConv2D", "Embedding", "Flatten")]
    [InlineData("GaussianNoise", "GlobalAveragePool1D", "GlobalAveragePool2D", "GlobalMaxPool1D", "GlobalMaxPool2D", "GroupNormalization", "Gru", "LayerNormalization", "Lstm")]
    [InlineData("MaxPool1D", "MaxPool2D", "MultiHeadAttention", "Permute", "PositionalEmbedding", "RepeatVector", "Reshape", "RmsNormalization", "SeparableConv2D", "SimpleRnn")]
    [InlineData("UpSampling1D", "UpSampling2D", "ZeroPadding1D", "ZeroPadding2D", "Dropout(0.3", "Dropout = 0.25", "Dropout = 0.3", "RecurrentDropout = 0.2", "Bidirectional")]
    [InlineData("Tensor.Add", "Tensor.Multiply", "Tensor.Subtract", "Tensor.Maximum", "Tensor.Average", "Tensor.Concat", "Tensor.Dot", "Tensor.MatMul", "Tensor.MultiHeadAttention", "Tensor.Parameter")]
    [InlineData("TimeDistributed", ".Slice(", ".Map(", ".Sum(", ".Mean(", ".Max(", "Tensor.Share", "BatchMean", "Losses.Huber", "[Tokens(", "Padding = 0)] Tensor")]
    public void EveryOperation_IsDrawn(params string[] operations)
    {
        string[] sources = [.. Enumerable.Range(0, 600).Select(seed => RandomNetworks.Make(seed).Source)];
        Assert.All(operations, operation => Assert.Contains(sources, source => source.Contains(operation, StringComparison.Ordinal)));
    }

    private static (RandomNetwork Network, string Message)[] Failures(RandomNetwork[] batch)
    {
        CompiledNetworks? compiled;
        try
        {
            compiled = CompiledNetworks.Compile(batch.Select(network => network.Source));
        }
        catch (Exception) when (batch.Length > 1)
        {
            // One of them does not compile: halves find which, the rest is compared all the same.
            return [.. Failures(batch[..(batch.Length / 2)]), .. Failures(batch[(batch.Length / 2)..])];
        }
        catch (Exception exception)
        {
            return [(batch[0], exception.Message)];
        }

        return [.. batch.Select(network => (network, Message(network, compiled))).Where(pair => pair.Item2 is not null).Select(pair => (pair.network, pair.Item2!))];
    }

    // A value within the rounding of a kink (of a ReLU, of two almost equal values in a pool) may fall to either side, but not for several draws of samples: two of them must pass.
    private static string? Message(RandomNetwork network, CompiledNetworks compiled)
    {
        string? message = null;
        for (int draw = 0, passed = 0; draw < 4; draw++)
        {
            try
            {
                Check(network, compiled.Create(network.Name), network.Seed + (1000 * draw));
                if (++passed == 2)
                {
                    return null;
                }
            }
            catch (Exception exception)
            {
                message = exception is System.Reflection.TargetInvocationException { InnerException: { } inner } ? inner.Message : exception.Message;
            }
        }

        return message;
    }

    private static void Check(RandomNetwork declared, INetwork network, int seed)
    {
        Numbers.Randomize(network, seed);
        NetworkDescription description = network.Description;
        DynamicNetwork<double> interpreter = DynamicNetwork.From<double>(network);
        using ITraining training = network.CreateTraining(batchSize: Counts[^1] + 1, threads: 1);
        foreach (int count in Counts)
        {
            Column[] inputs = RandomNetwork.InputsOf(description, count, seed + count), targets = RandomNetwork.TargetsOf(description, count, seed + count);
            float[][] outputs = [.. description.Outputs.Select(output => new float[count * output.Length])];
            network.Predict(inputs, [.. outputs.Select(output => output.AsMemory())]);
            double[][] expected = interpreter.Predict(inputs);
            for (int i = 0; i < outputs.Length; i++)
            {
                Numbers.AssertClose($"{declared.Name}, {count} samples: output {i}", expected[i], outputs[i], Tolerance);
            }

            float[] weights = [.. Numbers.Normal(count, seed).Select(MathF.Abs)];
            training.SampleWeights.Fill(1);
            weights.CopyTo(training.SampleWeights);
            GradientCheck.Run(training, inputs, targets, new GradientCheckOptions { AbsoluteTolerance = 1e-5, Seed = seed });
            double loss = interpreter.ComputeLoss(inputs, targets, weights);
            Numbers.AssertClose($"{declared.Name}, {count} samples: loss", [loss], [training.ComputeLoss(count)], Tolerance);
        }

        CheckStatistics(declared, network, training, seed);
        CheckAddition(declared, training);
    }

    // With the same random numbers.
    private static void CheckAddition(RandomNetwork declared, ITraining training)
    {
        long step = training.StepIndex;
        training.ComputeGradients(Counts[^1]);
        double[] twice = [.. training.Gradients.ToArray().Select(value => 2.0 * value)];
        training.StepIndex = step;
        training.ComputeGradients(Counts[^1], accumulate: true);
        Numbers.AssertClose($"{declared.Name}: gradients added to gradients", twice, training.Gradients.ToArray(), Tolerance);
    }

    private static void CheckStatistics(RandomNetwork declared, INetwork network, ITraining training, int seed)
    {
        // GradientCheck put back what its steps moved; this one stays, on both sides.
        int count = Counts[^1];
        Column[] inputs = RandomNetwork.InputsOf(network.Description, count, seed + count), targets = RandomNetwork.TargetsOf(network.Description, count, seed + count);
        DynamicNetwork<double> interpreter = DynamicNetwork.From<double>(network);
        interpreter.ShareRandomNumbers(training, count);
        interpreter.ComputeGradients(inputs, targets);
        training.ComputeGradients(count);
        foreach (WeightView weight in network.Weights)
        {
            Numbers.AssertClose($"{declared.Name}: {weight.Name} after a step", interpreter.Weights[weight.Name], weight.ToArray(), Tolerance);
        }
    }

    private static string Report(RandomNetwork network, string message)
    {
        const int Trials = 60;
        int trials = 0;
        string first = message;
        for (bool smaller = true; smaller && trials < Trials;)
        {
            smaller = false;
            foreach (RandomNetwork candidate in network.Smaller())
            {
                if (trials++ < Trials && Failures([candidate]) is [var failure] && !IsRefused(failure.Message))
                {
                    (network, message) = failure;
                    smaller = true;
                    break;
                }
            }
        }

        return $"seed {network.Seed}: {(first.Length < 500 ? first : first[..500] + "...")}\nsmallest:\n{(message.Length < 2000 ? message : message[..2000] + "...")}\n{network.Source}";
    }

    // What is left after an operation was taken out need not be legal: shapes that do not fit are a diagnostic, and no finding.
    private static bool IsRefused(string message) =>
        message.Contains("has errors; see the build's diagnostics", StringComparison.Ordinal)
        || (message.Contains("error NC", StringComparison.Ordinal) && !message.Contains("NC9999", StringComparison.Ordinal));
}
