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
        "static Tensor Forward([Input(3)] Tensor x) => x * x.Reshape([3, 1]);",
        "static Tensor Forward([Input(40)] Tensor x) => x.Dense(37) * x.Dense(37).Tanh().Reshape([37, 1]);",
        "static Tensor Forward([Input(3)] Tensor y, [Input(3, 3)] Tensor x) => (x - y) * y.Reshape([3, 1]);",
        "static Tensor Forward([Input(3)] Tensor y, [Input(3, 3)] Tensor x) => x.Dense(3) + y - y.Reshape([3, 1]);",
        "static Tensor Forward([Input(5)] Tensor x, [Input(5)] Tensor y) => x.Reshape([5, 1]) * y + y.Reshape([5, 1]) * x + x * y;",
        "static Tensor Forward([Input(5)] Tensor x) { Tensor v = x.Dense(5), m = v.Reshape([5, 1]); return (m * v).Softmax(); }",
        "static Tensor Forward([Input(2, 2)] Tensor p) { Tensor v = p.Dense(2) * 2; Tensor m = v.Max(0); return m * v; }",
        "static Tensor Forward([Input(5, 5)] Tensor p) { Tensor v = p.Dense(5) * 2; return Tensor.Minimum(v.Max(0), v); }",
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

    // The gradient of the products is 1, so that the gradient of the sums is the input.
    private static readonly string[] SumsOfInputs =
    [
        "static Tensor Forward([Input(40)] Tensor x) => (x.Dense(40, useBias: false) * x).Sum();",
        "static Tensor Forward([Input(4)] Tensor x) => (x.Dense(4) * x).Sum();",
        "static Tensor Forward([Input(7, 33)] Tensor x) => (x.Dense(33) * x).Sum(-1).Sum();",
        "static Tensor Forward([Input(9, 4)] Tensor x) => (x.Conv1D(4, 3, padding: Padding.Same) * x).Sum(-1).Sum();",
        "static Tensor Forward([Input(6, 5, 20)] Tensor x) => (x.Conv2D(20, 3, padding: Padding.Same) * x).Sum(-1).Sum(-1).Sum();",
        "static Tensor Forward([Input(4)] Tensor x) { Tensor p = Tensor.Parameter(\"p\", [4, 4]); return (Tensor.MatMul(x.Reshape([1, 4]), p).Flatten() * x).Sum(); }",
    ];

    [Fact]
    public void GradientsOfSumsWhoseGradientIsTheInput_AreRight()
    {
        var compiled = CompiledNetworks.Compile(SumsOfInputs.Select((body, i) => $"[Network]\n[Loss(nameof(Total))]\npublic partial class Sums{i}\n{{\n{body}\nstatic Tensor Total(Tensor output) => output.BatchSum().Sum();\n}}\n"));
        for (int i = 0; i < SumsOfInputs.Length; i++)
        {
            INetwork network = compiled.Create($"Sums{i}");
            Numbers.Randomize(network, seed: i + 1);
            using ITraining training = network.CreateTraining(Samples, threads: 1);
            GradientCheck.Run(training, RandomNetwork.InputsOf(network.Description, Samples, seed: i), [], new GradientCheckOptions { AbsoluteTolerance = 1e-5 });
        }
    }

    // Values behind the last one must not be read: they may be nobody's.
    [Fact]
    public void Predictions_OfValuesThatAreReadTwice_EqualTheInterpreter()
    {
        var compiled = CompiledNetworks.Compile(Bodies.Select((body, i) => $"[Network]\npublic partial class Read{i}\n{{\n{body}\n}}\n"));
        for (int i = 0; i < Bodies.Length; i++)
        {
            INetwork network = compiled.Create($"Read{i}");
            Numbers.Randomize(network, seed: i + 1);
            DynamicNetwork<double> interpreter = DynamicNetwork.From<double>(network);
            foreach (int count in new[] { 1, 2, 5, 17 })
            {
                Column[] inputs = RandomNetwork.InputsOf(network.Description, count, seed: i);
                float[] output = new float[count * network.Description.Outputs[0].Length];
                network.Predict(inputs, [output]);
                Numbers.AssertClose($"{Bodies[i]}, {count} samples", interpreter.Predict(inputs)[0], output, 1e-4);
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
