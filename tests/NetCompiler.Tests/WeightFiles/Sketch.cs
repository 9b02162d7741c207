using NetCompiler.Tests.Runtime;

namespace NetCompiler.Tests.WeightFiles;

/// <summary>Descriptions of layers in a row, as far as weight files look at them.</summary>
internal static class Sketch
{
    public static FakeNetwork Network(int[] input, params LayerDescription[] layers) => new(new NetworkDescription
    {
        Name = "Net",
        Inputs = [new InputDescription("input", input)],
        Layers = [.. layers.Select((layer, i) => layer with { Operands = [i] })],
        Outputs = [new OutputDescription("output", layers.Length, layers[^1].Shape)],
        ParameterCount = layers.SelectMany(layer => layer.Weights).Where(weight => weight.IsTrainable).Sum(weight => weight.Length),
        StatisticsCount = layers.SelectMany(layer => layer.Weights).Where(weight => !weight.IsTrainable).Sum(weight => weight.Length),
        ArchitectureHash = "",
    });

    public static LayerDescription Layer(string name, string kind, int[] shape, params (string Word, int[] Shape)[] weights) => new(name, kind, [0], shape)
    {
        Weights = [.. weights.Select(weight => new WeightDescription($"{name}.{weight.Word}", weight.Shape, Initializer.Zeros) { IsTrainable = !weight.Word.StartsWith("moving_", StringComparison.Ordinal) })],
    };

    public static LayerDescription Dense(string name, int inputs, int units) => Layer(name, "Dense", [units], ("kernel", [inputs, units]), ("bias", [units]));

    public static LayerDescription Conv2D(string name, int[] shape, int kernel, int channels) =>
        Layer(name, "Conv2D", shape, ("kernel", [kernel, kernel, channels, shape[^1]]), ("bias", [shape[^1]]));

    public static LayerDescription BatchNormalization(string name, int[] shape) =>
        Layer(name, "BatchNormalization", shape, ("gamma", [shape[^1]]), ("beta", [shape[^1]]), ("moving_mean", [shape[^1]]), ("moving_variance", [shape[^1]]));

    /// <summary>A recurrent layer; gates is 1, 3 or 4.</summary>
    public static LayerDescription Recurrent(string name, string kind, int gates, int inputs, int units, bool isBidirectional = false)
    {
        int[] bias = kind == "Gru" ? [2, gates * units] : [gates * units];
        return Layer(name, kind, [units], [.. (isBidirectional ? new[] { "forward.", "backward." } : [""]).SelectMany(half => new (string, int[])[]
        {
            ($"{half}kernel", [inputs, gates * units]), ($"{half}recurrent_kernel", [units, gates * units]), ($"{half}bias", bias),
        })]);
    }

    public static LayerDescription Attention(string name, int model, int heads, int units, int valueUnits, int outputUnits = 0) =>
        Layer(
            name,
            "MultiHeadAttention",
            [5, outputUnits > 0 ? outputUnits : model],
            ("query_kernel", [model, heads * units]),
            ("key_kernel", [model, heads * units]),
            ("value_kernel", [model, heads * valueUnits]),
            ("output_kernel", [heads * valueUnits, outputUnits > 0 ? outputUnits : model]),
            ("query_bias", [heads * units]),
            ("key_bias", [heads * units]),
            ("value_bias", [heads * valueUnits]),
            ("output_bias", [outputUnits > 0 ? outputUnits : model])) with
        { Options = new Dictionary<string, object> { ["Heads"] = heads } };
}
