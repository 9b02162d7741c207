namespace NetCompiler.Tests.Dynamic;

/// <summary>The golden cases of losses and networks as descriptions.</summary>
internal static class GoldenNetworks
{
    private static readonly LossDescription Sparse = Describe.Loss(Loss.SparseCategoricalCrossentropy);
    private static readonly LossDescription Binary = Describe.Loss(Loss.BinaryCrossentropy);
    private static readonly LossDescription Squared = Describe.Loss(Loss.MeanSquaredError);

    /// <summary>A case of a loss alone.</summary>
    public static GoldenCase OfLoss(GoldenFile file)
    {
        string name = file.Config.GetProperty("loss").GetString()!;
        bool fromLogits = name.EndsWith("_from_logits", StringComparison.Ordinal);
        Loss kind = Enum.Parse<Loss>(GoldenCase.Pascal(fromLogits ? name[..^"_from_logits".Length] : name));
        return new GoldenNetworkBuilder(file).Judge(Describe.Loss(kind) with { FromLogits = fromLogits });
    }

    /// <summary>A case of a whole network, or null for a name without a runner.</summary>
    public static GoldenCase? Of(GoldenFile file) => file.Name["network/".Length..] switch
    {
        "fairness-loss" => Fairness(file),
        "batch-normalization-mlp" => Normalized(file),
        "siamese" => Siamese(file),
        "mnist-cnn" => Images(file, convolutions: 1),
        "cifar-cnn" => Images(file, convolutions: 2),
        "deep-cnn" => Images(file, convolutions: 3),
        "residual" => Residual(file),
        "sentiment" => Sentiment(file),
        "stacked-lstm" => StackedLstm(file),
        "speech" => Speech(file),
        "recommender" => Recommender(file),
        "captions" => Captions(file),
        "transformer-block" => TransformerBlock(file),
        "gan-generator-step" => GeneratorStep(file),
        "regularized" or ['m', 'l', 'p', '-', ..] => Perceptron(file).Judge(Describe.Loss(file.Config.GetProperty("loss").GetString() switch
        {
            "mse" => Loss.MeanSquaredError,
            "bce" => Loss.BinaryCrossentropy,
            "nll" => Loss.NegativeLogLikelihood,
            _ => Loss.SparseCategoricalCrossentropy,
        })),
        _ => null,
    };

    private static GoldenNetworkBuilder Perceptron(GoldenFile file)
    {
        GoldenNetworkBuilder network = new(file);
        int value = 0, layers = file.Config.GetProperty("widths").GetArrayLength() - 1;
        for (int i = 1; i <= layers; i++)
        {
            value = network.Dense($"dense{i}", value, GoldenCase.ActivationOf(file.Config.GetProperty(i == layers ? "output" : "hidden").GetString()!));
        }

        return network;
    }

    // bce(p, label) + 0.1 (sum p g / sum g - sum p (1 - g) / sum (1 - g))^2, as a program over tensors: 0 p, 1 label, 2 group, 3 lambda.
    private static GoldenCase Fairness(GoldenFile file) => Perceptron(file).Judge(
        new LossDescription("FairScore")
        {
            Targets = [0, 1],
            Settings = [new SettingDescription("lambda", 0.1)],
            Operations =
            [
                Describe.Operation("Multiply", [0, 2], [1]),
                Describe.Operation("BatchSum", [4], [1]),
                Describe.Operation("BatchSum", [2], [1]),
                Describe.Operation("Divide", [5, 6], [1]),
                Describe.Operation("Constant", [], [], ("Value", 1.0)),
                Describe.Operation("Subtract", [8, 2], [1]),
                Describe.Operation("Multiply", [0, 9], [1]),
                Describe.Operation("BatchSum", [10], [1]),
                Describe.Operation("BatchSum", [9], [1]),
                Describe.Operation("Divide", [11, 12], [1]),
                Describe.Operation("Subtract", [7, 13], [1]),
                Describe.Operation("Square", [14], [1]),
                Describe.Operation("Multiply", [3, 15], [1]),
                Describe.Operation("Losses.BinaryCrossentropy", [0, 1], []),
                Describe.Operation("Add", [17, 16], [1]),
            ],
        },
        "label",
        "group");

    private static GoldenCase Normalized(GoldenFile file)
    {
        GoldenNetworkBuilder network = new(file);
        int hidden = network.Activate(network.BatchNormalization("batch_normalization1", network.Dense("dense1", 0)), Activation.Relu);
        network.Dense("dense2", hidden, Activation.Softmax);
        return network.Judge(Sparse) with { IsTraining = true };
    }

