using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Tests.Common;

/// <summary>Random values for everything that a network's graphs read from outside, in logical order; the same seed gives the same values.</summary>
internal sealed class NetworkData
{
    private readonly Dictionary<(InputRole Role, int Index), double[]> _values = [];

    public NetworkData(NetworkPlan plan, int samples, int seed)
    {
        Samples = samples;
        var random = new Random(seed);
        double[] Uniform(long length, double low, double high) => [.. Enumerable.Range(0, (int)length).Select(_ => low + ((high - low) * random.NextDouble()))];
        for (int i = 0; i < plan.Spec.Inputs.Count; i++)
        {
            int vocabulary = plan.Spec.Inputs[i].Vocabulary;
            _values[(vocabulary > 0 ? InputRole.Tokens : InputRole.Feature, i)] = vocabulary > 0
                ? [.. Enumerable.Range(0, samples * (int)plan.Shapes[i].Length).Select(_ => (double)random.Next(vocabulary))]
                : Uniform(samples * plan.Shapes[i].Length, -1, 1);
        }

        for (int i = 0; i < plan.Targets.Count; i++)
        {
            long length = samples * new Shape([.. plan.Targets[i].Shape]).Length;
            int classes = plan.Targets[i].Classes;
            _values[(InputRole.Target, i)] = classes > 0 ? [.. Enumerable.Range(0, (int)length).Select(_ => (double)random.Next(classes))] : Uniform(length, 0.05, 0.95);
        }

        for (int i = 0; i < plan.Weights.Count; i++)
        {
            WeightIsTrained.Add(plan.Weights[i].Spec.IsTrainable);
            _values[(plan.Weights[i].Spec.IsTrainable ? InputRole.Parameter : InputRole.Statistic, i)] =
                plan.Weights[i].Spec.IsTrainable ? Uniform(plan.Weights[i].Spec.Shape.Length, -0.7, 0.7) : Uniform(plan.Weights[i].Spec.Shape.Length, 0.2, 1.5);
        }

        for (int i = 0; i < plan.Settings.Count; i++)
        {
            _values[(InputRole.Setting, i)] = [plan.Settings[i].Default];
        }

        for (int i = 0; i < plan.Spec.Outputs.Count; i++)
        {
            _values[(InputRole.OutputGradient, i)] = Uniform(samples * plan.Shapes[plan.Spec.Outputs[i].Value].Length, -1, 1);
        }

        _values[(InputRole.SampleScale, 0)] = [.. Uniform(samples, 0.5, 1.5).Select(weight => weight / samples)];
        _values[(InputRole.BatchCount, 0)] = [samples];
    }

    public int Samples { get; }

    public List<bool> WeightIsTrained { get; } = [];

    public double[] this[InputRole role, int index] => _values[(role, index)];

    /// <summary>A mask of dropout, as far from random as a test can bear: the runtime's numbers are tested with the runtime.</summary>
    public static double Mask(double rate, int layer, int ordinal, int row, int column) => Scattered(layer + (100 * ordinal), row, column) < rate ? 0 : 1 / (1 - rate);

    /// <summary>Noise of deviation 1, as little random as the masks.</summary>
    public static double Noise(int layer, int row, int column) => (4 * Scattered(layer + 1, row, column)) - 2;

    private static double Scattered(int layer, int row, int column) =>
        unchecked((uint)((row * 31) + (column * 17) + (layer * 7) + (row * column)) * 2654435761u) / (double)uint.MaxValue;
}
