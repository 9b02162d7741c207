using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>Matrix products over the last two axes: (.., m, k) by (.., k, n), or by (.., n, k) transposed, gives (.., m, n). The operands agree in everything before.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class BatchedProduct<T>(bool isRightTransposed) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> a = operands[0], b = operands[1];
        (int m, int k, int n, int count) = Sizes(a, b);
        T[] result = new T[count * m * n];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<T> left = a.Data.AsSpan(i * m * k, m * k), right = b.Data.AsSpan(i * k * n, k * n);
            Span<T> product = result.AsSpan(i * m * n, m * n);
            if (isRightTransposed)
            {
                RowProducts.AddTransposed(left, right, product, n, k);
            }
            else
            {
                RowProducts.Add(left, right, product, k, n);
            }
        }

        return a.Like(result, [.. a.Shape[..^1], n]);
    }

    // f = A B: dA = df B^T, dB = A^T df; f = A B^T: dA = df B, dB = df^T A
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> a = operands[0], b = operands[1];
        (int m, int k, int n, int count) = Sizes(a, b);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<T> left = a.Data.AsSpan(i * m * k, m * k), right = b.Data.AsSpan(i * k * n, k * n), dy = result.Gradient.AsSpan(i * m * n, m * n);
            if (a.NeedsGradient && isRightTransposed)
            {
                RowProducts.Add(dy, right, a.Gradient.AsSpan(i * m * k, m * k), n, k);
            }
            else if (a.NeedsGradient)
            {
                RowProducts.AddTransposed(dy, right, a.Gradient.AsSpan(i * m * k, m * k), k, n);
            }

            if (b.NeedsGradient && isRightTransposed)
            {
                RowProducts.AddOuter(dy, left, b.Gradient.AsSpan(i * k * n, k * n), n, k);
            }
            else if (b.NeedsGradient)
            {
                RowProducts.AddOuter(left, dy, b.Gradient.AsSpan(i * k * n, k * n), k, n);
            }
        }
    }

    private (int M, int K, int N, int Count) Sizes(Value<T> a, Value<T> b)
    {
        int m = a.Shape[^2], k = a.Shape[^1], n = isRightTransposed ? b.Shape[^2] : b.Shape[^1], inner = isRightTransposed ? b.Shape[^1] : b.Shape[^2];
        if (k != inner || a.Data.Length / (m * k) != b.Data.Length / (k * n))
        {
            throw new InvalidOperationException($"Matrices of shapes ({string.Join(", ", a.Shape)}) and ({string.Join(", ", b.Shape)}){(isRightTransposed ? ", the latter transposed," : "")} have no product.");
        }

        return (m, k, n, a.Data.Length / (m * k));
    }
}
