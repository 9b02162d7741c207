using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>y = x times given numbers, one per value, that need no gradient: a dropout mask, the samples' weights.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ScaledBy<T>(T[] factors) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        T[] result = Allocate(x.Data.Length);
        TensorPrimitives.Multiply<T>(x.Data, factors, result);
        return x.Like(result, x.Shape);
    }

    // f = m x, dx = m df
    public override void Backward(Value<T>[] operands, Value<T> result) =>
        TensorPrimitives.MultiplyAdd<T>(result.Gradient, factors, operands[0].Gradient, operands[0].Gradient);
}
