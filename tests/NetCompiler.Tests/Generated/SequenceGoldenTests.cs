using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Generated layers and networks of sequences against the golden tensors: outputs, losses and every gradient.</summary>
[Trait("Category", "Numeric")]
public sealed class SequenceGoldenTests
{
    private static readonly string[] Layers = ["embedding/", "simple_rnn/", "lstm/", "gru/", "gru_reset_before/", "bidirectional_lstm/", "multi_head_attention/"];

    private static readonly Dictionary<string, string> Networks = new()
    {
        ["network/sentiment"] = """
            [Tokens(20, Vocabulary = 1000)]
            [Embedding(32)]
            [Lstm(16)]
            [Dense(1, Activation = Activation.Sigmoid)]
            [Loss(Loss.BinaryCrossentropy)]
            """,
        ["network/stacked-lstm"] = """
            [Tokens(11, Vocabulary = 200)]
            [Embedding(8)]
            [Lstm(8, ReturnSequences = true)]
            [Lstm(6)]
            [Dense(10, Activation = Activation.Relu)]
            [Dense(1, Activation = Activation.Sigmoid)]
            [Loss(Loss.BinaryCrossentropy)]
            """,
        ["network/speech"] = """
            [Input(20, 13)]
            [Lstm(24)]
            [Dense(10, Activation = Activation.Softmax)]
            [Loss(Loss.SparseCategoricalCrossentropy)]
            """,
    };

    /// <summary>Networks whose Forward method says what they are; layers are called as in the golden files.</summary>
    private static readonly Dictionary<string, (string Loss, string Forward)> Functional = new()
    {
        ["network/recommender"] = ("Loss.MeanSquaredError", """
            static Tensor Forward([Tokens(1, Vocabulary = 100)] Tensor user, [Tokens(1, Vocabulary = 50)] Tensor item)
                => Tensor.Dot([user.Embedding(10, name: "user_embedding").Flatten(), item.Embedding(10, name: "item_embedding").Flatten()]);
            """),
        ["network/captions"] = ("Loss.SparseCategoricalCrossentropy", """
            static Tensor Forward([Input(32)] Tensor image, [Tokens(10, Vocabulary = 60)] Tensor text)
                => Tensor.Concat(image.Dense(12, Activation.Relu, name: "image"), text.Embedding(8).Lstm(12)).Dense(10, Activation.Softmax, name: "dense1");
            """),
        ["network/transformer-block"] = ("Loss.SparseCategoricalCrossentropy, FromLogits = true", """
            static Tensor Forward([Tokens(8, Vocabulary = 40)] Tensor input)
            {
                Tensor x = input.Embedding(16).PositionalEmbedding(name: "position");
                Tensor h = x + x.LayerNormalization(name: "norm1").MultiHeadAttention(4, causal: true);
                Tensor y = h + h.LayerNormalization(name: "norm2").Dense(32, Activation.Gelu, name: "up").Dense(16, name: "down");
                return y.Dense(40, name: "dense1");
            }
            """),
    };

