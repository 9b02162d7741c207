using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Graph.Layers;

/// <summary>Layers and networks of sequences as graphs, executed in double, give the golden values and gradients.</summary>
public class SequenceGoldenTests
{
    private static readonly string[] Layers =
    [
        "embedding/", "simple_rnn/", "lstm/", "gru/", "gru_reset_before/", "bidirectional_lstm/", "multi_head_attention/", "merge/", "shape/slice",
    ];

    private static readonly string[] Networks = ["sentiment", "stacked-lstm", "speech", "captions", "recommender", "transformer-block"];

    public static IEnumerable<object[]> LayerCases => Shared.ReasonToSkip("reference/index.json") is null ? Layers.SelectMany(Golden.Rows) : [[""]];

    public static IEnumerable<object[]> NetworkCases => Networks.Select(name => new object[] { name });

    [SharedTheory]
    [MemberData(nameof(LayerCases))]
    public void Layer_HasTheGoldenValuesAndGradients(string name)
    {
        var golden = Golden.Load(name);
        var network = new CompiledNetwork(OneLayer(golden).Build());
        NetworkGraph graph = network.ForwardBackward;
        IReadOnlyDictionary<Node, double[]> values = Run(golden, network, graph);
        golden.Compare("output", Floats(GraphInterpreter.Result(graph, values, ResultRole.Output, 0)!));
        CompareGradients(golden, network, graph, values);

        // Inference has a graph of its own.
        golden.Compare("output", Floats(GraphInterpreter.Result(network.Inference, Run(golden, network, network.Inference), ResultRole.Output, 0)!));
    }

    [SharedTheory]
    [MemberData(nameof(NetworkCases))]
    public void Network_HasTheGoldenLossAndGradients(string name)
    {
        var golden = Golden.Load("network/" + name);
        var network = new CompiledNetwork(Declare(name).Build());
        NetworkGraph graph = network.Gradients!;
        IReadOnlyDictionary<Node, double[]> values = Run(golden, network, graph);
        golden.Compare("output", Floats(GraphInterpreter.Result(graph, values, ResultRole.Output, 0)!));
        golden.Compare("loss", Floats(GraphInterpreter.Result(graph, values, ResultRole.LossPart, 0)!));
        CompareGradients(golden, network, graph, values);
    }

    private static FreeSpec OneLayer(Golden golden)
    {
        var spec = new FreeSpec();
        SafetensorsFile tensors = golden.Tensors;
        int[] SampleShape(string input) => [.. tensors.Shape(input).Skip(1)];
        bool hasTwo = tensors.Names.Contains("input.a");
        int first = golden.Kind == "embedding"
            ? spec.Tokens("input", SampleShape("input")[0], (int)golden.Number("vocabulary"))
            : hasTwo ? spec.Input("a", SampleShape("input.a")) : spec.Input("input", SampleShape("input"));
        int[] operands = hasTwo ? [first, spec.Input("b", SampleShape("input.b"))] : [first];
        int Number(string option) => (int)golden.Number(option);
        bool Flag(string option) => golden.Config.GetProperty(option).GetBoolean();
        (string, object)[] Recurrent(params (string, object)[] more) => [("Units", Number("units")), ("ReturnSequences", Flag("return_sequences")), .. more];
        int value = golden.Kind switch
        {
            "embedding" => spec.Layer("Embedding", first, ("Units", Number("units"))),
            "simple_rnn" => spec.Layer("SimpleRnn", first, Recurrent()),
            "lstm" => spec.Layer("Lstm", first, Recurrent()),
            "gru" => spec.Layer("Gru", first, Recurrent()),
            "gru_reset_before" => spec.Layer("Gru", "gru_reset_before1", [first], Recurrent(("ResetAfter", false))),
            "bidirectional_lstm" => spec.Layer("Lstm", first, Recurrent(("Bidirectional", true))),
            "multi_head_attention" => spec.Layer("MultiHeadAttention", first, ("Heads", Number("heads")), ("KeyUnits", Number("key_units")), ("Causal", Flag("causal"))),
            "slice" => spec.Layer("Slice", first, ("Axis", Number("axis") - 1), ("Start", Number("start")), ("Length", Number("length"))), // Keras counts the batch
            "matmul" => spec.Layer("MatMul", null, operands),
            _ => spec.Layer(char.ToUpperInvariant(golden.Kind[0]) + golden.Kind[1..], null, operands),
        };
        return spec.Output("output", value);
    }

