namespace NetCompiler.Tests.Generated;

/// <summary>Random networks of four families, by seed: image chains, sequence chains, token chains, and graphs with branches, merges and blocks.</summary>
internal static class RandomNetworks
{
    // As many graphs as chains: they draw from more.
    private const int Families = 6;

    /// <summary>The network of a seed; the family goes round with the seed.</summary>
    public static RandomNetwork Make(int seed)
    {
        RandomNetworkBuilder builder = new(seed);
        return (seed % Families) switch
        {
            0 => Chain(seed, builder, Image(builder), vector: true),
            1 => Chain(seed, builder, Sequence(builder), vector: builder.Chance(0.6)),
            2 => Tokens(seed, builder),
            _ => Graph(seed, builder),
        };
    }

    private static RandomNetwork Chain(int seed, RandomNetworkBuilder builder, RandomValue x, bool vector, string? input = null)
    {
        string declared = input ?? $"Input({string.Join(", ", x.Shape)})";
        for (int layers = builder.Random.Next(1, 5); layers > 0; layers--)
        {
            x = builder.Layer(x);
        }

        x = vector ? builder.Vector(x) : x;
        (RandomValue output, string loss) = builder.Output(x);
        return new RandomNetwork(seed, $"Chain{seed}", IsSequential: true, [declared], builder.Steps, [output.Name], [loss], []);
    }

    private static RandomNetwork Tokens(int seed, RandomNetworkBuilder builder)
    {
        (string input, RandomValue embedded) = Embedded(builder, "x0");
        return Chain(seed, builder, embedded, vector: builder.Chance(0.6), input);
    }

    private static RandomNetwork Graph(int seed, RandomNetworkBuilder builder)
    {
        (string Declared, RandomValue Value)[] inputs = [.. Enumerable.Range(0, builder.Random.Next(1, 4)).Select(i => Input(builder, $"x{i}"))];
        List<RandomValue> open = [.. inputs.Select(input => input.Value)];
        HashSet<string> used = [];
        for (int operations = builder.Random.Next(3, 7); operations > 0; operations--)
        {
            RandomValue x = builder.Pick([.. open]), made = Operation(builder, x, open, used);
            used.Add(x.Name);
            open.Add(made);
        }

        // Whatever nobody has read flows into the outputs.
        RandomValue[] ends = [.. open.Where(value => !used.Contains(value.Name)).Select(builder.Vector)];
        RandomValue last = ends.Length == 1 ? ends[0] : builder.AddExpression($"Tensor.Concat({string.Join(", ", ends.Select((_, i) => $"{{{i}}}"))})", [ends.Sum(end => end.Shape[0])], ends);
        (RandomValue Output, string Loss)[] outputs = [.. Enumerable.Range(0, builder.Pick(1, 1, 2)).Select(_ => builder.Chance(0.4) ? builder.OwnOutput(last) : builder.Output(last))];
        return new RandomNetwork(
            seed,
            $"Graph{seed}",
            IsSequential: false,
            [.. inputs.Select(input => input.Declared)],
            builder.Steps,
            [.. outputs.Select(output => output.Output.Name)],
            [.. outputs.Select(output => output.Loss)],
            [.. builder.Methods]);
    }

