using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Losses;

/// <summary>The mean over the outputs of e^2 / 2 for |e| up to delta, else delta (|e| - delta / 2), with e = output - target.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class HuberLoss<T> : LossFunction<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LossCall<T> call)
    {
        Value<T> error = call.Apply(new Subtract<T>(), call.Output, call.ShapedTarget());
        return call.MeanOverSample(call.Apply(new HuberFunction<T>(call.Delta), error));
    }
}
