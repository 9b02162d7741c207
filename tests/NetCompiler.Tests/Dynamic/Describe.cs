namespace NetCompiler.Tests.Dynamic;

/// <summary>Builds descriptions by hand.</summary>
internal static class Describe
{
    public static LayerDescription Dense(string name, int operand, int inputs, int units, Activation activation, bool useBias = true, double kernelL1 = 0, double kernelL2 = 0, double biasL2 = 0, int[]? outer = null)
    {
        List<WeightDescription> weights = [new WeightDescription($"{name}.kernel", [inputs, units], Initializer.GlorotUniform) { L1 = kernelL1, L2 = kernelL2 }];
        if (useBias)
        {
            weights.Add(new WeightDescription($"{name}.bias", [units], Initializer.Zeros) { L2 = biasL2 });
        }

        return new LayerDescription(name, "Dense", [operand], [.. outer ?? [], units])
        {
            Options = new Dictionary<string, object> { ["Units"] = units, ["Activation"] = activation, ["ActivationAlpha"] = double.NaN, ["ActivationMethod"] = "", ["UseBias"] = useBias },
            Weights = weights,
        };
    }

    public static LayerDescription Activate(int operand, int[] shape, Activation activation, double alpha = double.NaN) =>
        new($"activation{operand + 1}", "Activation", [operand], shape)
        {
            Options = new Dictionary<string, object> { ["Activation"] = activation, ["ActivationAlpha"] = alpha, ["ActivationMethod"] = "" },
        };

    public static LayerDescription Operation(string kind, int[] operands, int[] shape, params (string Name, object Value)[] options) =>
        new($"{kind}{operands.Length}", kind, operands, shape) { Options = options.ToDictionary(option => option.Name, option => option.Value) };

    /// <summary>A network of one input whose last layer is the output.</summary>
    public static NetworkDescription Network(int[] input, LayerDescription[] layers, LossDescription[]? losses = null, TargetDescription[]? targets = null) =>
        Network([new InputDescription("input", input)], layers, losses, targets);

    /// <summary>A network of several inputs whose last layer is the output.</summary>
    public static NetworkDescription Network(InputDescription[] inputs, LayerDescription[] layers, LossDescription[]? losses = null, TargetDescription[]? targets = null)
    {
        IReadOnlyList<int> output = layers.Length == 0 ? inputs[^1].Shape : layers[^1].Shape;
        return new NetworkDescription
        {
            Name = "Described",
            Inputs = inputs,
            Layers = layers,
            Outputs = [new OutputDescription("output", inputs.Length + layers.Length - 1, output)],
            Losses = losses ?? [],
            Targets = targets ?? [],
            ParameterCount = layers.SelectMany(layer => layer.Weights).DistinctBy(weight => weight.Name).Where(weight => weight.IsTrainable).Sum(weight => weight.Length),
            StatisticsCount = layers.SelectMany(layer => layer.Weights).DistinctBy(weight => weight.Name).Where(weight => !weight.IsTrainable).Sum(weight => weight.Length),
            ArchitectureHash = new string('0', 64),
        };
    }

    public static LossDescription Loss(Loss kind) => new(kind.ToString()) { Kind = kind, Targets = [0] };

    /// <summary>Normally distributed numbers, exact in float.</summary>
    public static float[] Random(int length, int seed, double scale = 1)
    {
        Random random = new(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
        {
            double sum = -6;
            for (int k = 0; k < 12; k++)
            {
                sum += random.NextDouble();
            }

            values[i] = (float)(scale * sum);
        }

        return values;
    }

    public static Dictionary<string, float[]> RandomWeights(NetworkDescription network, int seed, double scale = 0.5)
    {
        Dictionary<string, float[]> weights = [];
        foreach (WeightDescription weight in network.Layers.SelectMany(layer => layer.Weights))
        {
            float[] values = Random(weight.Length, seed++, scale);
            weights.TryAdd(weight.Name, weight.Name.EndsWith("variance", StringComparison.Ordinal) ? Array.ConvertAll(values, MathF.Abs) : values);
        }

        return weights;
    }
}
