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
