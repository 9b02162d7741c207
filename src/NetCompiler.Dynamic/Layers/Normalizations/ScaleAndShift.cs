using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>The end of every normalization: y = x gamma + beta over the last axis, without the weights that the layer does not have.</summary>
internal static class ScaleAndShift
{
    public static Value<T> Apply<T>(LayerCall<T> call, Value<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (call.Weight("gamma") is { } gamma)
        {
            x = call.Apply(new Multiply<T>(), x, gamma);
        }

        return call.Weight("beta") is { } beta ? call.Apply(new Add<T>(), x, beta) : x;
    }
}
