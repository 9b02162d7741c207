using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Tests.Graph;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Common;

/// <summary>Compares the gradients of a graph with the slope of what they are gradients of.</summary>
internal static class SlopeCheck
{
    private const double Step = 1e-5;

    /// <summary>Of central differences in one direction: about the squared step times the third derivative.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>What can be moved, with its gradient.</summary>
    private static readonly (InputRole Value, ResultRole Gradient)[] Variables =
        [(InputRole.Parameter, ResultRole.ParameterGradient), (InputRole.Feature, ResultRole.InputGradient)];

    /// <summary>In one random direction of all variables at once, so that a network costs three evaluations.</summary>
    public static void Run(CompiledNetwork network, NetworkGraph graph, NetworkData data, int seed, Func<IReadOnlyDictionary<Node, double[]>, double> objective)
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
                if (role == InputRole.Parameter ? !network.Plan.Weights[i].Spec.IsTrainable : network.Spec.Inputs[i].Vocabulary > 0)
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
        Expect.True(Math.Abs(difference - slope) <= Tolerance * scale,
            $"The slope is {difference}, the gradient says {slope}: seed {seed}, {network.Plan.Shapes[0]} {string.Join(" ", network.Spec.Layers.Select(layer => layer.Source))} {string.Join(" ", network.Spec.Losses.Select(loss => loss.Kind))}");
    }
}
