using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Two steps of the input make one of the output: the state is the input itself.</summary>
[Network]
[Input(4, 3)]
[Conv1D(3, 2, Padding = Padding.Causal)]
public partial class StepPairs;

/// <summary>The same of tokens: the state is a row of a table.</summary>
[Network]
[Tokens(6, Vocabulary = 5)]
[Embedding(3)]
[Conv1D(4, 2, Padding = Padding.Causal)]
public partial class StepBigrams;

/// <summary>An output that a layer reads as well.</summary>
[Network]
public partial class StepSeen
{
    private static (Tensor Seen, Tensor Next) Forward([Tokens(6, Vocabulary = 5)] Tensor words)
    {
        Tensor seen = words.Embedding(3);
        return (seen, seen.Lstm(2, returnSequences: true));
    }
}

/// <summary>One value that goes to several places: the gradient of two weights, of one weight twice, an output and a state.</summary>
[Trait("Category", "Numeric")]
public sealed class SharedValueTests
{
    private const int Samples = 5;

    private static readonly string[] Bodies =
    [
        "static Tensor Forward([Input(4)] Tensor x) { Tensor h = x.Dense(8, Activation.Tanh); return h.Dense(2) + x.Dense(2); }",
        "static Tensor Forward([Input(40)] Tensor x) { Tensor h = x.Dense(8, Activation.Tanh); return h.Dense(70) + x.Dense(70); }",
        "static Tensor Forward([Input(4)] Tensor x) => x.Dense(1) - x.Square().Dense(1);",
        """
        static Tensor Forward([Input(6, 6, 3)] Tensor x)
        {
            Tensor h = x.Conv2D(4, 3, padding: Padding.Same, activation: Activation.Tanh).Conv2D(6, 3, padding: Padding.Same, strides: 2).BatchNormalization();
            return (h + x.Conv2D(6, 1, strides: 2).BatchNormalization()).Tanh().GlobalAveragePool2D().Dense(3);
        }
        """,
        "static Tensor Forward([Input(3)] Tensor x) { Tensor p = Tensor.Parameter(\"p\", [3]), q = Tensor.Parameter(\"q\", [3]); return (x + p + q) * (x.Tanh() + p + q); }",
        "static Tensor Forward([Input(3)] Tensor x) { Tensor p = Tensor.Parameter(\"p\", [1]), q = Tensor.Parameter(\"q\", [1]); return (x + p + q) * (x.Tanh() + p + q); }",
        """
        static Tensor Block(Tensor x) => x.Dense(3) + x.Square().Dense(3);
        static Tensor Forward([Input(2)] Tensor x) { var block = Tensor.Share(Block); return block(x) - block(x * 2); }
        """,
        "static Tensor Forward([Input(2)] Tensor x) { Tensor k = Tensor.Parameter(\"k\", [2]); return x * k + k * k; }",
        "static Tensor Forward([Input(2)] Tensor x) { Tensor k = Tensor.Parameter(\"k\", [2]); return x + k + k; }",
        "static Tensor Forward([Input(4)] Tensor x) { Tensor v = Tensor.Parameter(\"v\", [4, 3]); return Tensor.MatMul(x.Reshape([1, 4]), v * v).Flatten(); }",
        "static Tensor Forward([Input(4)] Tensor x) { Tensor v = Tensor.Parameter(\"v\", [4, 20]), w = Tensor.Parameter(\"w\", [4, 20]); return Tensor.MatMul(x.Reshape([1, 4]), v + w).Flatten(); }",
        "static Tensor Forward([Input(2)] Tensor x) { Tensor p = Tensor.Parameter(\"p\", [2]), q = Tensor.Parameter(\"q\", [2]); return x * (p + q) + (p + q).Square(); }",
        "static Tensor Forward([Tokens(3, Vocabulary = 6)] Tensor x) => (x.Embedding(4) + x.Embedding(4)).Flatten();",
        "static Tensor Forward([Tokens(1, Vocabulary = 6)] Tensor x) => (x.Embedding(4) + x.Embedding(4)).Flatten();",
        "static Tensor Forward([Input(3, 5)] Tensor x) => (x.LayerNormalization() + x.Square().LayerNormalization()).PositionalEmbedding().PositionalEmbedding();",
    ];

    [Fact]
    public void GradientsOfSharedValues_AreRight_AndAddToWhatIsThere()
    {
        var compiled = CompiledNetworks.Compile(Bodies.Select((body, i) => $"[Network]\n[Loss(Loss.MeanSquaredError)]\npublic partial class Shared{i}\n{{\n{body}\n}}\n"));
        for (int i = 0; i < Bodies.Length; i++)
        {
            INetwork network = compiled.Create($"Shared{i}");
            Numbers.Randomize(network, seed: i + 1);
            foreach (int threads in new[] { 1, 2 })
            {
                using ITraining training = network.CreateTraining(Samples, threads, seed: -threads);
                GradientCheck.Run(training, RandomNetwork.InputsOf(network.Description, Samples, seed: i), RandomNetwork.TargetsOf(network.Description, Samples, seed: i), new GradientCheckOptions { AbsoluteTolerance = 1e-5 });
                training.ComputeGradients(Samples);
                float[] once = training.Gradients.ToArray();
                training.ComputeGradients(Samples, accumulate: true);
                Numbers.AssertClose($"{Bodies[i]}: gradients added to gradients", [.. once.Select(value => 2.0 * value)], training.Gradients.ToArray(), 1e-6);
            }
        }
    }

    [Fact]
    public void Steps_GiveTheRowsOfPredict()
    {
        StepPairs pairs = new(1);
        StepBigrams bigrams = new(1);
        StepSeen seen = new(1);
        float[] input = Numbers.Normal(StepPairs.InputLength, 1), state = new float[StepPairs.StateLength], rows = new float[StepPairs.OutputLength];
        for (int step = 0; step < 4; step++)
        {
            pairs.PredictNext(input.AsSpan(3 * step, 3), state, rows.AsSpan(3 * step, 3));
            Assert.Equal(input[(3 * step)..(3 * (step + 1))], state);
        }

        Numbers.AssertSameBits("pairs", pairs.Predict(input), rows);

        int[] words = [3, 1, 4, 1, 0, 2];
        float[] other = new float[StepBigrams.StateLength], next = new float[StepBigrams.OutputLength];
        float[] memory = new float[StepSeen.StateLength], seenRows = new float[6 * 3], nextRows = new float[6 * 2];
        for (int step = 0; step < 6; step++)
        {
            bigrams.PredictNext(words.AsSpan(step, 1), other, next.AsSpan(4 * step, 4));
            seen.PredictNext(words.AsSpan(step, 1), memory, seenRows.AsSpan(3 * step, 3), nextRows.AsSpan(2 * step, 2));
        }

        Numbers.AssertSameBits("bigrams", bigrams.Predict(words), next);
        float[] expectedSeen = new float[6 * 3], expectedNext = new float[6 * 2];
        seen.Predict(words, expectedSeen, expectedNext);
        Numbers.AssertSameBits("seen", expectedSeen, seenRows);
        Numbers.AssertClose("next", Array.ConvertAll(expectedNext, value => (double)value), nextRows, 1e-6);
    }
}
