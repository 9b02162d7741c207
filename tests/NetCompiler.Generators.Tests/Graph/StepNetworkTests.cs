using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Tests.Common;

namespace NetCompiler.Generators.Tests.Graph;

/// <summary>A network that is causal in time, run step by step from zeros, gives the rows of the whole; others have no step.</summary>
public class StepNetworkTests
{
    private const int Samples = 2, Steps = 5;

    /// <summary>The same sums in another order.</summary>
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Causal => ["rnn", "lstm", "gru", "gru before", "masked", "convolution", "stack", "branches", "last", "parameter", "attention", "masked attention", "positions"];

    public static TheoryData<string> NotCausal => ["dense", "backwards", "both ways", "attention to all", "attention to another", "pool", "flatten", "padding", "strides", "image", "lengths", "reads the last"];

    [Theory]
    [MemberData(nameof(Causal))]
    public void Steps_GiveTheRowsOfTheWhole(string name)
    {
        FreeSpec free = Declare(name);
        var network = new CompiledNetwork(free.Build());
        NetworkSpec step = StepNetwork.Of(network.Spec, network.Plan.Shapes)!;
        IReadOnlyList<Shape> shapes = InferShapes.Run(step);
        var graphs = new NetworkGraphs(step, shapes, network.Plan.Weights, network.Plan.Targets);
        NetworkGraph graph = GraphVerifier.Verify(LowerSoftmax.Run(graphs.Step(Steps)), "test");
        var data = new NetworkData(network.Plan, Samples, seed: 4);
        double[][] states = [.. graph.Results.Where(result => result.Role == ResultRole.State).OrderBy(result => result.Index).Select(result => new double[Samples * result.Node.Shape.Length])];
        Assert.NotEmpty(states);
        bool isSequence = name != "last" && network.Plan.Shapes[network.Spec.Outputs[0].Value].Rank == 2;
        double[] whole = GraphInterpreter.Result(network.Inference, GraphInterpreter.Run(network.Inference, data), ResultRole.Output, 0)!;
        for (int t = 0; t < Steps; t++)
        {
            IReadOnlyDictionary<Node, double[]> values = new GraphInterpreter(Samples, input => input.Role switch
            {
                InputRole.State => states[input.Index],
                InputRole.Feature or InputRole.Tokens => Row(data[input.Role, input.Index], t),
                _ => data[input.Role, input.Index],
            }).Run(graph);
            states = [.. states.Select((_, i) => GraphInterpreter.Result(graph, values, ResultRole.State, i)!)];
            double[] output = GraphInterpreter.Result(graph, values, ResultRole.Output, 0)!;
            if (isSequence || t == Steps - 1)
            {
                Assert.Equal(isSequence ? Row(whole, t) : whole, output, (a, b) => Math.Abs(a - b) <= Tolerance * (1 + Math.Abs(a)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(NotCausal))]
    public void OtherNetworks_HaveNoStep(string name)
    {
        NetworkSpec spec = Declare(name).Build();
        Assert.Null(StepNetwork.Of(spec, InferShapes.Run(spec)));
    }

    private static FreeSpec Declare(string name)
    {
        var spec = new FreeSpec();
        if (name == "masked")
        {
            int read = spec.Layer("Embedding", spec.Tokens("input", Steps, vocabulary: 4, padding: 1), ("Units", 3));
            return spec.Output("output", spec.Layer("Gru", spec.Layer("Lstm", read, ("Units", 2), ("ReturnSequences", 1)), ("Units", 3)));
        }

        if (name == "masked attention")
        {
            int read = spec.Layer("Embedding", spec.Tokens("input", Steps, vocabulary: 4, padding: 1), ("Units", 4));
            return spec.Output("output", spec.Layer("MultiHeadAttention", spec.Layer("MultiHeadAttention", read, ("Heads", 2), ("Causal", 1)), ("Heads", 1), ("KeyUnits", 3), ("Causal", 1)));
        }

        int x = name == "image" ? spec.Input("input", Steps, 3, 1) : spec.Input("input", Steps, 3), other = name == "lengths" ? spec.Input("other", 3, 2) : -1;
        int y = name switch
        {
            "rnn" => spec.Layer("SimpleRnn", x, ("Units", 4), ("ReturnSequences", 1)),
            "lstm" => spec.Layer("Lstm", x, ("Units", 4), ("ReturnSequences", 1), ("Dropout", 0.5), ("RecurrentDropout", 0.5)),
            "gru" => spec.Layer("Gru", x, ("Units", 4), ("ReturnSequences", 1), ("UseBias", 0)),
            "gru before" => spec.Layer("Gru", x, ("Units", 4), ("ResetAfter", 0)),
            "convolution" => Convolution(spec, Convolution(spec, x, ("Dilation", 2)), ("KernelSize", 1)),
            "stack" => spec.Layer("Dense", spec.Layer("Lstm", spec.Layer("LayerNormalization", Convolution(spec, x)), ("Units", 3), ("ReturnSequences", 1)), ("Units", 2)),
            "branches" => spec.Layer("Slice", spec.Layer("Concat", null, [spec.Layer("Lstm", x, ("Units", 3), ("ReturnSequences", 1)), spec.Layer("Add", null, [x, spec.Layer("Gru", x, ("Units", 3), ("ReturnSequences", 1))])]), ("Axis", 1), ("Start", 1), ("Length", 4)),
            "last" => spec.Layer("Reshape", spec.Layer("Activation", spec.Layer("Lstm", x, ("Units", 4)), ("Activation", "Activation.Softmax")), ("Shape", new[] { 2, 2 })),
            "parameter" => spec.Layer("Multiply", null, [spec.Layer("Gru", x, ("Units", 3), ("ReturnSequences", 1)), spec.Layer("Constant", null, [], ("Value", 0.5))]),
            "dense" => spec.Layer("Dense", x, ("Units", 2)),
            "backwards" => spec.Layer("Lstm", x, ("Units", 4), ("GoBackwards", 1)),
            "both ways" => spec.Layer("Lstm", x, ("Units", 4), ("Bidirectional", 1)),
            "attention" => spec.Layer("Lstm", spec.Layer("MultiHeadAttention", x, ("Heads", 1), ("Causal", 1), ("ValueUnits", 2), ("OutputUnits", 5)), ("Units", 4), ("ReturnSequences", 1)),
            "attention to all" => spec.Layer("Lstm", spec.Layer("MultiHeadAttention", x, ("Heads", 1)), ("Units", 4)),
            "attention to another" => spec.Layer("Lstm", spec.Layer("MultiHeadAttention", null, [x, spec.Layer("Lstm", x, ("Units", 4), ("ReturnSequences", 1))], ("Heads", 1), ("Causal", 1)), ("Units", 4)),
            "positions" => spec.Layer("Lstm", spec.Layer("PositionalEmbedding", x), ("Units", 4)),
            "pool" => spec.Layer("GlobalAveragePool1D", spec.Layer("Lstm", x, ("Units", 4), ("ReturnSequences", 1))),
            "flatten" => spec.Layer("Flatten", spec.Layer("Lstm", x, ("Units", 4), ("ReturnSequences", 1))),
            "padding" => Convolution(spec, x, ("Padding", "Padding.Same")),
            "strides" => Convolution(spec, x, ("Strides", 2)),
            "image" => spec.Layer("Flatten", x),
            "lengths" => spec.Layer("Concat", null, [spec.Layer("Lstm", x, ("Units", 4)), spec.Layer("Lstm", other, ("Units", 4))]),
            _ => spec.Layer("Add", null, [x, spec.Layer("Lstm", x, ("Units", 3))]),
        };
        return spec.Output("output", y);
    }

    private static int Convolution(FreeSpec spec, int x, params (string Name, object Value)[] options) =>
        spec.Layer("Conv1D", x, [.. options, ("Filters", 4), ("KernelSize", 3), ("Padding", "Padding.Causal")]);

    // One step of every sample.
    private static double[] Row(double[] values, int step)
    {
        int length = values.Length / (Samples * Steps);
        return [.. Enumerable.Range(0, Samples).SelectMany(sample => values.Skip(((sample * Steps) + step) * length).Take(length))];
    }
}
