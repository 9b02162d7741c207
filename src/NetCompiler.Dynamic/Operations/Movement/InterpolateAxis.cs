using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>
/// An axis drawn out: y[.., i, ..] is x at the place (i + 1/2) / times - 1/2, in proportion between its two neighbours; beyond the ends the outermost values go on.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class InterpolateAxis<T>(int axis, int times) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        AxisView view = AxisView.Of(x, axis);
        T[] result = Allocate(x.Data.Length * times);
        for (int row = 0; row < view.Outer * view.Size * times; row++)
        {
            (int left, int right, T share) = Neighbours(view, row);
            for (int i = 0; i < view.Inner; i++)
            {
                result[(row * view.Inner) + i] = ((T.One - share) * x.Data[left + i]) + (share * x.Data[right + i]);
            }
        }

        return x.Like(result, view.Resize(x.Shape, view.Size * times));
    }

    // dx[left] += (1 - share) df, dx[right] += share df
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        AxisView view = AxisView.Of(operands[0], axis);
        T[] dx = operands[0].Gradient;
        for (int row = 0; row < view.Outer * view.Size * times; row++)
        {
            (int left, int right, T share) = Neighbours(view, row);
            for (int i = 0; i < view.Inner; i++)
            {
                T df = result.Gradient[(row * view.Inner) + i];
                dx[left + i] += (T.One - share) * df;
                dx[right + i] += share * df;
            }
        }
    }

    private (int Left, int Right, T Share) Neighbours(AxisView view, int row)
    {
        (int outer, int place) = Math.DivRem(row, view.Size * times);
        double at = Math.Clamp(((place + 0.5) / times) - 0.5, 0, view.Size - 1);
        int left = (int)at, right = Math.Min(left + 1, view.Size - 1), start = outer * view.Size;
        return ((start + left) * view.Inner, (start + right) * view.Inner, T.CreateChecked(at - left));
    }
}
