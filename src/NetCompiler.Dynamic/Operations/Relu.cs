using System.Runtime.InteropServices;

namespace NetCompiler.Dynamic.Operations;

/// <summary>y = max(0, x); the derivative at 0 is 0.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Relu<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Max(x, T.Zero, y);

    // f = max(0, x), f' = [x > 0]; TensorPrimitives has no comparison, so this one walks over vectors itself.
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        ReadOnlySpan<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(x);
        Span<Vector<T>> results = MemoryMarshal.Cast<T, Vector<T>>(derivative);
        for (int i = 0; i < vectors.Length; i++)
        {
            results[i] = Vector.ConditionalSelect(Vector.GreaterThan(vectors[i], Vector<T>.Zero), Vector<T>.One, Vector<T>.Zero);
        }

        for (int i = vectors.Length * Vector<T>.Count; i < x.Length; i++)
        {
            derivative[i] = x[i] > T.Zero ? T.One : T.Zero;
        }
    }
}
