using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Losses;

/// <summary>-log p of the target class, the mean over a sequence's steps; exact from the logits, or right after a softmax.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class SparseCategoricalCrossentropyLoss<T> : LossFunction<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LossCall<T> call) => LogProbabilities.OfClasses(call, LogProbabilities.Of(call));
}
