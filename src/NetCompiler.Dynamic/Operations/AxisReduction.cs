using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>Reduces one axis of the sample's shape, or all of them.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal abstract class AxisReduction<T>(int? axis) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public sealed override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        (int outer, int size, int inner, int[] shape) = View(x);
        T[] result = Allocate(outer * inner);
        for (int o = 0; o < outer; o++)
        {
            Reduce(x.Data.AsSpan(o * size * inner, size * inner), result.AsSpan(o * inner, inner), size);
        }

        return x.Like(result, shape);
    }

    public sealed override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> x = operands[0];
        (int outer, int size, int inner, _) = View(x);
        for (int o = 0; o < outer; o++)
        {
            int start = o * size * inner;
            Spread(x.Data.AsSpan(start, size * inner), result.Data.AsSpan(o * inner, inner), result.Gradient.AsSpan(o * inner, inner), x.Gradient.AsSpan(start, size * inner), size);
        }
    }

    /// <summary>Reduces <paramref name="size"/> rows of x, each as long as y, to y.</summary>
    protected abstract void Reduce(ReadOnlySpan<T> x, Span<T> y, int size);

    /// <summary>Adds to dx what y's gradient gives to <paramref name="size"/> rows of x.</summary>
    protected abstract void Spread(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, int size);

    private (int Outer, int Size, int Inner, int[] Shape) View(Value<T> x)
    {
        if (axis is not int given)
        {
            return (x.Samples, x.SampleLength, 1, []);
        }

        int place = given < 0 ? given + x.Shape.Length : given;
        if ((uint)place >= (uint)x.Shape.Length)
        {
            throw new InvalidOperationException($"Axis {given} lies outside the shape ({string.Join(", ", x.Shape)}).");
        }

        int inner = Value<T>.LengthOf(x.Shape.AsSpan(place + 1));
        int outer = x.Samples * Value<T>.LengthOf(x.Shape.AsSpan(0, place));
        return (outer, x.Shape[place], inner, [.. x.Shape.AsSpan(0, place), .. x.Shape.AsSpan(place + 1)]);
    }
}
