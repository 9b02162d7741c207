using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Losses;

/// <summary>Minus the output at the target class, the mean over a sequence's steps; the output holds logarithms.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class NegativeLogLikelihoodLoss<T> : LossFunction<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LossCall<T> call) => LogProbabilities.OfClasses(call, call.Output);
}
