using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>y = c x with a number c.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ScaledByNumber<T>(double factor) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _factor = T.CreateChecked(factor);

    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        T[] result = Allocate(x.Data.Length);
        TensorPrimitives.Multiply(x.Data, _factor, result);
        return x.Like(result, x.Shape);
    }

    // f = c x, dx = c df
    public override void Backward(Value<T>[] operands, Value<T> result) =>
        TensorPrimitives.MultiplyAdd(result.Gradient, _factor, operands[0].Gradient, operands[0].Gradient);
}
