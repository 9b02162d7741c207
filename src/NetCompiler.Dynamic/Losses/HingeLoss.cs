using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Losses;

/// <summary>The mean over the outputs of max(0, 1 - t y) with targets -1 and 1.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class HingeLoss<T> : LossFunction<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LossCall<T> call)
    {
        Value<T> product = call.Apply(new Multiply<T>(), call.ShapedTarget(), call.Output);
        return call.MeanOverSample(call.Apply(new Relu<T>(), call.Apply(new Subtract<T>(), Value<T>.Scalar(1), product)));
    }
}
