using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Losses;

/// <summary>sum t log(t / p) over the classes, both clipped to [1e-7, 1] as in Keras; the mean over a sequence's steps.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class KullbackLeiblerLoss<T> : LossFunction<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LossCall<T> call)
    {
        Value<T> t = call.Apply(new Clip<T>(LossCall<T>.ProbabilityMargin, 1), call.ShapedTarget());
        Value<T> p = call.Apply(new Clip<T>(LossCall<T>.ProbabilityMargin, 1), call.Output);
        Value<T> ratio = call.Apply(new Log<T>(), call.Apply(new Divide<T>(), t, p));
        return call.MeanOverSample(call.Apply(new Sum<T>(-1), call.Apply(new Multiply<T>(), t, ratio)));
    }
}
