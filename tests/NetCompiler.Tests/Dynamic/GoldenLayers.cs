using System.Text.Json;

namespace NetCompiler.Tests.Dynamic;

/// <summary>The golden cases of single layers as descriptions.</summary>
internal static class GoldenLayers
{
    /// <summary>The layer of a case, or null for a kind that is none.</summary>
    public static LayerDescription? Of(GoldenFile file)
    {
        JsonElement config = file.Config;
        return file.Kind switch
        {
            "activation" => ActivationLayer(file),
            "dense" => Layer("Dense", ("Activation", Activation())),
            "conv1d" => Layer("Conv1D", ("Strides", Number("stride")), ("Dilation", Number("dilation")), Padding(), ("Activation", Activation())),
            "conv2d" => Layer(
                "Conv2D",
                ("StrideHeight", At("stride", 0)),
                ("StrideWidth", At("stride", 1)),
                ("DilationHeight", At("dilation", 0)),
                ("DilationWidth", At("dilation", 1)),
                ("Groups", Number("groups")),
                Padding(),
                ("Activation", Activation())),
            "conv2d_transpose" => Layer("Conv2DTranspose", ("StrideHeight", At("stride", 0)), ("StrideWidth", At("stride", 1)), Padding(), ("Activation", Activation())),
            "max_pool1d" => Layer("MaxPool1D", ("PoolSize", Number("size")), ("Strides", Number("stride")), Padding()),
            "max_pool2d" or "average_pool2d" => Layer(
                file.Kind == "max_pool2d" ? "MaxPool2D" : "AveragePool2D",
                ("PoolHeight", At("size", 0)),
                ("PoolWidth", At("size", 1)),
                ("StrideHeight", At("stride", 0)),
                ("StrideWidth", At("stride", 1)),
                Padding()),
            "global_average_pool1d" => Layer("GlobalAveragePool1D"),
            "global_average_pool2d" => Layer("GlobalAveragePool2D"),
            "global_max_pool1d" => Layer("GlobalMaxPool1D"),
            "global_max_pool2d" => Layer("GlobalMaxPool2D"),
            "up_sampling2d" => Layer("UpSampling2D", ("SizeHeight", At("size", 0)), ("SizeWidth", At("size", 1))),
            "zero_padding2d" => Layer("ZeroPadding2D", Borders("padding")),
            "cropping2d" => Layer("Cropping2D", Borders("cropping")),
            "batch_normalization_training" or "batch_normalization_inference" => WithStatistics(Layer("BatchNormalization", ("Epsilon", Real("epsilon")))),
            "layer_normalization" => Layer("LayerNormalization", ("Epsilon", Real("epsilon"))),
            "group_normalization" => Layer("GroupNormalization", ("Groups", Number("groups")), ("Epsilon", Real("epsilon"))),
            "rms_normalization" => Layer("RmsNormalization", ("Epsilon", Real("epsilon"))),
            "embedding" => Layer("Embedding", ("Units", Number("units"))),
            "simple_rnn" => Layer("SimpleRnn", Sequences()),
            "lstm" => Layer("Lstm", Sequences()),
            "gru" => Layer("Gru", Sequences()),
            "gru_reset_before" => Layer("Gru", Sequences(), ("ResetAfter", false)),
            "bidirectional_lstm" => Layer("Lstm", Sequences(), ("Bidirectional", true)),
            "multi_head_attention" => Layer("MultiHeadAttention", ("Heads", Number("heads")), ("KeyUnits", Number("key_units")), ("Causal", config.GetProperty("causal").GetBoolean())),
            "add" or "subtract" or "multiply" or "maximum" or "average" or "concat" => Layer(GoldenCase.Pascal(file.Kind)),
            "dot" => Layer("Dot", ("Axis", Number("axis"))),
            "matmul" => Layer("MatMul"),

            // Keras counts from one, the batch being the axis 0.
            "permute" => Layer("Permute", ("Order", config.GetProperty("order").EnumerateArray().Select(axis => axis.GetInt32() - 1).ToArray())),
            "reshape" => Layer("Reshape"),

            // The file counts the batch as the axis 0.
            "slice" => Layer("Slice", ("Axis", Number("axis") - 1), ("Start", Number("start")), ("Length", Number("length"))),
            "repeat_vector" => Layer("RepeatVector", ("Times", Number("times"))),
            _ => null,
        };

        LayerDescription Layer(string kind, params (string Name, object Value)[] options)
        {
            string[] weights = file.Suffixes("param.");
            return new LayerDescription($"{file.Kind}1", kind, [.. Enumerable.Range(0, file.Suffixes("input").Length)], file.Shape("output")[1..])
            {
                Options = options.ToDictionary(option => option.Name, option => option.Value),
                Weights = [.. weights.Select(weight => new WeightDescription(weight, file.Shape("param." + weight), Initializer.Zeros))],
            };
        }

        int Number(string name) => config.GetProperty(name).GetInt32();

        double Real(string name) => config.GetProperty(name).GetDouble();

        int At(string name, int index) => config.GetProperty(name)[index].GetInt32();

        Activation Activation() => GoldenCase.ActivationOf(config.GetProperty("activation").GetString()!);

        (string Name, object Value) Padding() => ("Padding", Enum.Parse<Padding>(GoldenCase.Pascal(config.GetProperty("padding").GetString()!)));

        (string Name, object Value) Sequences() => ("ReturnSequences", config.GetProperty("return_sequences").GetBoolean());

        (string Name, object Value)[] Borders(string name) => [.. ((string[])["Top", "Bottom", "Left", "Right"]).Select((side, i) => (side, (object)config.GetProperty(name)[i / 2][i % 2].GetInt32()))];
    }

    /// <summary>A batch normalization with its moving statistics.</summary>
    public static LayerDescription WithStatistics(LayerDescription layer)
    {
        WeightDescription first = layer.Weights[0];
        string prefix = first.Name[..(first.Name.LastIndexOf('.') + 1)];
        return layer with
        {
            Weights =
            [
                .. layer.Weights,
                new WeightDescription(prefix + "moving_mean", first.Shape, Initializer.Zeros) { IsTrainable = false },
                new WeightDescription(prefix + "moving_variance", first.Shape, Initializer.Ones) { IsTrainable = false },
            ],
        };
    }

    private static LayerDescription ActivationLayer(GoldenFile file)
    {
        string name = file.Config.GetProperty("activation").GetString()!;
        int[] shape = file.Shape("input") is [_, .. { Length: > 0 } rest] ? rest : [1];
        return name is "abs" or "log" or "sqrt" or "square" or "reciprocal" ? Describe.Operation(GoldenCase.Pascal(name), [0], shape) : Describe.Activate(0, shape, GoldenCase.ActivationOf(name));
    }
}
