using System.Globalization;

namespace NetCompiler.Tests.Generated;

/// <summary>A random dense network: the source of its class, and data that fit it.</summary>
internal sealed class RandomDeclaration
{
    private static readonly string[] Activations = ["Linear", "Sigmoid", "Tanh", "Relu", "LeakyRelu", "Elu", "Selu", "Gelu", "GeluTanh", "Silu", "Mish", "Softplus", "Softsign", "HardSigmoid", "Softmax", "LogSoftmax"];

    private static readonly string[] Functions =
    [
        "x / (1 + MathF.Exp(-x))", "MathF.Sin(x) + (0.5f * x)", "x * x * x / (1 + (x * x))", "MathF.Log(1 + MathF.Exp(x))", "MathF.Max(x, 0.1f * x)",
        "x > 0.5f ? x : MathF.Tanh(x)", "MathF.Sqrt(1 + (x * x))", "MathF.Cos(x) * MathF.Exp(-x * x)", "MathF.Pow(1 + (x * x), 0.3f)", "MathF.Min(MathF.Abs(x), 2)",
    ];

    private static readonly string[] Losses =
    [
        "MeanSquaredError", "MeanAbsoluteError", "Huber", "BinaryCrossentropy", "CategoricalCrossentropy", "SparseCategoricalCrossentropy", "NegativeLogLikelihood", "KullbackLeibler",
        "Hinge", "CosineSimilarity", "Perceptron", "Element", "Batch",
    ];

    private readonly Random _random;
    private readonly List<string> _attributes = ["Network"];
    private readonly List<string> _methods = [];
    private int[] _shape;

    /// <summary>Declares the network of a seed; equal seeds give equal networks. The loss's kind goes round with the seed.</summary>
    public RandomDeclaration(int seed)
    {
        Seed = seed;
        Name = $"Random{seed}";
        _random = new Random(seed);
        _shape = _random.Next(5) switch { 0 => [_random.Next(1, 6), Width()], 1 => [_random.Next(1, 4), _random.Next(1, 4), _random.Next(1, 9)], _ => [Width()] };
        _attributes.Add($"Input({string.Join(", ", _shape)})");
        for (int layers = _random.Next(4); layers > 0; layers--)
        {
            AddLayer();
        }

        AddOutput(Losses[seed % Losses.Length]);
        Source = $"{string.Join("\n", _attributes.Select(attribute => $"[{attribute}]"))}\npublic partial class {Name}\n{{\n{string.Concat(_methods.Select(method => $"    {method}\n"))}}}\n";
    }

    public int Seed { get; }

    public string Name { get; }

    public string Source { get; }

    /// <summary>Samples for a target of the network: probabilities, signs, classes or any numbers, as its loss needs them.</summary>
    public Column Target(NetworkDescription network, int target, int count)
    {
        TargetDescription description = network.Targets[target];
        int length = count * description.Length;
        if (description.IsClasses)
        {
            return Numbers.Classes(length, description.Classes, Seed + target);
        }

        float[] values = Numbers.Normal(length, Seed + target);
        switch (network.Losses[0].Kind)
        {
            case Loss.Hinge:
                return Array.ConvertAll(values, value => value > 0 ? 1f : -1);
            case Loss.BinaryCrossentropy or Loss.Perceptron:
                return Array.ConvertAll(values, value => value > 0 ? 1f : 0);
            case Loss.CategoricalCrossentropy or Loss.KullbackLeibler:
                int classes = network.Outputs[0].Shape[^1];
                for (int row = 0; row < length; row += classes)
                {
                    float sum = values.AsSpan(row, classes).ToArray().Sum(MathF.Abs) + 0.1f;
                    for (int i = row; i < row + classes; i++)
                    {
                        values[i] = (MathF.Abs(values[i]) + (0.1f / classes)) / sum;
                    }
                }

                return values;
            default:
                return values;
        }
    }

