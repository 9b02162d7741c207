namespace NetCompiler.Tests.Dynamic;

/// <summary>
/// A layer in a small network whose loss depends on every value of its input through weights: floats are scaled and shifted by parameters of the input's shape, tokens, padded with 0, are embedded.
/// </summary>
/// <param name="Kind">The layer under test.</param>
/// <param name="Input">The shape of its input.</param>
/// <param name="Output">The shape of its result, worked out by hand.</param>
internal sealed record LayerCase(string Kind, int[] Input, int[] Output)
{
    private const int Vocabulary = 5;

    /// <summary>The options that are not the defaults.</summary>
    public (string Name, object Value)[] Options { get; init; } = [];

    /// <summary>The weights with their shapes.</summary>
    public (string Name, int[] Shape)[] Weights { get; init; } = [];

    /// <summary>Whether the input comes from padded tokens.</summary>
    public bool IsMasked { get; init; }

    /// <summary>How often the layer takes the input as an operand; every further one is its sine.</summary>
    public int Operands { get; init; } = 1;

    /// <summary>The loss on the result.</summary>
    public Loss Loss { get; init; } = Loss.MeanSquaredError;

    /// <summary>The network.</summary>
    public NetworkDescription Network()
    {
        List<LayerDescription> layers = [];
        InputDescription input = IsMasked ? new("input", [Input[0]]) { Vocabulary = Vocabulary, Padding = 0 } : new("input", Input);
        if (IsMasked)
        {
            layers.Add(new LayerDescription("embedding1", "Embedding", [0], Input) { Weights = [new WeightDescription("embedding1.embeddings", [Vocabulary, Input[^1]], Initializer.RandomUniform)] });
        }
        else
        {
            layers.Add(Parameter("scale", Input));
            layers.Add(Parameter("shift", Input));
            layers.Add(Describe.Operation("Multiply", [0, 1], Input));
            layers.Add(Describe.Operation("Add", [3, 2], Input));
        }

        int first = layers.Count;
        for (int i = 1; i < Operands; i++)
        {
            layers.Add(Describe.Operation("Map", [first], Input) with { Function = x => Math.Sin(x + i) });
        }

        layers.Add(new LayerDescription("tested", Kind, [.. Enumerable.Range(first, Operands)], Output)
        {
            Options = Options.ToDictionary(option => option.Name, option => option.Value),
            Weights = [.. Weights.Select(weight => new WeightDescription("tested." + weight.Name, weight.Shape, Initializer.GlorotUniform) { IsTrainable = !weight.Name.StartsWith("moving", StringComparison.Ordinal) })],
        });
        bool isSparse = Loss == Loss.SparseCategoricalCrossentropy;
        int length = Output.Aggregate(1, (product, size) => product * size);
        TargetDescription target = isSparse ? new("target", length / Output[^1], Output[^1]) { Shape = Output[..^1] } : new("target", length, 0) { Shape = Output };
        return Describe.Network([input], [.. layers], [Describe.Loss(Loss) with { FromLogits = isSparse }], [target]);
    }

    /// <summary>Samples for the network: tokens end in padding of different lengths, one of them with padding inside.</summary>
    public Column Samples(int count)
    {
        int length = IsMasked ? Input[0] : Input.Aggregate(1, (product, size) => product * size);
        if (!IsMasked)
        {
            return Describe.Random(count * length, 3);
        }

        int[] tokens = new int[count * length];
        for (int i = 0; i < tokens.Length; i++)
        {
            (int sample, int step) = (i / length, i % length);
            tokens[i] = step >= length - sample || (sample == 1 && step == 1) ? 0 : 1 + (((7 * i) + sample) % (Vocabulary - 1));
        }

        return tokens;
    }

    /// <summary>Targets for the network.</summary>
    public Column Targets(int count)
    {
        TargetDescription target = Network().Targets[0];
        return target.IsClasses ? Enumerable.Range(0, count * target.Length).Select(i => i % target.Classes).ToArray() : Describe.Random(count * target.Length, 5);
    }

    public override string ToString()
    {
        IEnumerable<string> options = Options.Select(option => $"{option.Name} = {(option.Value is int[] list ? $"[{string.Join(", ", list)}]" : option.Value)}");
        return $"{Kind} ({string.Join(", ", Input)}){(IsMasked ? " masked" : "")} {string.Join(", ", options)}";
    }

    private static LayerDescription Parameter(string name, int[] shape) => new(name, "Parameter", [], shape) { Weights = [new WeightDescription(name, shape, Initializer.RandomNormal)] };
}
