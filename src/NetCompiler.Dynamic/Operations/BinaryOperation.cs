using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>z = f(x, y), element by element, of operands that <see cref="Broadcast{T}"/> made alike.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal abstract class BinaryOperation<T> : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public sealed override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0], y = operands[1];
        T[] z = Allocate(x.Data.Length);
        Compute(x.Data, y.Data, z);
        return x.Like(z, x.Shape);
    }

    public sealed override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> x = operands[0], y = operands[1];
        if (x.NeedsGradient)
        {
            AddLeft(x.Data, y.Data, result.Data, result.Gradient, x.Gradient);
        }

        if (y.NeedsGradient)
        {
            AddRight(x.Data, y.Data, result.Data, result.Gradient, y.Gradient);
        }
    }

    /// <summary>Writes f(x, y) to <paramref name="z"/>.</summary>
    protected abstract void Compute(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z);

    /// <summary>Adds dz df/dx to <paramref name="dx"/>.</summary>
    protected abstract void AddLeft(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, ReadOnlySpan<T> dz, Span<T> dx);

    /// <summary>Adds dz df/dy to <paramref name="dy"/>.</summary>
    protected abstract void AddRight(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, ReadOnlySpan<T> dz, Span<T> dy);
}
