using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.Generators.Tests.Graph;

namespace NetCompiler.Generators.Tests.Passes;

/// <summary>Gradients are the slopes of the losses, on random networks of smooth functions, and no pass changes a value.</summary>
public class GradientTests
{
    private const int Networks = 150;

    /// <summary>Passes change the order of sums.</summary>
    private const double PassTolerance = 1e-9;

    [Fact]
    public void Gradients_AreTheSlopesOfTheLoss()
    {
        for (int seed = 0; seed < Networks; seed++)
        {
            var network = new CompiledNetwork(RandomNetworks.Make(new Random(seed), isSmooth: true));
            if (network.Gradients is { } graph)
            {
                var data = new NetworkData(network.Plan, samples: 3, seed);
                SlopeCheck.Run(network, graph, data, seed, values => LossParts(network, graph, values));
            }
        }
    }

    [Fact]
    public void BackwardOfOutputGradients_IsTheSlopeOfTheirProduct()
    {
        for (int seed = 0; seed < Networks; seed++)
        {
            var network = new CompiledNetwork(RandomNetworks.Make(new Random(seed), isSmooth: true));
            var data = new NetworkData(network.Plan, samples: 3, seed);
            double[] weights = data[InputRole.OutputGradient, 0];
            SlopeCheck.Run(network, network.ForwardBackward, data, seed, values =>
                GraphInterpreter.Result(network.ForwardBackward, values, ResultRole.Output, 0)!.Zip(weights, (y, w) => y * w).Sum());
        }
    }

    [Fact]
    public void LoweringAndSimplifyingAgain_ChangeNoValue()
    {
        for (int seed = 0; seed < Networks; seed++)
        {
            var network = new CompiledNetwork(RandomNetworks.Make(new Random(seed)));
            var data = new NetworkData(network.Plan, samples: 3, seed);
            NetworkGraph[] graphs = [network.Graphs.Inference(), network.Graphs.ForwardBackward(), .. network.Gradients is null ? Array.Empty<NetworkGraph>() : [network.Graphs.Loss(), network.Graphs.Gradients()]];
            foreach (NetworkGraph graph in graphs)
            {
                AssertSame(graph, LowerSoftmax.Run(graph), data);
                AssertSame(graph, SimplifyGraph.Run(graph), data);
                AssertSame(graph, EliminateDeadValues.Run(graph), data);
            }
        }
    }

    [Fact]
    public void LossWithGradients_IsTheLossWithout()
    {
        for (int seed = 0; seed < Networks; seed++)
        {
            NetworkSpec spec = RandomNetworks.Make(new Random(seed));
            var network = new CompiledNetwork(spec);
            if (network.Gradients is { } gradients && spec.Layers.All(layer => layer.Kind != "Dropout"))
            {
                var data = new NetworkData(network.Plan, samples: 3, seed);
                double with = LossParts(network, gradients, GraphInterpreter.Run(gradients, data)), without = LossParts(network, network.Loss!, GraphInterpreter.Run(network.Loss!, data));
                Assert.Equal(without, with, PassTolerance * (1 + Math.Abs(without)));
            }
        }
    }

    private static double LossParts(CompiledNetwork network, NetworkGraph graph, IReadOnlyDictionary<Node, double[]> values) =>
        Enumerable.Range(0, network.Plan.LossParts).Sum(part => GraphInterpreter.Result(graph, values, ResultRole.LossPart, part)!.Single());

    private static void AssertSame(NetworkGraph before, NetworkGraph after, NetworkData data)
    {
        GraphVerifier.Verify(after, "test");
        IReadOnlyDictionary<Node, double[]> expected = GraphInterpreter.Run(before, data), actual = GraphInterpreter.Run(after, data);
        for (int i = 0; i < before.Results.Count; i++)
        {
            Assert.Equal(expected[before.Results[i].Node], actual[after.Results[i].Node], (a, b) => Math.Abs(a - b) <= PassTolerance * (1 + Math.Abs(a)));
            Assert.Equal((before.Results[i].Role, before.Results[i].Index), (after.Results[i].Role, after.Results[i].Index));
        }
    }
}
