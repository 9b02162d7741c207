using System.Globalization;

namespace NetCompiler.Tests.Generated;

/// <summary>Draws the layers of one random network and keeps account of the shapes, so that what it declares is legal.</summary>
internal sealed class RandomNetworkBuilder(int seed)
{
    // Small enough that a network of eight layers compiles in about a second.
    private const int LargestExtent = 9;

    private static readonly int[] Channels = [1, 2, 3, 5, 8, 16, 17];

    private static readonly string[] Activations = ["Sigmoid", "Tanh", "Relu", "LeakyRelu", "Elu", "Gelu", "Silu", "Softplus", "Softsign"];

    private readonly List<RandomStep> _steps = [];

    public Random Random { get; } = new(seed);

    public List<string> Methods { get; } = [];

    public RandomStep[] Steps => [.. _steps];

    public RandomValue Add(string kind, RandomValue x, int[] shape, string[] arguments, params string[] options)
    {
        RandomValue result = new($"v{_steps.Count + 1}", shape);
        _steps.Add(new RandomStep(result.Name, kind, [x.Name], arguments, options));
        return result;
    }

    /// <summary>An expression over values; their uses are {0} and on.</summary>
    public RandomValue AddExpression(string format, int[] shape, params RandomValue[] operands)
    {
        RandomValue result = new($"v{_steps.Count + 1}", shape);
        _steps.Add(new RandomStep(result.Name, "Expression", [.. operands.Select(operand => operand.Name)], [], [], format));
        return result;
    }

    public bool Chance(double probability) => Random.NextDouble() < probability;

    public T Pick<T>(params T[] values) => values[Random.Next(values.Length)];

    public int Channel() => Pick(Channels);

    public string Activation() => $"Activation = Activation.{Pick(Activations)}";

    public RandomValue Dense(RandomValue x, int units, params string[] options) => Add("Dense", x, [.. x.Shape[..^1], units], [Text(units)], options);

    /// <summary>A layer that fits the rank.</summary>
    public RandomValue Layer(RandomValue x) => x.Shape.Length switch { 3 => ImageLayer(x), 2 => SequenceLayer(x), _ => AnyLayer(x) };

    /// <summary>What every rank has: dense layers, activations, normalizations over the last axis or the batch.</summary>
    private RandomValue AnyLayer(RandomValue x) => Random.Next(8) switch
    {
        0 => Add("BatchNormalization", x, x.Shape, [], Options(("Momentum = 0.7", 0.5), ("Scale = false", 0.2), ("Center = false", 0.2), ("Epsilon = 0.01", 0.2))),
        1 => Add("LayerNormalization", x, x.Shape, [], Options(("Scale = false", 0.2), ("Center = false", 0.2), ("Epsilon = 0.01", 0.3))),
        2 => Add("RmsNormalization", x, x.Shape, [], Options(("Epsilon = 0.01", 0.5))),
        3 => Add("Activation", x, x.Shape, [$"Activation.{Pick(Activations)}"]),
        4 => Chance(0.5) ? Add("Dropout", x, x.Shape, [Pick("0", "0.3", "0.5")]) : Add("GaussianNoise", x, x.Shape, ["0.2"]),
        5 when x.Shape.Length > 1 || x.Shape[0] < 40 => Moved(x),
        _ => Dense(x, Channel(), Options((Activation(), 0.7), ("UseBias = false", 0.2), ("KernelL2 = 0.01", 0.2))),
    };

    /// <summary>The same values in another order or under another shape, or several times.</summary>
    private RandomValue Moved(RandomValue x)
    {
        int size = x.Shape.Aggregate(1, (product, extent) => product * extent);
        if (x.Shape.Length == 1)
        {
            int times = Random.Next(1, 4);
            return Chance(0.5) ? Add("RepeatVector", x, [times, size], [Text(times)]) : Reshaped(x, size);
        }

        int[] order = [.. Enumerable.Range(0, x.Shape.Length).OrderBy(_ => Random.Next())];
        return Chance(0.7) ? Add("Permute", x, [.. order.Select(axis => x.Shape[axis])], [List(order)]) : Reshaped(x, size);
    }

    private RandomValue Reshaped(RandomValue x, int size)
    {
        int first = Pick([.. Enumerable.Range(1, size).Where(divisor => size % divisor == 0)]);
        int[] shape = x.Shape.Length == 1 ? [first, size / first] : [.. x.Shape[..^2], x.Shape[^2] * x.Shape[^1]];
        return Add("Reshape", x, shape, [List(shape)]);
    }

