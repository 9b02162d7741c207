using NetCompiler.Dynamic.Layers;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>
/// A softmax over the keys that a query may see, of scores (heads, queries, keys): padding is left out, and with causal order what comes after the query. The weights of the others are 0;
/// a query that sees nothing looks alike at all keys that are not after it, whatever the scores.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class AttentionWeights<T>(StepMask<T>? keys, bool isCausal) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private bool[] _isBlind = [];

    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        int count = x.LastAxis, queries = x.Shape[^2];
        T[] result = Allocate(x.Data.Length);
        _isBlind = new bool[x.Data.Length / count];
        for (int row = 0; row < _isBlind.Length; row++)
        {
            Span<T> y = result.AsSpan(row * count, count);
            x.Data.AsSpan(row * count, count).CopyTo(y);
            Hide(y, row * count / x.SampleLength, row % queries);
            T largest = TensorPrimitives.Max<T>(y);
            if (T.IsNegativeInfinity(largest))
            {
                int reached = isCausal ? Math.Min(count, (row % queries) + 1) : count;
                y.Clear();
                y[..reached].Fill(T.One / T.CreateChecked(reached));
                _isBlind[row] = true;
                continue;
            }

            TensorPrimitives.Subtract(y, largest, y);
            TensorPrimitives.Exp(y, y);
            TensorPrimitives.Divide(y, TensorPrimitives.Sum<T>(y), y);
        }

        return x.Like(result, x.Shape);
    }

    // f_i = e_i / sum e, dx_i = f_i (dy_i - sum_j f_j dy_j); 0 where f_i is 0 or does not depend on x
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        int length = result.LastAxis;
        T[] shifted = Allocate(length);
        for (int start = 0; start < result.Data.Length; start += length)
        {
            if (_isBlind[start / length])
            {
                continue;
            }

            ReadOnlySpan<T> y = result.Data.AsSpan(start, length), dy = result.Gradient.AsSpan(start, length);
            Span<T> dx = operands[0].Gradient.AsSpan(start, length);
            TensorPrimitives.Subtract(dy, TensorPrimitives.Dot(y, dy), shifted);
            TensorPrimitives.MultiplyAdd(y, shifted, dx, dx);
        }
    }

    private void Hide(Span<T> scores, int sample, int query)
    {
        if (isCausal && query + 1 < scores.Length)
        {
            scores[(query + 1)..].Fill(T.NegativeInfinity);
        }

        for (int key = 0; keys is not null && key < scores.Length; key++)
        {
            if (!keys.Keeps(sample, key))
            {
                scores[key] = T.NegativeInfinity;
            }
        }
    }
}