    private static GoldenCase Siamese(GoldenFile file)
    {
        GoldenNetworkBuilder network = new(file);
        int a = network.Dense("dense1", 0, Activation.Tanh), b = network.Dense("shared", 1, Activation.Tanh, weightsOf: "dense1");
        int distance = network.Apply("abs1", "Abs", [network.Apply("subtract1", "Subtract", [a, b])]);
        int sum = network.Apply("sum1", "Sum", [distance], [], ("Axis", (int[])[-1]));
        network.Apply("exp1", "Exp", [network.Apply("negate1", "Negate", [sum])]);
        return network.Judge(Squared);
    }

    private static GoldenCase Images(GoldenFile file, int convolutions)
    {
        GoldenNetworkBuilder network = new(file);
        int value = 0;
        for (int i = 1; i <= convolutions; i++)
        {
            value = network.Conv2D($"conv2d{i}", value, Padding.Valid, Activation.Relu);
            value = i < 3 ? network.MaxPool2D(value) : value;
        }

        network.Dense("dense2", network.Dense("dense1", network.Flatten(value), Activation.Relu), Activation.Softmax);
        return network.Judge(Sparse);
    }

    private static GoldenCase Residual(GoldenFile file)
    {
        GoldenNetworkBuilder network = new(file);
        int second = network.Conv2D("conv2d2", network.Conv2D("conv2d1", 0, Padding.Same, Activation.Relu), Padding.Same, Activation.Linear);
        int sum = network.Activate(network.Apply("add1", "Add", [second, 0]), Activation.Relu);
        network.Dense("dense1", network.Apply("pool", "GlobalAveragePool2D", [sum], [8]), Activation.Softmax);
        return network.Judge(Sparse);
    }

    private static GoldenCase Sentiment(GoldenFile file)
    {
        GoldenNetworkBuilder network = new(file, 1000);
        network.Dense("dense1", network.Lstm("lstm1", network.Embedding("embedding1", 0)), Activation.Sigmoid);
        return network.Judge(Binary);
    }

    private static GoldenCase StackedLstm(GoldenFile file)
    {
        GoldenNetworkBuilder network = new(file, 200);
        int read = network.Lstm("lstm2", network.Lstm("lstm1", network.Embedding("embedding1", 0), isSequence: true));
        network.Dense("dense2", network.Dense("dense1", read, Activation.Relu), Activation.Sigmoid);
        return network.Judge(Binary);
    }

    private static GoldenCase Speech(GoldenFile file)
    {
        GoldenNetworkBuilder network = new(file);
        network.Dense("dense1", network.Lstm("lstm1", 0), Activation.Softmax);
        return network.Judge(Sparse);
    }

    private static GoldenCase Recommender(GoldenFile file)
    {
        GoldenNetworkBuilder network = new(file, 100, 50);
        int user = network.Flatten(network.Embedding("user_embedding", 0)), item = network.Flatten(network.Embedding("item_embedding", 1));
        network.Apply("dot1", "Dot", [user, item], [1]);
        return network.Judge(Squared);
    }

    private static GoldenCase Captions(GoldenFile file)
    {
        GoldenNetworkBuilder network = new(file, 60);
        int image = network.Dense("image", 0, Activation.Relu), text = network.Lstm("lstm1", network.Embedding("embedding1", 1));
        network.Dense("dense1", network.Apply("concat1", "Concat", [image, text], [24]), Activation.Softmax);
        return network.Judge(Sparse);
    }

    private static GoldenCase TransformerBlock(GoldenFile file)
    {
        GoldenNetworkBuilder network = new(file, 40);
        int x = network.Apply("position", "PositionalEmbedding", [network.Embedding("embedding1", 0)]);
        int seen = network.Apply("multi_head_attention1", "MultiHeadAttention", [network.Apply("norm1", "LayerNormalization", [x])], null, ("Heads", 4), ("Causal", true));
        x = network.Apply("add1", "Add", [x, seen]);
        int wide = network.Dense("up", network.Apply("norm2", "LayerNormalization", [x]), Activation.Gelu);
        network.Dense("dense1", network.Apply("add2", "Add", [x, network.Dense("down", wide)]));
        return network.Judge(Sparse with { FromLogits = true });
    }

    private static GoldenCase GeneratorStep(GoldenFile file)
    {
        GoldenNetworkBuilder network = new(file);
        int image = network.Dense("generator.dense2", network.Dense("generator.dense1", 0, Activation.Relu), Activation.Tanh);
        network.Dense("discriminator.dense2", network.Dense("discriminator.dense1", image, Activation.Relu), Activation.Sigmoid);
        return network.Judge(Binary);
    }
}