    /// <summary>A layer over (H, W, C).</summary>
    private RandomValue ImageLayer(RandomValue x)
    {
        (int height, int width, int channels) = (x.Shape[0], x.Shape[1], x.Shape[2]);
        int kernel = Random.Next(1, Math.Min(3, Math.Min(height, width)) + 1), stride = Pick(1, 1, 2);
        bool same = Chance(0.4), isSmall = height <= LargestExtent / 2 && width <= LargestExtent / 2;
        string[] window = [.. same ? ["Padding = Padding.Same"] : Array.Empty<string>(), .. stride == 1 ? Array.Empty<string>() : [$"Strides = {stride}"]];
        string[] common = Options((Activation(), 0.5), ("UseBias = false", 0.2));
        int filters = Channel();
        switch (Random.Next(14))
        {
            case 0 or 1 or 2:
                int groups = Pick([.. Enumerable.Range(1, channels).Where(divisor => channels % divisor == 0 && filters % divisor == 0)]);
                int dilation = stride == 1 && (kernel * 2) - 1 <= Math.Min(height, width) ? Pick(1, 2) : 1, reach = ((kernel - 1) * dilation) + 1;
                string[] spread = [.. dilation == 1 ? Array.Empty<string>() : ["Dilation = 2"], .. groups == 1 ? Array.Empty<string>() : [$"Groups = {groups}"]];
                return Add("Conv2D", x, [Extent(height, reach, stride, same), Extent(width, reach, stride, same), filters], [Text(filters), Text(kernel)], [.. window, .. spread, .. common]);
            case 3:
                int tall = Random.Next(1, Math.Min(4, height) + 1);
                return Add("Conv2D", x, [Extent(height, tall, stride, same), Extent(width, kernel, stride, same), filters], [Text(filters), Text(kernel)], [$"KernelHeight = {tall}", .. window, .. common]);
            case 4:
                int multiplier = channels < 9 ? Pick(1, 2) : 1;
                return Add("DepthwiseConv2D", x, [Extent(height, kernel, stride, same), Extent(width, kernel, stride, same), channels * multiplier], [Text(kernel)], [$"DepthMultiplier = {multiplier}", .. window, .. common]);
            case 5:
                return Add("SeparableConv2D", x, [Extent(height, kernel, stride, same), Extent(width, kernel, stride, same), filters], [Text(filters), Text(kernel)], [.. window, .. common]);
            case 6 when isSmall:
                kernel = Math.Max(kernel, stride);
                if (Chance(0.3))
                {
                    int wide = ((kernel - 1) * 2) + 1, more = Random.Next(stride);
                    int Padded(int size) => ((size - 1) * stride) + wide + more;
                    return Add("Conv2DTranspose", x, [Padded(height), Padded(width), filters], [Text(filters), Text(kernel)],
                        [$"Strides = {stride}", "Dilation = 2", $"OutputPadding = {more}", .. common]);
                }

                return Add("Conv2DTranspose", x, [Grown(height), Grown(width), filters], [Text(filters), Text(kernel)], [.. window, .. common]);
            case 7 or 8:
                return Add(Pick("MaxPool2D", "AveragePool2D"), x, [Extent(height, kernel, stride, same), Extent(width, kernel, stride, same), channels], [Text(kernel)], [$"Strides = {stride}", .. same ? ["Padding = Padding.Same"] : Array.Empty<string>()]);
            case 9 when isSmall:
                return Add("UpSampling2D", x, [2 * height, 3 * width, channels], ["2"], ["SizeWidth = 3", .. Options(("Interpolation = Interpolation.Bilinear", 0.5))]);
            case 10:
                return Add("ZeroPadding2D", x, [height + 1, width + 3, channels], ["1"], "Bottom = 0", "Left = 2");
            case 11 when height > 2 && width > 3:
                return Add("Cropping2D", x, [height - 2, width - 1, channels], ["1"], "Right = 0");
            case 12:
                int[] divisors = [.. Enumerable.Range(1, channels).Where(divisor => channels % divisor == 0)];
                return Add("GroupNormalization", x, x.Shape, [Text(Pick(divisors))], Options(("Scale = false", 0.2), ("Center = false", 0.2)));
            default:
                return AnyLayer(x);
        }

        int Grown(int extent) => same ? extent * stride : ((extent - 1) * stride) + kernel;
    }

    /// <summary>A layer over (T, C) that keeps a sequence a sequence.</summary>
    private RandomValue SequenceLayer(RandomValue x)
    {
        (int steps, int channels) = (x.Shape[0], x.Shape[1]);
        int kernel = Random.Next(1, Math.Min(3, steps) + 1), stride = Pick(1, 1, 2), units = Channel();
        switch (Random.Next(12))
        {
            case 0 or 1:
                string padding = Pick("Valid", "Same", "Causal");
                int dilation = stride == 1 && (kernel * 2) - 1 <= steps ? Pick(1, 2) : 1, reach = ((kernel - 1) * dilation) + 1;
                return Add("Conv1D", x, [Extent(steps, reach, stride, padding != "Valid"), units], [Text(units), Text(kernel)], [$"Padding = Padding.{padding}", .. stride == 1 ? Array.Empty<string>() : ["Strides = 2"], .. dilation == 1 ? Array.Empty<string>() : ["Dilation = 2"], .. Options((Activation(), 0.5), ("UseBias = false", 0.2))]);
            case 2 or 3 or 4:
                return Recurrent(x, returnSequences: true);
            case 5 or 6:
                return Add("MultiHeadAttention", x, x.Shape, [Text(Pick(1, 2, 3)), Text(Pick(1, 2, 5))], Options(("Causal = true", 0.4), ("ValueUnits = 3", 0.3), ("UseBias = false", 0.3), ("Dropout = 0.25", 0.2)));
            case 7:
                return Add(Pick("MaxPool1D", "AveragePool1D"), x, [Extent(steps, kernel, stride, same: true), channels], [Text(kernel)], $"Strides = {stride}", "Padding = Padding.Same");
            case 8 when steps <= LargestExtent / 2:
                return Add("UpSampling1D", x, [2 * steps, channels], ["2"]);
            case 9 when steps > 2:
                return Chance(0.5) ? Add("Cropping1D", x, [steps - 1, channels], ["1"], "After = 0") : Add("ZeroPadding1D", x, [steps + 2, channels], ["2"], "Before = 0");
            case 10:
                return Add("PositionalEmbedding", x, x.Shape, []);
            default:
                return AnyLayer(x);
        }
    }

