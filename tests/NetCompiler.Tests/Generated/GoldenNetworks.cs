namespace NetCompiler.Tests.Generated;

/// <summary>The layers of the golden networks that are sequential and no plain rows of dense layers, by the name of their case.</summary>
internal static class GoldenNetworks
{
    public static readonly IReadOnlyDictionary<string, string> Layers = new Dictionary<string, string>
    {
        ["network/mnist-cnn"] = """
            [Conv2D(32, 3, Activation = Activation.Relu)]
            [MaxPool2D]
            [Flatten]
            [Dense(16, Activation = Activation.Relu)]
            [Dense(10, Activation = Activation.Softmax)]
            [Loss(Loss.SparseCategoricalCrossentropy)]
            """,
        ["network/cifar-cnn"] = """
            [Conv2D(32, 3, Activation = Activation.Relu)]
            [MaxPool2D]
            [Conv2D(64, 3, Activation = Activation.Relu)]
            [MaxPool2D]
            [Flatten]
            [Dense(8, Activation = Activation.Relu)]
            [Dense(10, Activation = Activation.Softmax)]
            [Loss(Loss.SparseCategoricalCrossentropy)]
            """,
        ["network/deep-cnn"] = """
            [Conv2D(32, 3, Activation = Activation.Relu)]
            [MaxPool2D]
            [Conv2D(64, 3, Activation = Activation.Relu)]
            [MaxPool2D]
            [Conv2D(64, 3, Activation = Activation.Relu)]
            [Flatten]
            [Dense(64, Activation = Activation.Relu)]
            [Dense(10, Activation = Activation.Softmax)]
            [Loss(Loss.SparseCategoricalCrossentropy)]
            """,
    };
}
