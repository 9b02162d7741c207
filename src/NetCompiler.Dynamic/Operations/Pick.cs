using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>y = x[class] along the last axis, one class per row: (n, ..., K) gives (n, ...).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Pick<T>(int[] classes) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        T[] result = Allocate(classes.Length);
        for (int row = 0; row < result.Length; row++)
        {
            result[row] = x.Data[(row * x.LastAxis) + classes[row]];
        }

        return x.Like(result, x.Shape[..^1]);
    }

    // f[r] = x[r, class r], dx[r, class r] = df[r]
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> x = operands[0];
        for (int row = 0; row < classes.Length; row++)
        {
            x.Gradient[(row * x.LastAxis) + classes[row]] += result.Gradient[row];
        }
    }
}
