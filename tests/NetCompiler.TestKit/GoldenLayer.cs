using System.Globalization;

namespace NetCompiler.TestKit;

/// <summary>The layer of a golden case of one layer over images, or of a normalization: its kind and options as declarations write them.</summary>
/// <param name="Kind">The kind: Conv2D.</param>
/// <param name="Options">The options that differ from their defaults: numbers, texts as <c>Padding.Same</c>, int[].</param>
public sealed record GoldenLayer(string Kind, IReadOnlyList<(string Name, object Value)> Options)
{
    private static readonly Dictionary<string, (string Kind, Func<Golden, (string Name, object Value)[]> Options)> Kinds = new()
    {
        ["conv1d"] = ("Conv1D", golden => [.. Filters(golden), ("KernelSize", (int)golden.Number("kernel")), ("Strides", (int)golden.Number("stride")), ("Dilation", (int)golden.Number("dilation")), Padding(golden)]),
        ["conv2d"] = ("Conv2D", golden => [.. Filters(golden), .. Sizes(golden, "kernel", "Kernel"), .. Sides(golden, "stride", "Stride"), .. Sides(golden, "dilation", "Dilation"), ("Groups", (int)golden.Number("groups")), Padding(golden)]),
        ["conv2d_transpose"] = ("Conv2DTranspose", golden => [.. Filters(golden), .. Sizes(golden, "kernel", "Kernel"), .. Sides(golden, "stride", "Stride"), Padding(golden)]),
        ["max_pool1d"] = ("MaxPool1D", golden => [("PoolSize", (int)golden.Number("size")), ("Strides", (int)golden.Number("stride")), Padding(golden)]),
        ["max_pool2d"] = ("MaxPool2D", golden => [.. Sizes(golden, "size", "Pool"), .. Sides(golden, "stride", "Stride"), Padding(golden)]),
        ["average_pool2d"] = ("AveragePool2D", golden => [.. Sizes(golden, "size", "Pool"), .. Sides(golden, "stride", "Stride"), Padding(golden)]),
        ["global_max_pool1d"] = ("GlobalMaxPool1D", _ => []),
        ["global_max_pool2d"] = ("GlobalMaxPool2D", _ => []),
        ["global_average_pool1d"] = ("GlobalAveragePool1D", _ => []),
        ["global_average_pool2d"] = ("GlobalAveragePool2D", _ => []),
        ["up_sampling2d"] = ("UpSampling2D", golden => Sides(golden, "size", "Size")),
        ["zero_padding2d"] = ("ZeroPadding2D", golden => Borders(golden, "padding")),
        ["cropping2d"] = ("Cropping2D", golden => Borders(golden, "cropping")),
        ["batch_normalization_training"] = ("BatchNormalization", golden => [("Momentum", golden.Number("momentum")), ("Epsilon", golden.Number("epsilon"))]),
        ["batch_normalization_inference"] = ("BatchNormalization", golden => [("Epsilon", golden.Number("epsilon"))]),
        ["layer_normalization"] = ("LayerNormalization", golden => [("Epsilon", golden.Number("epsilon"))]),
        ["rms_normalization"] = ("RmsNormalization", golden => [("Epsilon", golden.Number("epsilon"))]),
        ["group_normalization"] = ("GroupNormalization", golden => [("Groups", (int)golden.Number("groups")), ("Epsilon", golden.Number("epsilon"))]),
        ["permute"] = ("Permute", golden => [("Order", (int[])[.. Integers(golden, "order").Select(axis => axis - 1)])]), // the case counts axes from 1, as Keras
        ["repeat_vector"] = ("RepeatVector", golden => [("Times", (int)golden.Number("times"))]),
    };

    /// <summary>Whether a case is a layer of these kinds.</summary>
    public static bool Covers(Golden golden) => Kinds.ContainsKey(golden.Kind);

    /// <summary>The layer of a case.</summary>
    public static GoldenLayer Of(Golden golden) => new(Kinds[golden.Kind].Kind, Kinds[golden.Kind].Options(golden));

    /// <summary>The layer as an attribute, the options of the constructor first.</summary>
    public string ToAttribute()
    {
        string[] positional = Kind.StartsWith("Conv", StringComparison.Ordinal) ? ["Filters", "KernelSize"] : ["PoolSize", "Times", "Groups", "Order"];
        IEnumerable<string> first = positional.SelectMany(name => Options.Where(option => option.Name == name && !(name == "Groups" && Kind.StartsWith("Conv", StringComparison.Ordinal)))).Select(option => Text(option.Value));
        IEnumerable<string> named = Options.Where(option => !positional.Contains(option.Name)).Select(option => $"{option.Name} = {Text(option.Value)}");
        return $"{Kind}({string.Join(", ", first.Concat(named))})";
    }

    private static string Text(object value) => value is int[] integers ? string.Join(", ", integers) : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static (string Name, object Value)[] Filters(Golden golden) =>
        [("Filters", (int)golden.Number("filters")), ("Activation", "Activation." + Capital(golden.Text("activation", "linear")))];

    private static (string Name, object Value) Padding(Golden golden) => ("Padding", "Padding." + Capital(golden.Text("padding", "valid")));

    private static (string Name, object Value)[] Sizes(Golden golden, string setting, string stem) => [($"{stem}Size", Integers(golden, setting)[0]), .. Sides(golden, setting, stem)];

    private static (string Name, object Value)[] Sides(Golden golden, string setting, string stem) => Integers(golden, setting) is [var height, var width]
        ? [($"{stem}Height", height), ($"{stem}Width", width)]
        : throw new InvalidDataException($"{golden.Name}: {setting} has not two sizes.");

    private static (string Name, object Value)[] Borders(Golden golden, string setting)
    {
        int[][] sides = [.. golden.Config.GetProperty(setting).EnumerateArray().Select(axis => (int[])[.. axis.EnumerateArray().Select(side => side.GetInt32())])];
        return [("Top", sides[0][0]), ("Bottom", sides[0][1]), ("Left", sides[1][0]), ("Right", sides[1][1])];
    }

    private static int[] Integers(Golden golden, string setting) => [.. golden.Config.GetProperty(setting).EnumerateArray().Select(value => value.GetInt32())];

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
