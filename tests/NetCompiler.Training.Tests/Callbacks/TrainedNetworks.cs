namespace NetCompiler.Tests.Training.Callbacks;

/// <summary>One value from two, without anything else.</summary>
[Network]
[Input(2)]
[Dense(1)]
[Loss(Loss.MeanSquaredError)]
internal sealed partial class Slope;

/// <summary>Three layers without activations: what each gives and passes back is a product that can be made to overflow.</summary>
[Network]
[Input(2)]
[Dense(4, UseBias = false)]
[Dense(4, UseBias = false)]
[Dense(1, UseBias = false)]
[Loss(Loss.MeanSquaredError)]
internal sealed partial class ThreeLayers;

/// <summary>Layers with statistics and with random numbers.</summary>
[Network]
[Input(2)]
[Dense(8)]
[BatchNormalization]
[Activation(Activation.Relu)]
[Dropout(0.25)]
[Dense(1)]
[Loss(Loss.MeanSquaredError)]
internal sealed partial class Normalized;

internal static class TrainedNetworks
{
    /// <summary>y = 2 a - 3 b + 0.5 for a network of two inputs and one output.</summary>
    public static Dataset Line<TNetwork>(int count)
        where TNetwork : INetwork<TNetwork>
    {
        Random random = new(7);
        float[] x = [.. Enumerable.Range(0, 2 * count).Select(_ => (random.NextSingle() * 2) - 1)];
        return Dataset.Create<TNetwork>(x, Enumerable.Range(0, count).Select(i => (2 * x[2 * i]) - (3 * x[(2 * i) + 1]) + 0.5f).ToArray());
    }
}
