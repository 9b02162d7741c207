using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Losses;

/// <summary>-sum t log p over the classes, the mean over a sequence's steps; exact from the logits, or right after a softmax.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class CategoricalCrossentropyLoss<T> : LossFunction<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LossCall<T> call)
    {
        Value<T> target = call.ShapedTarget();
        if (call.LabelSmoothing != 0)
        {
            // As Keras: t (1 - s) + s / classes.
            target = call.Apply(new Add<T>(), call.Scale(target, 1 - call.LabelSmoothing), Value<T>.Scalar(call.LabelSmoothing / call.Output.LastAxis));
        }

        Value<T> products = call.Apply(new Multiply<T>(), target, LogProbabilities.Of(call));
        return call.MeanOverSample(call.Apply(new Negate<T>(), call.Apply(new Sum<T>(-1), products)));
    }
}
