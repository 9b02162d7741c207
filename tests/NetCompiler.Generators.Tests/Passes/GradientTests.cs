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
    private const double Step = 1e-5;

    /// <summary>Of central differences in one direction: about the squared step times the third derivative.</summary>
    private const double SlopeTolerance = 1e-6;

    /// <summary>Passes change the order of sums.</summary>
    private const double PassTolerance = 1e-9;

    /// <summary>What can be moved, with its gradient.</summary>
    private static readonly (InputRole Value, ResultRole Gradient)[] Variables =
        [(InputRole.Parameter, ResultRole.ParameterGradient), (InputRole.Feature, ResultRole.InputGradient)];

    [Fact]
    public void Gradients_AreTheSlopesOfTheLoss()
    {
        for (int seed = 0; seed < Networks; seed++)
        {
            var network = new CompiledNetwork(RandomNetworks.Make(new Random(seed), isSmooth: true));
            if (network.Gradients is { } graph)
            {
                var data = new NetworkData(network.Plan, samples: 3, seed);
                Check(network, graph, data, seed, values => LossParts(network, graph, values));
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
            Check(network, network.ForwardBackward, data, seed, values =>
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

    // In one random direction of all variables at once, so that a network costs three evaluations.
    private static void Check(CompiledNetwork network, NetworkGraph graph, NetworkData data, int seed, Func<IReadOnlyDictionary<Node, double[]>, double> objective)
    {
        var random = new Random(seed);
        var direction = new Dictionary<(InputRole, int), double[]>();
        IReadOnlyDictionary<Node, double[]> values = GraphInterpreter.Run(graph, data);
        double slope = 0;
        foreach ((InputRole role, ResultRole gradientRole) in Variables)
        {
            int count = role == InputRole.Parameter ? network.Plan.Weights.Count : network.Plan.Spec.Inputs.Count;
            for (int i = 0; i < count; i++)
            {
                if (role == InputRole.Parameter && !network.Plan.Weights[i].Spec.IsTrainable)
                {
                    continue;
                }

                double[] moved = [.. data[role, i].Select(_ => random.NextDouble() - 0.5)];
                direction.Add((role, i), moved);
                double[]? gradient = GraphInterpreter.Result(graph, values, gradientRole, i);
                slope += gradient?.Zip(moved, (g, d) => g * d).Sum() ?? 0;
            }
        }

        double At(double step) => objective(new GraphInterpreter(data.Samples, input => direction.TryGetValue((input.Role, input.Index), out double[]? moved)
            ? [.. data[input.Role, input.Index].Zip(moved, (value, by) => value + (step * by))]
            : data[input.Role, input.Index]).Run(graph));
        double difference = (At(Step) - At(-Step)) / (2 * Step);
        double scale = 1 + Math.Abs(difference) + Math.Abs(objective(values));
        Assert.True(Math.Abs(difference - slope) <= SlopeTolerance * scale,
            $"The slope is {difference}, the gradient says {slope}: seed {seed}, {network.Plan.Shapes[0]} {string.Join(" ", network.Spec.Layers.Select(layer => layer.Source))} {string.Join(" ", network.Spec.Losses.Select(loss => loss.Kind))}");
    }

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
