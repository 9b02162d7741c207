using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Tests.Common;

namespace NetCompiler.Generators.Tests.Graph.Layers;

/// <summary>Gradients of every layer of sequences are slopes, whatever the options, at awkward sizes; what they need of a scan is little.</summary>
public class SequenceGradientTests
{
    /// <summary>Options of a recurrent layer, apart by |.</summary>
    private static readonly string[] RecurrentOptions =
    [
        "", "ReturnSequences", "GoBackwards", "GoBackwards,ReturnSequences", "Bidirectional", "Bidirectional,ReturnSequences", "UseBias=0",
        "Activation=Sigmoid", "Activation=Linear", "Activation=Gelu,ReturnSequences", "Activation=Softmax", "Dropout=0.4", "RecurrentDropout=0.4,ReturnSequences",
        "Dropout=0.3,RecurrentDropout=0.3,Bidirectional", "RecurrentL1=0.1,KernelL2=0.2,BiasL2=0.3",
    ];

    public static IEnumerable<object[]> Recurrent =>
        from kind in new[] { "SimpleRnn", "Lstm", "Gru", "Gru,ResetAfter=0" }
        from options in RecurrentOptions
        select new object[] { kind, options };

    [Theory]
    [MemberData(nameof(Recurrent))]
    public void RecurrentLayer(string kind, string options)
    {
        string[] parts = kind.Split(',');
        foreach ((int steps, int features, int units) in new[] { (1, 1, 1), (4, 3, 2), (3, 5, 1) })
        {
            var spec = new FreeSpec();
            int read = spec.Layer(parts[0], spec.Input("input", steps, features), [("Units", units), .. Options(string.Join(",", parts.Skip(1))), .. Options(options)]);
            Check(spec.Output("output", read).Loss("MeanSquaredError"));
        }
    }

    [Theory]
    [InlineData("SimpleRnn", "")]
    [InlineData("Lstm", "")]
    [InlineData("Lstm", "GoBackwards")]
    [InlineData("Gru", "Bidirectional")]
    [InlineData("Gru", "ResetAfter=0,RecurrentDropout=0.4")]
    public void MaskedLayers_OneAfterAnother(string kind, string options)
    {
        var spec = new FreeSpec();
        int x = spec.Layer("Embedding", spec.Tokens("input", 6, vocabulary: 4, padding: 1), ("Units", 3));
        int first = spec.Layer(kind, x, [("Units", 2), ("ReturnSequences", 1), .. Options(options)]);
        int second = spec.Layer(kind, spec.Layer("Dense", first, ("Units", 3)), [("Units", 5), .. Options(options)]);
        Check(spec.Output("output", second).Loss("MeanSquaredError"));
    }

    [Theory]
    [InlineData("Heads=2")]
    [InlineData("Heads=1,KeyUnits=3,ValueUnits=2")]
    [InlineData("Heads=3,KeyUnits=1,Causal=1")]
    [InlineData("Heads=2,Dropout=0.3,UseBias=0")]
    public void Attention(string options)
    {
        var spec = new FreeSpec();
        int tokens = spec.Tokens("input", 5, vocabulary: 4, padding: 0);
        int x = spec.Layer("PositionalEmbedding", spec.Layer("Embedding", tokens, ("Units", 6)));
        Check(spec.Output("output", spec.Layer("MultiHeadAttention", x, Options(options))).Loss("MeanSquaredError"));

        var cross = new FreeSpec();
        int query = cross.Input("query", 4, 6), value = cross.Input("value", options.Contains("Causal", StringComparison.Ordinal) ? 4 : 7, 5);
        Check(cross.Output("output", cross.Layer("MultiHeadAttention", null, [query, value], Options(options))).Loss("MeanSquaredError"));
    }

    [Theory]
    [InlineData("Add")]
    [InlineData("Multiply")]
    [InlineData("Subtract")]
    [InlineData("Maximum")]
    [InlineData("Average")]
    [InlineData("Concat")]
    [InlineData("Concat", 0)]
    [InlineData("Dot")]
    [InlineData("Dot", 0)]
    [InlineData("MatMul")]
    public void Merge(string kind, int axis = -1)
    {
        var spec = new FreeSpec();
        int a = spec.Input("a", 3, 4), b = spec.Input("b", kind == "MatMul" ? [4, 2] : [3, 4]);
        int[] operands = kind is "Add" or "Multiply" or "Maximum" or "Average" or "Concat" ? [a, b, a] : [a, b];
        Check(spec.Output("output", spec.Layer(kind, null, operands, ("Axis", axis))).Loss("MeanSquaredError"));
    }