    private static FreeSpec Declare(string name)
    {
        var spec = new FreeSpec();
        switch (name)
        {
            case "sentiment":
                int read = spec.Layer("Lstm", spec.Layer("Embedding", spec.Tokens("input", 20, 1000), ("Units", 32)), ("Units", 16));
                return spec.Output("output", Dense(spec, read, 1, "Sigmoid")).Loss("BinaryCrossentropy");
            case "stacked-lstm":
                int first = spec.Layer("Lstm", spec.Layer("Embedding", spec.Tokens("input", 11, 200), ("Units", 8)), ("Units", 8), ("ReturnSequences", true));
                return spec.Output("output", Dense(spec, Dense(spec, spec.Layer("Lstm", first, ("Units", 6)), 10, "Relu"), 1, "Sigmoid")).Loss("BinaryCrossentropy");
            case "speech":
                return spec.Output("output", Dense(spec, spec.Layer("Lstm", spec.Input("input", 20, 13), ("Units", 24)), 10, "Softmax")).Loss("SparseCategoricalCrossentropy");
            case "captions":
                int image = spec.Input("image", 32), text = spec.Tokens("text", 10, 60);
                int seen = spec.Layer("Dense", "image", [image], ("Units", 12), ("Activation", "Activation.Relu"));
                int told = spec.Layer("Lstm", spec.Layer("Embedding", text, ("Units", 8)), ("Units", 12));
                return spec.Output("output", spec.Layer("Dense", "dense1", [spec.Layer("Concat", null, [seen, told])], ("Units", 10), ("Activation", "Activation.Softmax"))).Loss("SparseCategoricalCrossentropy");
            case "recommender":
                int user = spec.Tokens("user", 1, 100), item = spec.Tokens("item", 1, 50);
                int a = spec.Layer("Flatten", spec.Layer("Embedding", "user_embedding", [user], ("Units", 10)));
                int b = spec.Layer("Flatten", spec.Layer("Embedding", "item_embedding", [item], ("Units", 10)));
                return spec.Output("output", spec.Layer("Dot", null, [a, b])).Loss("MeanSquaredError");
            default:
                int x = spec.Layer("PositionalEmbedding", "position", [spec.Layer("Embedding", spec.Tokens("input", 8, 40), ("Units", 16))]);
                int attended = spec.Layer("MultiHeadAttention", spec.Layer("LayerNormalization", "norm1", [x]), ("Heads", 4), ("Causal", true));
                int h = spec.Layer("Add", null, [x, attended]);
                int up = spec.Layer("Dense", "up", [spec.Layer("LayerNormalization", "norm2", [h])], ("Units", 32), ("Activation", "Activation.Gelu"));
                int y = spec.Layer("Add", null, [h, spec.Layer("Dense", "down", [up], ("Units", 16))]);
                return spec.Output("output", spec.Layer("Dense", "dense1", [y], ("Units", 40))).Loss("SparseCategoricalCrossentropy", fromLogits: true);
        }
    }

    private static int Dense(FreeSpec spec, int x, int units, string activation) => spec.Layer("Dense", x, ("Units", units), ("Activation", "Activation." + activation));

    private static IReadOnlyDictionary<Node, double[]> Run(Golden golden, CompiledNetwork network, NetworkGraph graph)
    {
        SafetensorsFile tensors = golden.Tensors;
        int samples = tensors.Shape("output")[0];
        double[] Doubles(string name) => tensors.IsInteger(name) ? [.. tensors.Integers(name).Select(value => (double)value)] : [.. tensors.Floats(name).Select(value => (double)value)];
        return new GraphInterpreter(samples, input => input.Role switch
        {
            InputRole.Feature or InputRole.Tokens => Doubles(InputName(network, input.Index)),
            InputRole.Parameter => Doubles("param." + WeightName(network, input.Index)),
            InputRole.OutputGradient => Doubles("cotangent"),
            InputRole.Target => Doubles("target"),
            InputRole.SampleScale => [.. Enumerable.Repeat(1.0 / samples, samples)],
            _ => throw new InvalidOperationException($"{input.Name} is not given."),
        }).Run(graph);
    }

    private static void CompareGradients(Golden golden, CompiledNetwork network, NetworkGraph graph, IReadOnlyDictionary<Node, double[]> values)
    {
        int compared = 0;
        for (int i = 0; i < network.Plan.Weights.Count; i++)
        {
            string name = "grad." + WeightName(network, i);
            golden.Compare(name, Floats(GraphInterpreter.Result(graph, values, ResultRole.ParameterGradient, i)!));
            compared++;
        }

        for (int i = 0; i < network.Spec.Inputs.Count; i++)
        {
            if (network.Spec.Inputs[i].Vocabulary == 0)
            {
                golden.Compare("grad." + InputName(network, i), Floats(GraphInterpreter.Result(graph, values, ResultRole.InputGradient, i)!));
                compared++;
            }
        }

        Assert.Equal(golden.Tensors.Names.Count(name => name.StartsWith("grad.", StringComparison.Ordinal)), compared);
    }

    private static string InputName(CompiledNetwork network, int input) => network.Spec.Inputs.Count == 1 ? "input" : "input." + network.Spec.Inputs[input].Name;

    // The halves of a bidirectional layer stand alone in the golden files.
    private static string WeightName(CompiledNetwork network, int weight)
    {
        string name = network.Plan.Weights[weight].FileName;
        return network.Plan.Weights[weight].Spec.Name.Contains('.') ? network.Plan.Weights[weight].Spec.Name : name;
    }

    private static float[] Floats(double[] values) => [.. values.Select(value => (float)value)];
}
