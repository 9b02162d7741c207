using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>The axes of a sample in another order: axis i of the result is axis order[i] of the operand.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class PermuteAxes<T>(int[] order) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private int[] _starts = [];
    private int _run;

    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        if (!order.Order().SequenceEqual(Enumerable.Range(0, x.Shape.Length)))
        {
            throw new InvalidOperationException($"({string.Join(", ", order)}) is no order of the axes of ({string.Join(", ", x.Shape)}).");
        }

        (_starts, _run) = Runs(x.Shape);
        T[] result = Allocate(x.Data.Length);
        int to = 0;
        for (int sample = 0; sample < x.Samples; sample++)
        {
            ReadOnlySpan<T> row = x.Data.AsSpan(sample * x.SampleLength, x.SampleLength);
            foreach (int start in _starts)
            {
                if (_run == 1)
                {
                    result[to] = row[start];
                }
                else
                {
                    row.Slice(start, _run).CopyTo(result.AsSpan(to));
                }

                to += _run;
            }
        }

        return x.Like(result, Array.ConvertAll(order, axis => x.Shape[axis]));
    }

    // f is x in another order, dx is df in the order of x
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> x = operands[0];
        int from = 0;
        for (int sample = 0; sample < x.Samples; sample++)
        {
            Span<T> row = x.Gradient.AsSpan(sample * x.SampleLength, x.SampleLength);
            foreach (int start in _starts)
            {
                if (_run == 1)
                {
                    row[start] += result.Gradient[from];
                }
                else
                {
                    Span<T> part = row.Slice(start, _run);
                    TensorPrimitives.Add(part, result.Gradient.AsSpan(from, _run), part);
                }

                from += _run;
            }
        }
    }

    // Where in a sample each run of the result starts: trailing axes that stay in place move as one run.
    private (int[] Starts, int Run) Runs(int[] shape)
    {
        int rank = order.Length, run = 1;
        while (rank > 0 && order[rank - 1] == rank - 1)
        {
            run *= shape[--rank];
        }

        int[] strides = new int[shape.Length];
        for (int axis = shape.Length - 1, stride = 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        int[] starts = new int[Value<T>.LengthOf(shape) / run], index = new int[rank];
        for (int i = 0, from = 0; i < starts.Length; i++)
        {
            starts[i] = from;
            for (int axis = rank - 1; axis >= 0; axis--)
            {
                from += strides[order[axis]];
                if (++index[axis] < shape[order[axis]])
                {
                    break;
                }

                from -= index[axis] * strides[order[axis]];
                index[axis] = 0;
            }
        }

        return (starts, run);
    }
}
