using System.Buffers;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>y = f(x), element by element; a derived class gives f and f'.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal abstract class ElementwiseOperation<T> : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public sealed override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        T[] y = Allocate(x.Data.Length);
        Compute(x.Data, y);
        return x.Like(y, x.Shape);
    }

    public sealed override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> x = operands[0];
        int length = x.Data.Length;
        T[] rented = ArrayPool<T>.Shared.Rent(length);
        Span<T> derivative = rented.AsSpan(0, length);
        Differentiate(x.Data, result.Data, derivative);
        TensorPrimitives.MultiplyAdd<T>(derivative, result.Gradient, x.Gradient, x.Gradient);
        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>Writes f(x) to <paramref name="y"/>.</summary>
    protected abstract void Compute(ReadOnlySpan<T> x, Span<T> y);

    /// <summary>Writes f'(x) to <paramref name="derivative"/>, given x and y = f(x).</summary>
    protected abstract void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative);

    /// <summary>A number in the element type.</summary>
    protected static T Number(double value) => T.CreateChecked(value);
}
