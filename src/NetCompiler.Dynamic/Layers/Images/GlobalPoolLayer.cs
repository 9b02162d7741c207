using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>
/// The maximum or the mean of each channel over all places, in one and two dimensions. Over a padded sequence only the steps that count enter, over an image all places; a sequence of nothing but padding gives zeros.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class GlobalPoolLayer<T>(bool isMaximum) : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        Value<T> pooled = Pool(call);
        return call.Layer.Flag("KeepDims", false) ? call.Apply(new Reshape<T>([.. Enumerable.Repeat(1, call.Input.Shape.Length - 1), pooled.LastAxis]), pooled) : pooled;
    }

    private Value<T> Pool(LayerCall<T> call)
    {
        Value<T> x = call.Input;
        if (x.Shape.Length < 2)
        {
            throw new InvalidOperationException($"{call.Layer.Name}: an input of shape ({string.Join(", ", x.Shape)}) has no places to pool over.");
        }

        if (call.Mask is { } mask && x.Shape.Length == 2)
        {
            return isMaximum
                ? call.Apply(new MaximumOverAxis<T>(0), call.Apply(new MaskedFill<T>(mask), x))
                : call.Apply(new Sum<T>(0), call.Apply(new ScaledBy<T>(mask.MeanFactors(1, x.SampleLength / mask.Steps)), x));
        }

        x = call.Apply(new Reshape<T>([x.SampleLength / x.LastAxis, x.LastAxis]), x);
        return call.Apply(isMaximum ? new MaximumOverAxis<T>(0) : new Mean<T>(0), x);
    }
}
