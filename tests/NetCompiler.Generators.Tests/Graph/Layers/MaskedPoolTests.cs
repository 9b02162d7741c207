using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.Generators.Tests.Schedule;

namespace NetCompiler.Generators.Tests.Graph.Layers;

/// <summary>Pooling over time leaves masked steps out, behind layers that pass the mask on.</summary>
public class MaskedPoolTests
{
    private const int Padding = 1;
    private const int Units = 3;

    // Three steps that count, one, none, all.
    private static readonly double[] Tokens = [0, 2, 3, 1, 1, 1, 3, 1, 1, 1, 1, 1, 2, 0, 3, 2];

    private static readonly double[] Table = [.. Enumerable.Range(0, 4 * Units).Select(i => Math.Sin(5 * i) - 2)]; // below 0: a masked 0 would win a maximum

    [Theory]
    [InlineData("GlobalAveragePool1D")]
    [InlineData("GlobalMaxPool1D")]
    public void OnlyStepsThatCount_TakePart(string kind)
    {
        var network = new CompiledNetwork(Spec(kind, []));
        IReadOnlyDictionary<Node, double[]> values = new GraphInterpreter(4, input => input.Role == InputRole.Tokens ? Tokens : Table).Run(network.Inference);
        double[] expected =
        [
            .. Tokens.Chunk(4).SelectMany(tokens => Enumerable.Range(0, Units).Select(unit =>
            {
                double[] counted = [.. tokens.Where(token => token != Padding).Select(token => Table[((int)token * Units) + unit])];
                return counted.Length == 0 ? 0 : kind == "GlobalMaxPool1D" ? counted.Max() : counted.Average();
            })),
        ];
        Assert.Equal(expected, GraphInterpreter.Result(network.Inference, values, ResultRole.Output, 0)!, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData("GlobalAveragePool1D", "LayerNormalization")]
    [InlineData("GlobalMaxPool1D", "RmsNormalization")]
    [InlineData("GlobalAveragePool1D", "BatchNormalization")]
    [InlineData("GlobalMaxPool1D", "GroupNormalization", "Groups", 3)]
    [InlineData("GlobalAveragePool1D", "GaussianNoise", "Deviation", 0.2)]
    [InlineData("GlobalAveragePool1D", "Conv1D", "Filters", 4, "KernelSize", 1)] // drops the mask
    public void LayersBetween_PassTheMaskOn(string pool, string between, params object[] options)
    {
        NetworkSpec spec = Spec(pool, [(between, [.. options.Chunk(2).Select(option => ((string)option[0], option[1]))])]);
        var network = new CompiledNetwork(spec);
        bool isMasked = network.Inference.Nodes.Any(node => node.Operation is ElementwiseNodeOperation elementwise && elementwise.Function.Name == "not_equal");
        Assert.Equal(between != "Conv1D", isMasked);
        var data = new NetworkData(network.Plan, samples: 5, seed: 4);
        NetworkGraph graph = network.ForwardBackward;
        SlopeCheck.Run(network, graph, data, seed: 6, values => GraphInterpreter.Result(graph, values, ResultRole.Output, 0)!.Zip(data[InputRole.OutputGradient, 0], (y, g) => y * g).Sum());
        foreach (Machine machine in CompiledNetwork.Machines)
        {
            new ProgramComparison(spec, machine).All(samples: 5);
        }
    }

    private static NetworkSpec Spec(string pool, (string Kind, (string Name, object Value)[] Options)[] between)
    {
        var spec = new FreeSpec();
        int x = spec.Layer("Embedding", spec.Tokens("input", 4, vocabulary: 4, padding: Padding), ("Units", Units));
        foreach ((string kind, (string Name, object Value)[] options) in between)
        {
            x = spec.Layer(kind, x, options);
        }

        return spec.Output("output", spec.Layer(pool, x)).Build();
    }
}
