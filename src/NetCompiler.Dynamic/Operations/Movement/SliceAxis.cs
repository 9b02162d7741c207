using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>A part of an axis: y[.., i, ..] = x[.., start + i, ..].</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class SliceAxis<T>(int axis, int start, int length) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        AxisView view = AxisView.Of(x, axis);
        if (start < 0 || length < 0 || start + length > view.Size)
        {
            throw new InvalidOperationException($"{length} from {start} on lie outside axis {view.Place} of the shape ({string.Join(", ", x.Shape)}).");
        }

        int part = length * view.Inner;
        T[] result = Allocate(view.Outer * part);
        for (int outer = 0; outer < view.Outer; outer++)
        {
            x.Data.AsSpan(((outer * view.Size) + start) * view.Inner, part).CopyTo(result.AsSpan(outer * part));
        }

        return x.Like(result, view.Resize(x.Shape, length));
    }

    // f[i] = x[start + i], dx[start + i] = df[i]
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        AxisView view = AxisView.Of(operands[0], axis);
        int part = length * view.Inner;
        for (int outer = 0; outer < view.Outer; outer++)
        {
            Span<T> dx = operands[0].Gradient.AsSpan(((outer * view.Size) + start) * view.Inner, part);
            TensorPrimitives.Add(dx, result.Gradient.AsSpan(outer * part, part), dx);
        }
    }
}
