using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>Each entry of an axis several times in a row: y[.., i, ..] = x[.., i / times, ..]; the nearest neighbour when an image grows.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class RepeatAxis<T>(int axis, int times) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        AxisView view = AxisView.Of(x, axis);
        int inner = view.Inner;
        T[] result = Allocate(x.Data.Length * times);
        for (int row = 0; row < view.Outer * view.Size; row++)
        {
            ReadOnlySpan<T> source = x.Data.AsSpan(row * inner, inner);
            for (int copy = 0; copy < times; copy++)
            {
                source.CopyTo(result.AsSpan(((row * times) + copy) * inner));
            }
        }

        return x.Like(result, view.Resize(x.Shape, view.Size * times));
    }

    // f[i] = x[i / times], dx[j] = sum of df[i] over the copies of j
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        AxisView view = AxisView.Of(operands[0], axis);
        int inner = view.Inner;
        for (int row = 0; row < view.Outer * view.Size; row++)
        {
            Span<T> dx = operands[0].Gradient.AsSpan(row * inner, inner);
            for (int copy = 0; copy < times; copy++)
            {
                TensorPrimitives.Add(dx, result.Gradient.AsSpan(((row * times) + copy) * inner, inner), dx);
            }
        }
    }
}