    /// <summary>A recurrent layer with random options.</summary>
    public RandomValue Recurrent(RandomValue x, bool returnSequences)
    {
        string kind = Pick("SimpleRnn", "Lstm", "Gru");
        int units = Channel();
        bool both = Chance(0.3);
        string[] options =
        [
            .. returnSequences ? ["ReturnSequences = true"] : Array.Empty<string>(),
            .. both ? ["Bidirectional = true"] : Options(("GoBackwards = true", 0.25)),
            .. kind == "Gru" ? Options(("ResetAfter = false", 0.4)) : [],
            .. kind == "SimpleRnn" ? [] : Options(("RecurrentActivation = Activation.HardSigmoid", 0.1)),
            .. Options(("Activation = Activation.Softsign", 0.2), ("UseBias = false", 0.2), ("RecurrentL2 = 0.01", 0.1), ("Dropout = 0.3", 0.2), ("RecurrentDropout = 0.2", 0.2)),
        ];
        int width = both ? 2 * units : units;
        return Add(kind, x, returnSequences ? [x.Shape[0], width] : [width], [Text(units)], options);
    }

    /// <summary>A vector of any value.</summary>
    public RandomValue Vector(RandomValue x) => (x.Shape.Length, Random.Next(3)) switch
    {
        (1, _) => x,
        (3, 0) => Add("GlobalAveragePool2D", x, [x.Shape[2]], []),
        (3, 1) => Add("GlobalMaxPool2D", x, [x.Shape[2]], []),
        (2, 0) => Add(Pick("GlobalAveragePool1D", "GlobalMaxPool1D"), x, [x.Shape[1]], []),
        (2, 1) => Recurrent(x, returnSequences: false),
        _ => Add("Flatten", x, [x.Shape.Aggregate(1, (product, size) => product * size)], []),
    };

    /// <summary>The last dense layer of an output and its loss.</summary>
    public (RandomValue Output, string Loss) Output(RandomValue x) => Random.Next(3) switch
    {
        0 => (Dense(x, Random.Next(2, 6), "Activation = Activation.Softmax"), "Loss(Loss.SparseCategoricalCrossentropy)"),
        1 => (Dense(x, Pick(1, 3), "Activation = Activation.Sigmoid"), "Loss(Loss.BinaryCrossentropy)"),
        _ => (Dense(x, Channel()), "Loss(Loss.MeanSquaredError)"),
    };

    /// <summary>The last dense layer of an output and a loss of the user's own, a method over it and a target of its shape.</summary>
    public (RandomValue Output, string Loss) OwnOutput(RandomValue x)
    {
        RandomValue output = Dense(x, Channel(), "Activation = Activation.Tanh");
        string name = $"Judge{Methods.Count + 1}", wanted = $"wanted{Methods.Count + 1}";
        string judgement = string.Format(CultureInfo.InvariantCulture, Pick(
            "({0} - {1}).Square().Mean() + (0.1f * {0}.Softmax().Max())",
            "-({1} * {0}.LogSoftmax()).Mean()",
            "Losses.Huber({0}, {1}) + ({0} - {0}.BatchMean()).Square().Mean()",
            "Tensor.Concat({0}, {1}).Max(-1).Square().Mean()",
            "(({0} - {0}.Mean()) * {1}).BatchMean().Square().Sum()"), "output", wanted);
        Methods.Add($"static Tensor {name}(Tensor output, [Input({string.Join(", ", output.Shape)})] Tensor {wanted}) => {judgement};");
        return (output, $"Loss(nameof({name}))");
    }

    public string[] Options(params (string Text, double Probability)[] options) => [.. options.Where(option => Chance(option.Probability)).Select(option => option.Text)];

    public static string List(IEnumerable<int> numbers) => $"[{string.Join(", ", numbers)}]";

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Extent(int extent, int reach, int stride, bool same) => same ? ((extent - 1) / stride) + 1 : ((extent - reach) / stride) + 1;
}

/// <summary>A value of a random network and the shape of one sample of it.</summary>
internal sealed record RandomValue(string Name, int[] Shape);
