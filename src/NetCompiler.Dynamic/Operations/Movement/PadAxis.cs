using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>Zeros before and behind an axis.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class PadAxis<T>(int axis, int before, int after) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        AxisView view = AxisView.Of(x, axis);
        int size = before + view.Size + after, part = view.Size * view.Inner;
        T[] result = new T[view.Outer * size * view.Inner];
        for (int outer = 0; outer < view.Outer; outer++)
        {
            x.Data.AsSpan(outer * part, part).CopyTo(result.AsSpan(((outer * size) + before) * view.Inner));
        }

        return x.Like(result, view.Resize(x.Shape, size));
    }

    // f[before + i] = x[i], dx[i] = df[before + i]
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        AxisView view = AxisView.Of(operands[0], axis);
        int size = before + view.Size + after, part = view.Size * view.Inner;
        for (int outer = 0; outer < view.Outer; outer++)
        {
            Span<T> dx = operands[0].Gradient.AsSpan(outer * part, part);
            TensorPrimitives.Add(dx, result.Gradient.AsSpan(((outer * size) + before) * view.Inner, part), dx);
        }
    }
}
