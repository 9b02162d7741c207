namespace NetCompiler.Tests.Dynamic;

/// <summary>Puts the description of a golden network together layer by layer; weights are those that the file has under a layer's name. Methods return the number of the layer's value.</summary>
internal sealed class GoldenNetworkBuilder(GoldenFile file, params int[] vocabularies)
{
    private readonly List<LayerDescription> _layers = [];
    private readonly List<int[]> _shapes = [.. GoldenCase.InputsOf(file, vocabularies).Select(input => input.Shape.ToArray())];

    public int Dense(string name, int operand, Activation activation = Activation.Linear, string? weightsOf = null) =>
        Add(name, "Dense", [operand], [.. _shapes[operand][..^1], Units($"{weightsOf ?? name}.kernel")], weightsOf, ("Activation", activation));

    public int Embedding(string name, int operand) => Add(name, "Embedding", [operand], [.. _shapes[operand], Units($"{name}.embeddings")]);

    public int Lstm(string name, int operand, bool isSequence = false)
    {
        int units = Units($"{name}.recurrent_kernel") / 4;
        return Add(name, "Lstm", [operand], isSequence ? [_shapes[operand][0], units] : [units], null, ("ReturnSequences", isSequence));
    }

    public int Conv2D(string name, int operand, Padding padding, Activation activation)
    {
        int[] image = _shapes[operand], kernel = file.Shape($"param.{name}.kernel");
        bool isSame = padding == Padding.Same;
        int[] shape = [isSame ? image[0] : image[0] - kernel[0] + 1, isSame ? image[1] : image[1] - kernel[1] + 1, kernel[3]];
        return Add(name, "Conv2D", [operand], shape, null, ("Padding", padding), ("Activation", activation));
    }

    public int MaxPool2D(int operand)
    {
        int[] image = _shapes[operand];
        return Add($"max_pool{operand}", "MaxPool2D", [operand], [image[0] / 2, image[1] / 2, image[2]]);
    }

    public int Flatten(int operand) => Add($"flatten{operand}", "Flatten", [operand], [_shapes[operand].Aggregate(1, (product, size) => product * size)]);

    /// <summary>A layer that keeps the shape of its first operand, unless another is given.</summary>
    public int Apply(string name, string kind, int[] operands, int[]? shape = null, params (string Name, object Value)[] options) => Add(name, kind, operands, shape ?? _shapes[operands[0]], null, options);

    public int Activate(int operand, Activation activation) => Apply($"activation{operand}", "Activation", [operand], null, ("Activation", activation));

    public int BatchNormalization(string name, int operand)
    {
        int value = Apply(name, "BatchNormalization", [operand]);
        _layers[^1] = GoldenLayers.WithStatistics(_layers[^1]);
        return value;
    }

    /// <summary>The network, its last layer judged by a loss.</summary>
    public GoldenCase Judge(LossDescription loss)
    {
        int[] output = _shapes[^1], target = file.Shape("target") is [_, .. { Length: > 0 } rest] ? rest : [1];
        int length = target.Aggregate(1, (product, size) => product * size);
        TargetDescription[] targets = [new TargetDescription("target", length, file.IsInteger("target") ? output[^1] : 0) { Shape = target }];
        return new GoldenCase(file, GoldenCase.Network(file, [.. _layers], [loss], targets, vocabularies));
    }

    /// <summary>The network with a loss of its own and targets of one number each.</summary>
    public GoldenCase Judge(LossDescription loss, params string[] targets) =>
        new(file, GoldenCase.Network(file, [.. _layers], [loss], [.. targets.Select(target => new TargetDescription(target, 1, 0))], vocabularies)) { Targets = [.. targets.Select(target => "target." + target)] };

    private int Add(string name, string kind, int[] operands, int[] shape, string? weightsOf = null, params (string Name, object Value)[] options)
    {
        string prefix = $"param.{weightsOf ?? name}.";
        _layers.Add(new LayerDescription(name, kind, operands, shape)
        {
            Options = options.ToDictionary(option => option.Name, option => option.Value),
            Weights = [.. file.Suffixes(prefix).Select(weight => Weight(prefix["param.".Length..] + weight))],
        });
        _shapes.Add(shape);
        return _shapes.Count - 1;
    }

    // A regularized weight has its factors in the config.
    private WeightDescription Weight(string name)
    {
        return new WeightDescription(name, file.Shape("param." + name), Initializer.Zeros) { L1 = Factor("_l1"), L2 = Factor("_l2") };

        double Factor(string suffix) => file.Config.TryGetProperty(name + suffix, out System.Text.Json.JsonElement value) ? value.GetDouble() : 0;
    }

    private int Units(string weight) => file.Shape("param." + weight)[^1];
}
