using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>Matrix products over the last two axes, (.., m, k) by (.., k, n); the axes before are stretched as NumPy does.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class MatMulLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        if (call.Inputs is not [{ Shape.Length: >= 2 } left, { Shape.Length: >= 2 } right])
        {
            throw new InvalidOperationException($"{call.Layer.Kind} \"{call.Layer.Name}\" takes 2 operands of at least 2 axes, but has {string.Join(" and ", call.Inputs.Select(input => $"({string.Join(", ", input.Shape)})"))}.");
        }

        bool isPerSample = left.IsPerSample || right.IsPerSample;
        int samples = left.IsPerSample ? left.Samples : right.Samples;
        int[] outer = Broadcast<T>.Join(left.Shape[..^2], right.Shape[..^2]);
        left = Broadcast<T>.To(call.Tape, left, samples, isPerSample, [.. outer, .. left.Shape[^2..]]);
        right = Broadcast<T>.To(call.Tape, right, samples, isPerSample, [.. outer, .. right.Shape[^2..]]);
        return call.Tape.Apply(new BatchedProduct<T>(isRightTransposed: false), left, right);
    }
}
