using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>Operands one after the other along an axis; their other axes are equal.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ConcatAxis<T>(int axis) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> first = operands[0];
        AxisView view = AxisView.Of(first, axis);
        foreach (Value<T> operand in operands)
        {
            bool fits = operand.Shape.Length == first.Shape.Length && operand.IsPerSample == first.IsPerSample;
            if (!fits || !view.Resize(operand.Shape, view.Size).AsSpan().SequenceEqual(first.Shape))
            {
                throw new InvalidOperationException($"Shapes ({string.Join(", ", first.Shape)}) and ({string.Join(", ", operand.Shape)}) differ in more than axis {view.Place}.");
            }
        }

        int size = operands.Sum(operand => operand.Shape[view.Place]), stride = size * view.Inner, start = 0;
        T[] result = Allocate(view.Outer * stride);
        foreach (Value<T> operand in operands)
        {
            int part = operand.Shape[view.Place] * view.Inner;
            for (int outer = 0; outer < view.Outer; outer++)
            {
                operand.Data.AsSpan(outer * part, part).CopyTo(result.AsSpan((outer * stride) + start));
            }

            start += part;
        }

        return first.Like(result, view.Resize(first.Shape, size));
    }

    // f[start of k + i] = x_k[i], dx_k[i] = df[start of k + i]
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        AxisView view = AxisView.Of(result, axis);
        int stride = view.Size * view.Inner, start = 0;
        foreach (Value<T> operand in operands)
        {
            int part = operand.Shape[view.Place] * view.Inner;
            for (int outer = 0; outer < view.Outer && operand.NeedsGradient; outer++)
            {
                Span<T> dx = operand.Gradient.AsSpan(outer * part, part);
                TensorPrimitives.Add(dx, result.Gradient.AsSpan((outer * stride) + start, part), dx);
            }

            start += part;
        }
    }
}
