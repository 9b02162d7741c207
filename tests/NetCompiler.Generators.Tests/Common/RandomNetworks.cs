using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Tests.Common;

/// <summary>Valid sequential networks of a few layers, every kind of layer, activation and loss among them.</summary>
internal static class RandomNetworks
{
    /// <summary>Where a kink or a jump makes a derivative differ from a difference, or a loss infinite, only some fit.</summary>
    private static readonly string[] Smooth = ["Linear", "Sigmoid", "Tanh", "Elu", "Gelu", "GeluTanh", "Silu", "Mish", "Softplus", "Softsign", "Exp", "Softmax", "LogSoftmax"];

    private static readonly string[] Others = ["Relu", "LeakyRelu", "Selu", "HardSigmoid", "Step"];

    private static readonly string[] AnyLoss = ["MeanSquaredError", "MeanAbsoluteError", "Huber", "Hinge", "CosineSimilarity"];

    /// <param name="random">Chooses.</param>
    /// <param name="isSmooth">Whether every function must be smooth.</param>
    public static NetworkSpec Make(Random random, bool isSmooth = false)
    {
        string[] activations = isSmooth ? Smooth : [.. Smooth, .. Others];
        SpecBuilder network = random.Next(3) == 0 ? SpecBuilder.Input(1 + random.Next(4), 1 + random.Next(20)) : SpecBuilder.Input(1 + random.Next(40));
        int layers = 1 + random.Next(5);
        for (int i = 0; i < layers; i++)
        {
            Add(network, random, activations);
        }

        return random.Next(6) == 0 ? network.Build() : AddLoss(network, random, isSmooth).Build();
    }

    private static void Add(SpecBuilder network, Random random, string[] activations)
    {
        string activation = activations[random.Next(activations.Length)];
        int length = (int)network.Shape.Length;
        switch (random.Next(9))
        {
            case 0:
                network.Activation(activation);
                break;
            case 1:
                network.Dropout(0.1 + (0.5 * random.NextDouble()));
                break;
            case 2:
                network.Flatten();
                break;
            case 3 when length % 2 == 0:
                network.Reshape(2, length / 2);
                break;
            case 4:
                network.Normalization();
                break;
            default:
                network.Dense(1 + random.Next(random.Next(4) == 0 ? 40 : 10), activation, Penalty(random), Penalty(random), useBias: random.Next(3) > 0);
                break;
        }
    }

    private static double Penalty(Random random) => random.Next(5) == 0 ? 0.01 : 0;

    private static SpecBuilder AddLoss(SpecBuilder network, Random random, bool isSmooth)
    {
        int last = network.Shape[-1];
        return random.Next(5) switch
        {
            0 when last > 1 => network.Dense(last, "Softmax").Loss("SparseCategoricalCrossentropy", labelSmoothing: random.Next(2) * 0.1),
            1 when last > 1 => network.Dense(last, "Softmax").Loss(random.Next(2) == 0 ? "CategoricalCrossentropy" : "KullbackLeibler", weight: 0.5),
            2 => network.Dense(last, "Sigmoid").Loss("BinaryCrossentropy").Loss("MeanSquaredError", weight: 3),
            3 => network.Loss("BinaryCrossentropy", fromLogits: true),
            _ => network.Loss(isSmooth ? "MeanSquaredError" : AnyLoss[random.Next(AnyLoss.Length)]),
        };
    }
}