    private static RandomValue Operation(RandomNetworkBuilder builder, RandomValue x, List<RandomValue> open, HashSet<string> used)
    {
        string name = $"Block{builder.Methods.Count + 1}";
        switch (builder.Random.Next(14))
        {
            case 0:
                builder.Methods.Add($"static float {name}(float x) => {builder.Pick("x / (1 + MathF.Exp(-x))", "MathF.Sin(x) + (0.5f * x)", "x > 0.5f ? x : MathF.Tanh(x)")};");
                return builder.AddExpression($"{{0}}.Map({name})", x.Shape, x);
            case 1:
                return builder.AddExpression(builder.Pick("{0}.Tanh()", "{0}.Square()", "(1 - {0}.Sigmoid()) * 2", "-{0}.Softplus()", "({0} / 3) + 0.5"), x.Shape, x);
            case 2:
                builder.Methods.Add($"static Tensor {name}(Tensor x)\n    {{\n        for (int i = 0; i < 2; i++)\n        {{\n            x = x + x.Dense(x.Shape[^1], activation: Activation.Tanh);\n        }}\n\n        return x;\n    }}");
                return builder.AddExpression($"{name}({{0}})", x.Shape, x);
            case 3 or 4:
                // A branch of its own and, often, another value of the same shape: all merges of equal shapes.
                RandomValue other = open.Where(value => value.Name != x.Name && value.Shape.SequenceEqual(x.Shape)).OrderBy(_ => builder.Random.Next()).FirstOrDefault() ?? builder.Dense(x, x.Shape[^1], builder.Activation());
                used.Add(other.Name);
                string merge = builder.Pick("Tensor.Add({0}, {1})", "Tensor.Multiply({0}, {1})", "Tensor.Subtract({0}, {1})", "Tensor.Maximum({0}, {1})", "Tensor.Average({0}, {1})", "{0} * {1}", "{0} - (2 * {1})", "Concat");
                return merge == "Concat"
                    ? builder.AddExpression("Tensor.Concat({0}, {1})", [.. x.Shape[..^1], 2 * x.Shape[^1]], x, other)
                    : builder.AddExpression(merge, x.Shape, x, other);
            case 5:
                builder.Methods.Add($"static Tensor {name}(Tensor x) => x.Dense({builder.Random.Next(1, 6)}, activation: Activation.Tanh){builder.Pick("", ".BatchNormalization(momentum: 0.6)")}.Dense(x.Shape[^1]);");
                builder.Methods.Add($"static Tensor Twice{name}(Tensor x)\n    {{\n        var block = Tensor.Share({name});\n        return block(x) - block(2 * x);\n    }}");
                return builder.AddExpression($"Twice{name}({{0}})", x.Shape, x);
            case 6 when x.Shape.Length > 1:
                // On every step: all at once, or step by step.
                builder.Methods.Add($"static Tensor {name}(Tensor x) => {builder.Pick("x.Dense(3, activation: Activation.Tanh).Dense(x.Shape[^1])", "x * x.Max()", "(x - x.Mean()).Dropout(0.2)", "x.Flatten().Dense(x.Shape[0]).Reshape([x.Shape[0], 1]) + x.Flatten().Sum()")};");
                return builder.Methods[^1].Contains("Reshape", StringComparison.Ordinal)
                    ? builder.AddExpression($"{{0}}.TimeDistributed({name})", [x.Shape[0], x.Shape[1], 1], x)
                    : builder.AddExpression($"{{0}}.TimeDistributed({name})", x.Shape, x);
            case 7 when x.Shape.Length > 1:
                int[] order = [.. Enumerable.Range(0, x.Shape.Length - 2), x.Shape.Length - 1, x.Shape.Length - 2];
                return builder.AddExpression($"Tensor.MatMul({{0}}, {{0}}.Permute({RandomNetworkBuilder.List(order)})) / {x.Shape[^1]}", [.. x.Shape[..^1], x.Shape[^2]], x);
            case 8:
                int axis = builder.Random.Next(x.Shape.Length), start = builder.Random.Next(x.Shape[axis]), length = builder.Random.Next(1, x.Shape[axis] - start + 1);
                return builder.AddExpression($"{{0}}.Slice({axis}, {start}, {length})", [.. x.Shape.Select((extent, other) => other == axis ? length : extent)], x);
            case 9:
                return builder.AddExpression($"{{0}} * (1 + Tensor.Parameter(\"own{builder.Steps.Length}\", [{x.Shape[^1]}], Initializer.RandomNormal))", x.Shape, x);
            case 10 when x.Shape.Length > 1:
                int gone = builder.Random.Next(x.Shape.Length);
                return builder.AddExpression($"{{0}}.{builder.Pick("Sum", "Mean", "Max")}({gone})", [.. x.Shape.Where((_, other) => other != gone)], x);
            case 11 when open.FirstOrDefault(value => value.Name != x.Name && value.Shape.SequenceEqual(x.Shape)) is { } factor:
                used.Add(factor.Name);
                return builder.AddExpression("Tensor.Dot([{0}, {1}], axis: -1)", x.Shape.Length == 1 ? [1] : x.Shape[..^1], x, factor);
            case 12 when x.Shape.Length == 2:
                RandomValue looked = open.FirstOrDefault(value => value.Name != x.Name && value.Shape.Length == 2) ?? x;
                used.Add(looked.Name);
                return builder.AddExpression($"Tensor.MultiHeadAttention({{0}}, {{1}}, {builder.Pick(1, 2)}, {builder.Pick(2, 3)}{builder.Pick("", ", dropout: 0.25")})", x.Shape, x, looked);
            default:
                return builder.Layer(x);
        }
    }

    private static (string Declared, RandomValue Value) Input(RandomNetworkBuilder builder, string name)
    {
        int kind = builder.Random.Next(5);
        if (kind == 4)
        {
            return Embedded(builder, name);
        }

        RandomValue value = (kind switch { 0 => Image(builder), 1 => Sequence(builder), _ => new RandomValue("", [builder.Pick(1, 3, 5, 16, 17)]) }) with { Name = name };
        return ($"Input({string.Join(", ", value.Shape)})", value);
    }

    private static (string Declared, RandomValue Value) Embedded(RandomNetworkBuilder builder, string name)
    {
        int steps = builder.Random.Next(2, 8), vocabulary = builder.Pick(3, 7, 20), units = builder.Channel();
        string declared = $"Tokens({steps}, Vocabulary = {vocabulary}{(builder.Chance(0.7) ? ", Padding = 0" : "")})";
        return (declared, builder.Add("Embedding", new RandomValue(name, [steps]), [steps, units], [RandomNetworkBuilder.Text(units)]));
    }

    private static RandomValue Image(RandomNetworkBuilder builder) => new("x0", [builder.Random.Next(1, 10), builder.Random.Next(1, 10), builder.Pick(1, 3, 5, 16, 17)]);

    private static RandomValue Sequence(RandomNetworkBuilder builder) => new("x0", [builder.Random.Next(1, 10), builder.Pick(1, 3, 5, 16, 17)]);
}
