using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>How one kind of layer is executed.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal abstract class Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly Dictionary<string, Layer<T>> Kinds = new()
    {
        ["Dense"] = new DenseLayer<T>(),
        ["Activation"] = new ActivationLayer<T>(),
        ["Dropout"] = new DropoutLayer<T>(),
        ["Flatten"] = new ReshapeLayer<T>(),
        ["Reshape"] = new ReshapeLayer<T>(),
        ["Normalization"] = new NormalizationLayer<T>(),

        ["Conv1D"] = new ConvolutionLayer<T>(isImage: false),
        ["Conv2D"] = new ConvolutionLayer<T>(isImage: true),
        ["DepthwiseConv2D"] = new DepthwiseConvolutionLayer<T>(isSeparable: false),
        ["SeparableConv2D"] = new DepthwiseConvolutionLayer<T>(isSeparable: true),
        ["Conv2DTranspose"] = new TransposedConvolutionLayer<T>(),
        ["MaxPool1D"] = new PoolLayer<T>(isMaximum: true, isImage: false),
        ["MaxPool2D"] = new PoolLayer<T>(isMaximum: true, isImage: true),
        ["AveragePool1D"] = new PoolLayer<T>(isMaximum: false, isImage: false),
        ["AveragePool2D"] = new PoolLayer<T>(isMaximum: false, isImage: true),
        ["GlobalMaxPool1D"] = new GlobalPoolLayer<T>(isMaximum: true),
        ["GlobalMaxPool2D"] = new GlobalPoolLayer<T>(isMaximum: true),
        ["GlobalAveragePool1D"] = new GlobalPoolLayer<T>(isMaximum: false),
        ["GlobalAveragePool2D"] = new GlobalPoolLayer<T>(isMaximum: false),
        ["UpSampling1D"] = new UpSamplingLayer<T>(isImage: false),
        ["UpSampling2D"] = new UpSamplingLayer<T>(isImage: true),
        ["ZeroPadding1D"] = new ZeroPaddingLayer<T>(isImage: false),
        ["ZeroPadding2D"] = new ZeroPaddingLayer<T>(isImage: true),
        ["Cropping1D"] = new CroppingLayer<T>(isImage: false),
        ["Cropping2D"] = new CroppingLayer<T>(isImage: true),

        ["BatchNormalization"] = new BatchNormalizationLayer<T>(),
        ["LayerNormalization"] = new LayerNormalizationLayer<T>(),
        ["GroupNormalization"] = new GroupNormalizationLayer<T>(),
        ["RmsNormalization"] = new RmsNormalizationLayer<T>(),

        ["Embedding"] = new EmbeddingLayer<T>(),
        ["PositionalEmbedding"] = new PositionalEmbeddingLayer<T>(),
        ["SimpleRnn"] = new RecurrentLayer<T>((call, prefix) => new SimpleRnnCell<T>(call, prefix)),
        ["Lstm"] = new RecurrentLayer<T>((call, prefix) => new LstmCell<T>(call, prefix)),
        ["Gru"] = new RecurrentLayer<T>((call, prefix) => new GruCell<T>(call, prefix)),
        ["MultiHeadAttention"] = new MultiHeadAttentionLayer<T>(),
        ["GaussianNoise"] = new GaussianNoiseLayer<T>(),

        ["Concat"] = new ConcatLayer<T>(),
        ["Dot"] = new DotLayer<T>(),
        ["MatMul"] = new MatMulLayer<T>(),
        ["Permute"] = new PermuteLayer<T>(),
        ["RepeatVector"] = new RepeatVectorLayer<T>(),
        ["Slice"] = new SliceLayer<T>(),
        ["Parameter"] = new ParameterLayer<T>(),
        ["Steps"] = new StepsLayer<T>(),
    };

    /// <summary>Executes a layer of any kind, or a tensor operation such as Add or Log.</summary>
    /// <exception cref="NotSupportedException">The kind is unknown.</exception>
    public static Value<T> Run(LayerCall<T> call)
    {
        Value<T>? result = Kinds.TryGetValue(call.Layer.Kind, out Layer<T>? layer) ? layer.Apply(call) : TensorOperations.TryApply(call);
        return result ?? throw new NotSupportedException($"The interpreter knows no layer of kind {call.Layer.Kind} (\"{call.Layer.Name}\"). It knows {string.Join(", ", Kinds.Keys)} and the operations of tensors.");
    }

    /// <summary>Computes the layer's result.</summary>
    public abstract Value<T> Apply(LayerCall<T> call);
}