    [Theory]
    [InlineData("Add")]
    [InlineData("Multiply")]
    [InlineData("Subtract")]
    [InlineData("Average")]
    public void MergeOfStretchedInputs(string kind)
    {
        foreach ((int[] left, int[] right) in new (int[], int[])[] { ([3, 4], [4]), ([3, 1], [1, 4]), ([2, 3, 4], [3, 1]), ([1], [5]), ([2, 1, 3], [2, 4, 1]) })
        {
            var spec = new FreeSpec();
            Check(spec.Output("output", spec.Layer(kind, null, [spec.Input("a", left), spec.Input("b", right)])).Loss("MeanSquaredError"));
        }
    }

    [Fact]
    public void Slices()
    {
        var spec = new FreeSpec();
        int x = spec.Input("input", 5, 4);
        int rows = spec.Layer("Slice", x, ("Axis", 0), ("Start", 1), ("Length", 3)), columns = spec.Layer("Slice", rows, ("Axis", -1), ("Start", 2), ("Length", 2));
        Check(spec.Output("output", spec.Layer("Lstm", columns, ("Units", 3))).Loss("MeanSquaredError"));
    }

    [Theory]
    [InlineData("SimpleRnn", "")]
    [InlineData("Lstm", "")]
    [InlineData("Gru", "")]
    [InlineData("Gru", "ResetAfter=0")]
    public void GradientsOfWeights_AreProductsOverAllSteps_AndCarriedByNoState(string kind, string options)
    {
        NetworkGraph Gradients(int steps)
        {
            var spec = new FreeSpec();
            return new CompiledNetwork(spec.Output("output", spec.Layer(kind, spec.Input("input", steps, 3), [("Units", 4), ("ReturnSequences", 1), .. Options(options)])).Build()).ForwardBackward;
        }

        NetworkGraph graph = Gradients(5);
        ScanOperation[] scans = [.. graph.Nodes.Select(node => node.Operation).OfType<ScanOperation>()];
        Assert.Equal(2, scans.Length);
        Assert.False(scans[0].IsReversed);
        Assert.True(scans[1].IsReversed);
        Assert.Equal(scans[0].Body.States, scans[1].Body.States);
        Assert.DoesNotContain(scans[1].Body.Graph.Nodes, node => node.Operation is ContractOperation && !node.IsBatched);
        Assert.DoesNotContain(scans[1].Body.Graph.Nodes, node => node.Operation is PadOperation);
        Assert.Contains(graph.Nodes, node => node.Operation is ContractOperation { Left: "btk", Right: "btn", Result: "kn" });

        // The graph has one body whatever the number of steps.
        int Size(NetworkGraph whole) => whole.Nodes.Sum(node => node.Operation is ScanOperation scan ? scan.Body.Graph.Nodes.Count : 1);
        Assert.Equal(Size(graph), Size(Gradients(50)));
    }

    private static (string Name, object Value)[] Options(string text) =>
    [
        .. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('=')).Select(parts => (parts[0], parts.Length == 1 ? 1
            : parts[0] == "Activation" ? "Activation." + parts[1]
            : (object)double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture))),
    ];

    private static void Check(FreeSpec spec)
    {
        for (int seed = 0; seed < 2; seed++)
        {
            var network = new CompiledNetwork(spec.Build());
            var data = new NetworkData(network.Plan, samples: 3, seed);
            SlopeCheck.Run(network, network.Gradients!, data, seed, values =>
                Enumerable.Range(0, network.Plan.LossParts).Sum(part => GraphInterpreter.Result(network.Gradients!, values, ResultRole.LossPart, part)!.Single()));
            double[] cotangents = data[InputRole.OutputGradient, 0];
            SlopeCheck.Run(network, network.ForwardBackward, data, seed, values =>
                GraphInterpreter.Result(network.ForwardBackward, values, ResultRole.Output, 0)!.Zip(cotangents, (y, w) => y * w).Sum());
        }
    }
}
