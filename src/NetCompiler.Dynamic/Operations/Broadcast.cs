using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>
/// Repeats a value so that two operands become alike: a value of the whole batch once per sample, an axis of 1 (or a missing leading
/// axis) as often as the other operand has it. Its gradient is the sum over the copies.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Broadcast<T>(int samples, bool isPerSample, int[] shape) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes two operands alike.</summary>
    /// <exception cref="InvalidOperationException">The shapes do not fit.</exception>
    public static (Value<T> Left, Value<T> Right) Pair(GradientTape<T> tape, Value<T> left, Value<T> right)
    {
        bool isPerSample = left.IsPerSample || right.IsPerSample;
        int samples = left.IsPerSample ? left.Samples : right.Samples;
        int[] shape = Join(left.Shape, right.Shape);
        return (To(tape, left, samples, isPerSample, shape), To(tape, right, samples, isPerSample, shape));
    }

    /// <summary>A value stretched to a shape, once per sample or for the whole batch; the value itself where it has that already.</summary>
    public static Value<T> To(GradientTape<T> tape, Value<T> value, int samples, bool isPerSample, int[] shape) =>
        value.IsPerSample == isPerSample && value.Shape.AsSpan().SequenceEqual(shape)
            ? value
            : tape.Apply(new Broadcast<T>(samples, isPerSample, shape), value);

    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        (int[] starts, int run, bool isCopied) = Runs(x.Shape);
        T[] result = Allocate(samples * starts.Length * run);
        Span<T> rest = result;
        for (int sample = 0; sample < samples; sample++)
        {
            ReadOnlySpan<T> row = x.Data.AsSpan(x.IsPerSample ? sample * x.SampleLength : 0, x.SampleLength);
            foreach (int start in starts)
            {
                if (isCopied)
                {
                    row.Slice(start, run).CopyTo(rest);
                }
                else
                {
                    rest[..run].Fill(row[start]);
                }

                rest = rest[run..];
            }
        }

        return isPerSample ? Value<T>.PerSample(result, samples, shape) : Value<T>.PerBatch(result, shape);
    }

    // f[n, i] = x[n or 0, map i], dx[n or 0, j] = sum of df[n, i] over all i with map i = j
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> x = operands[0];
        (int[] starts, int run, bool isCopied) = Runs(x.Shape);
        ReadOnlySpan<T> rest = result.Gradient;
        for (int sample = 0; sample < samples; sample++)
        {
            Span<T> row = x.Gradient.AsSpan(x.IsPerSample ? sample * x.SampleLength : 0, x.SampleLength);
            foreach (int start in starts)
            {
                if (isCopied)
                {
                    Span<T> part = row.Slice(start, run);
                    TensorPrimitives.Add(part, rest[..run], part);
                }
                else
                {
                    row[start] += TensorPrimitives.Sum(rest[..run]);
                }

                rest = rest[run..];
            }
        }
    }

    /// <summary>The shape that two shapes are stretched to, as NumPy does.</summary>
    /// <exception cref="InvalidOperationException">The shapes do not fit.</exception>
    public static int[] Join(int[] left, int[] right)
    {
        int[] shape = new int[Math.Max(left.Length, right.Length)];
        for (int fromEnd = 1; fromEnd <= shape.Length; fromEnd++)
        {
            int a = fromEnd <= left.Length ? left[^fromEnd] : 1, b = fromEnd <= right.Length ? right[^fromEnd] : 1;
            if (a != b && a != 1 && b != 1)
            {
                throw new InvalidOperationException($"The shapes ({string.Join(", ", left)}) and ({string.Join(", ", right)}) do not fit: {a} meets {b}.");
            }

            shape[^fromEnd] = a == 1 ? b : a;
        }

        return shape;
    }

    // Where in the operand's sample each run of the result's starts. The trailing axes that both have, or that the operand has all of size 1, make one run: copied, or filled with one value.
    private (int[] Starts, int Run, bool IsCopied) Runs(int[] source)
    {
        int run = 1, fromEnd = 1;
        bool isCopied = source.Length > 0 && shape.Length > 0 && source[^1] == shape[^1];
        while (fromEnd <= shape.Length && (fromEnd <= source.Length ? source[^fromEnd] : 1) == (isCopied ? shape[^fromEnd] : 1))
        {
            run *= shape[^fromEnd++];
        }

        int[] starts = new int[Value<T>.LengthOf(shape) / Math.Max(run, 1)];
        for (int i = 0; i < starts.Length; i++)
        {
            int rest = i, stride = isCopied ? run : 1, index = 0;
            for (int axis = fromEnd; axis <= source.Length; axis++)
            {
                int size = source[^axis];
                index += size == 1 ? 0 : rest % shape[^axis] * stride;
                rest /= shape[^axis];
                stride *= size;
            }

            starts[i] = index;
        }

        return (starts, run, isCopied);
    }
}