    // Every case in one compilation: the compiler's start-up counts once.
    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(Cases().SelectMany(golden => IsLayer(golden)
        ? [Source(golden), CompiledNetworks.BackwardDriver(GoldenDeclarations.ClassName(golden), golden.Kind == "embedding")]
        : new[] { Source(golden) })));

    public static IEnumerable<object[]> Names => Shared.ReasonToSkip("reference/index.json") is null ? Cases().Select(golden => new object[] { golden.Name }) : [[""]];

    /// <summary>Whether the case has a runner here.</summary>
    public static bool Runs(Golden golden) => IsLayer(golden) || Networks.ContainsKey(golden.Name) || Functional.ContainsKey(golden.Name);

    [SharedTheory]
    [MemberData(nameof(Names))]
    public void Case_GivesTheGoldenValuesAndGradients(string name)
    {
        Golden golden = Golden.Load(name);
        INetwork network = Compiled.Value.Create(GoldenDeclarations.ClassName(golden));
        foreach (WeightView view in network.Weights)
        {
            view.CopyFrom(golden.Tensors.Floats("param." + GoldenName(golden, view.Name)));
        }

        Column[] inputs = [.. network.Description.Inputs.Select(input => Read(golden, InputName(network, input.Name)))];
        float[] output = new float[golden.Tensors.Floats("output").Length];
        network.Predict(inputs, [output]);
        golden.Compare("output", output);
        if (IsLayer(golden))
        {
            CompareLayer(golden, network, inputs[0]);
        }
        else
        {
            CompareNetwork(golden, network, inputs);
        }
    }

    private static Column Read(Golden golden, string tensor) => golden.Tensors.IsInteger(tensor) ? golden.Tensors.Integers(tensor) : golden.Tensors.Floats(tensor);

    private static string InputName(INetwork network, string input) => network.Description.Inputs.Count == 1 ? "input" : "input." + input;

    private static bool IsLayer(Golden golden) => Layers.Any(golden.Name.StartsWith);

    private static IEnumerable<Golden> Cases() => Golden.Cases().Where(Runs);

    // One sample, as a call without a batch makes it; then all of them, forward and backward.
    private static void CompareLayer(Golden golden, INetwork network, Column input)
    {
        int count = golden.Tensors.Shape("input")[0];
        bool readsTokens = golden.Tensors.IsInteger("input");
        int inputs = (readsTokens ? input.Integers.Length : input.Floats.Length) / count;
        float[] expected = golden.Tensors.Floats("output"), one = new float[expected.Length / count];
        network.Predict([readsTokens ? input.Integers[inputs..(2 * inputs)] : input.Floats[inputs..(2 * inputs)]], [one]);
        golden.Compare("one sample", expected.AsSpan(one.Length, one.Length), one);
        foreach (bool training in new[] { true, false })
        {
            object given = readsTokens ? input.Integers.ToArray() : input.Floats.ToArray();
            float[][] results = Compiled.Value.Call<float[][]>(GoldenDeclarations.ClassName(golden) + "Driver", "Backward", network, count, given, golden.Tensors.Floats("cotangent"), training);
            golden.Compare("output", results[0]);
            if (!readsTokens)
            {
                golden.Compare("grad.input", results[1]);
            }

            for (int i = 0; i < network.Weights.Count; i++)
            {
                golden.Compare("grad." + GoldenName(golden, network.Weights[i].Name), results[2 + i]);
            }
        }
    }

    private static void CompareNetwork(Golden golden, INetwork network, Column[] inputs)
    {
        int count = golden.Tensors.Shape("output")[0];
        using ITraining training = network.CreateTraining(count + 3, threads: 1);
        for (int i = 0; i < inputs.Length; i++)
        {
            if (network.Description.Inputs[i].Vocabulary > 0)
            {
                inputs[i].Integers.Span.CopyTo(training.TokenInput(i));
            }
            else
            {
                inputs[i].Floats.Span.CopyTo(training.FloatInput(i));
            }
        }

        if (golden.Tensors.IsInteger("target"))
        {
            golden.Tensors.Integers("target").CopyTo(training.ClassTarget(0));
        }
        else
        {
            golden.Tensors.Floats("target").CopyTo(training.FloatTarget(0));
        }

        golden.Compare("loss", [training.ComputeLoss(count)]);
        golden.Compare("loss", [training.ComputeGradients(count, GradientTargets.Parameters | GradientTargets.Inputs)]);
        golden.Compare("output", training.Output(0));
        IWeightGradients gradients = (IWeightGradients)training;
        foreach (WeightView view in gradients.WeightGradients)
        {
            golden.Compare($"grad.{view.Name}", view.ToArray());
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            if (network.Description.Inputs[i].Vocabulary == 0)
            {
                golden.Compare("grad." + InputName(network, network.Description.Inputs[i].Name), gradients.InputGradients(i));
            }
        }
    }

    // The halves of a bidirectional layer stand alone in the golden files.
    private static string GoldenName(Golden golden, string name) => golden.Kind == "bidirectional_lstm" ? name["lstm1.".Length..] : name;

    private static string Source(Golden golden)
    {
        if (Functional.TryGetValue(golden.Name, out (string Loss, string Forward) functional))
        {
            return $"[Network]\n[Loss({functional.Loss})]\npublic partial class {GoldenDeclarations.ClassName(golden)}\n{{\n{functional.Forward}\n}}\n";
        }

        string declaration = Networks.TryGetValue(golden.Name, out string? network) ? network : Layer(golden);
        return $"[Network]\n{declaration}\npublic partial class {GoldenDeclarations.ClassName(golden)};\n";
    }

    private static string Layer(Golden golden)
    {
        int[] shape = golden.Tensors.Shape("input");
        string Text(string option) => golden.Config.GetProperty(option).ToString().ToLowerInvariant();
        string input = golden.Kind == "embedding" ? $"Tokens({shape[1]}, Vocabulary = {Text("vocabulary")})" : $"Input({shape[1]}, {shape[2]})";
        string layer = golden.Kind switch
        {
            "embedding" => $"Embedding({Text("units")})",
            "simple_rnn" => $"SimpleRnn({Text("units")}, ReturnSequences = {Text("return_sequences")})",
            "lstm" => $"Lstm({Text("units")}, ReturnSequences = {Text("return_sequences")})",
            "gru" => $"Gru({Text("units")}, ReturnSequences = {Text("return_sequences")})",
            "gru_reset_before" => $"Gru({Text("units")}, ReturnSequences = {Text("return_sequences")}, ResetAfter = false, Name = \"gru_reset_before1\")",
            "bidirectional_lstm" => $"Lstm({Text("units")}, ReturnSequences = {Text("return_sequences")}, Bidirectional = true)",
            _ => $"MultiHeadAttention({Text("heads")}, {Text("key_units")}, Causal = {Text("causal")})",
        };
        return $"[{input}]\n[{layer}]";
    }
}
