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

    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        int[] map = Map(x.Shape);
        T[] result = Allocate(samples * map.Length);
        for (int sample = 0; sample < samples; sample++)
        {
            ReadOnlySpan<T> row = x.Data.AsSpan(x.IsPerSample ? sample * x.SampleLength : 0, x.SampleLength);
            for (int i = 0; i < map.Length; i++)
            {
                result[(sample * map.Length) + i] = row[map[i]];
            }
        }

        return isPerSample ? Value<T>.PerSample(result, samples, shape) : Value<T>.PerBatch(result, shape);
    }

    // f[n, i] = x[n or 0, map i], dx[n or 0, j] = sum of df[n, i] over all i with map i = j
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> x = operands[0];
        int[] map = Map(x.Shape);
        for (int sample = 0; sample < samples; sample++)
        {
            Span<T> row = x.Gradient.AsSpan(x.IsPerSample ? sample * x.SampleLength : 0, x.SampleLength);
            for (int i = 0; i < map.Length; i++)
            {
                row[map[i]] += result.Gradient[(sample * map.Length) + i];
            }
        }
    }

    private static Value<T> To(GradientTape<T> tape, Value<T> value, int samples, bool isPerSample, int[] shape) =>
        value.IsPerSample == isPerSample && value.Shape.AsSpan().SequenceEqual(shape)
            ? value
            : tape.Apply(new Broadcast<T>(samples, isPerSample, shape), value);

    private static int[] Join(int[] left, int[] right)
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

    // From an index of the result's sample to the operand's.
    private int[] Map(int[] source)
    {
        int[] map = new int[Value<T>.LengthOf(shape)];
        for (int i = 0; i < map.Length; i++)
        {
            int rest = i, stride = 1, index = 0;
            for (int fromEnd = 1; fromEnd <= source.Length; fromEnd++)
            {
                int size = source[^fromEnd];
                index += size == 1 ? 0 : rest % shape[^fromEnd] * stride;
                rest /= shape[^fromEnd];
                stride *= size;
            }

            map[i] = index;
        }

        return map;
    }
}
