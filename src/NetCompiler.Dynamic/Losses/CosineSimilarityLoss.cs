using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Losses;

/// <summary>Minus the cosine between output and target along the last axis, the mean over the other axes.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class CosineSimilarityLoss<T> : LossFunction<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Keras's l2_normalize: squared lengths are at least this.
    private const double SmallestSquare = 1e-12;

    public override Value<T> Apply(LossCall<T> call)
    {
        Value<T> target = call.ShapedTarget();
        Value<T> product = call.Apply(new Sum<T>(-1), call.Apply(new Multiply<T>(), call.Output, target));
        Value<T> lengths = call.Apply(new Multiply<T>(), Length(call, call.Output), Length(call, target));
        return call.MeanOverSample(call.Apply(new Negate<T>(), call.Apply(new Divide<T>(), product, lengths)));
    }

    private static Value<T> Length(LossCall<T> call, Value<T> vector)
    {
        Value<T> square = call.Apply(new Sum<T>(-1), call.Apply(new Square<T>(), vector));
        return call.Apply(new Sqrt<T>(), call.Apply(new Clip<T>(SmallestSquare, double.PositiveInfinity), square));
    }
}