    private int Width() => _random.Next(3) switch { 0 => _random.Next(1, 10), 1 => _random.Next(10, 40), _ => ((int[])[1, 7, 8, 15, 16, 17, 31, 32, 33])[_random.Next(9)] };

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private void AddLayer()
    {
        switch (_random.Next(10))
        {
            case 0:
                _attributes.Add(Chance(0.7) ? $"Activation({Function()})" : $"Activation(Activation.{Pick(Activations)})");
                break;
            case 1:
                _attributes.Add("Dropout(0)");
                break;
            case 2:
                _attributes.Add("Flatten");
                _shape = [Size()];
                break;
            case 3:
                int first = Enumerable.Range(1, Size()).Where(divisor => Size() % divisor == 0).OrderBy(_ => _random.Next()).First();
                _shape = [first, Size() / first];
                _attributes.Add($"Reshape({first}, {(Chance(0.5) ? -1 : _shape[1])})");
                break;
            case 4:
                _attributes.Add("Normalization");
                break;
            default:
                AddDense(Width(), Chance(0.25) ? $", {Function()}" : $", Activation = Activation.{Pick(Activations)}");
                break;
        }
    }

    private void AddDense(int units, string activation)
    {
        string options = (Chance(0.2) ? ", UseBias = false" : Penalty("BiasL1") + Penalty("BiasL2")) + Penalty("KernelL1") + Penalty("KernelL2");
        _attributes.Add($"Dense({units}{activation}{options})");
        _shape[^1] = units;
    }

    private void AddOutput(string loss)
    {
        int units = loss is "CategoricalCrossentropy" or "SparseCategoricalCrossentropy" or "NegativeLogLikelihood" or "KullbackLeibler" ? _random.Next(2, 20) : Chance(0.3) ? 1 : Width();
        bool fromLogits = loss.EndsWith("Crossentropy", StringComparison.Ordinal) && Chance(0.4);
        string activation = loss switch
        {
            "BinaryCrossentropy" => fromLogits ? "Linear" : "Sigmoid",
            "CategoricalCrossentropy" or "SparseCategoricalCrossentropy" or "KullbackLeibler" => fromLogits ? "Linear" : "Softmax",
            "NegativeLogLikelihood" => "LogSoftmax",
            "Perceptron" => "Step",
            "Element" => "Sigmoid",
            "Batch" => "Tanh",
            _ => Pick(["Linear", "Tanh", "Silu"]),
        };
        AddDense(units, $", Activation = Activation.{activation}");
        string options = (fromLogits ? ", FromLogits = true" : "") + (loss == "Huber" ? $", Delta = {Number(0.3 + _random.NextDouble())}" : "")
            + (loss is "BinaryCrossentropy" or "CategoricalCrossentropy" or "SparseCategoricalCrossentropy" && Chance(0.4) ? $", LabelSmoothing = {Number(0.3 * _random.NextDouble())}" : "")
            + (Chance(0.2) ? $", Weight = {Number(2 * _random.NextDouble())}" : "");
        if (loss == "Element")
        {
            _methods.Add("static float Judge(float output, float target) => ((output - target) * (output - target)) + (0.1f * MathF.Log(1 + (output * output)));");
        }
        else if (loss == "Batch")
        {
            _methods.Add($"static Tensor Judge(Tensor output, [Input({string.Join(", ", _shape)})] Tensor wanted, [Setting(0.3)] float lambda) => (output - wanted).Square().Mean() + (lambda * (output * wanted).BatchMean().Square().Sum());");
        }

        _attributes.Add(loss is "Element" or "Batch" ? $"Loss(nameof(Judge){options})" : $"Loss(Loss.{loss}{options})");
    }

    private string Function()
    {
        string name = $"Own{_methods.Count}";
        _methods.Add($"static float {name}(float x) => {Pick(Functions)};");
        return $"ActivationMethod = nameof({name})";
    }

    private string Penalty(string option) => Chance(0.1) ? $", {option} = {Number(0.05 * _random.NextDouble())}" : "";

    private string Pick(string[] texts) => texts[_random.Next(texts.Length)];

    private int Size() => _shape.Aggregate(1, (product, size) => product * size);

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
