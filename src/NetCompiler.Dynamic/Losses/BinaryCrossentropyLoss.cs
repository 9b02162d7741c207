using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Losses;

/// <summary>The mean over the outputs of -(t log p + (1 - t) log(1 - p)); on logits, or right after a sigmoid, log(1 + exp(z)) - t z.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class BinaryCrossentropyLoss<T> : LossFunction<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LossCall<T> call)
    {
        Value<T> target = call.ShapedTarget();
        if (call.LabelSmoothing != 0)
        {
            // As Keras: t (1 - s) + s / 2.
            target = call.Apply(new Add<T>(), call.Scale(target, 1 - call.LabelSmoothing), Value<T>.Scalar(call.LabelSmoothing / 2));
        }

        if (call.Logits<Sigmoid<T>>() is { } z)
        {
            Value<T> product = call.Apply(new Multiply<T>(), target, z);
            return call.MeanOverSample(call.Apply(new Subtract<T>(), call.Apply(new Softplus<T>(), z), product));
        }

        Value<T> one = Value<T>.Scalar(1);
        Value<T> p = call.Apply(new Clip<T>(LossCall<T>.ProbabilityMargin, 1 - LossCall<T>.ProbabilityMargin), call.Output);
        Value<T> hit = call.Apply(new Multiply<T>(), target, call.Apply(new Log<T>(), p));
        Value<T> miss = call.Apply(new Multiply<T>(), call.Apply(new Subtract<T>(), one, target), call.Apply(new Log<T>(), call.Apply(new Subtract<T>(), one, p)));
        return call.MeanOverSample(call.Apply(new Negate<T>(), call.Apply(new Add<T>(), hit, miss)));
    }
}
