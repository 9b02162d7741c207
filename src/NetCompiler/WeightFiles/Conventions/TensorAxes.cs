namespace NetCompiler;

/// <summary>Moves the values of a tensor to other places.</summary>
internal static class TensorAxes
{
    /// <summary>Reorders axes, as NumPy's transpose: axis i of the result is axis <paramref name="order"/>[i] of the source.</summary>
    public static float[] Permute(float[] values, ReadOnlySpan<int> shape, ReadOnlySpan<int> order)
    {
        int[] strides = new int[shape.Length];
        for (int axis = shape.Length - 1, stride = 1; axis >= 0; stride *= shape[axis--])
        {
            strides[axis] = stride;
        }

        float[] result = new float[values.Length];
        int[] index = new int[shape.Length];
        int source = 0;
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = values[source];

            // The next index of the result, as an odometer counts; the source's place moves along.
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                int stride = strides[order[axis]], size = shape[order[axis]];
                source += stride;
                if (++index[axis] < size)
                {
                    break;
                }

                source -= stride * size;
                index[axis] = 0;
            }
        }

        return result;
    }

    /// <summary>
    /// Reorders the rows of a matrix from the order in which an image of channels first is flattened to that of channels last: row
    /// (position, channel) was (channel, position).
    /// </summary>
    public static float[] RowsFromChannelsFirst(float[] values, int rows, int channels)
    {
        int columns = values.Length / rows, positions = rows / channels;
        return channels == 1 || positions == 1 ? values : Permute(values, [channels, positions, columns], [1, 0, 2]);
    }

    /// <summary>Reorders equal blocks of the last axis: block i of the result is block <paramref name="order"/>[i] of the source.</summary>
    public static float[] ColumnBlocks(float[] values, int columns, ReadOnlySpan<int> order)
    {
        int width = columns / order.Length;
        float[] result = new float[values.Length];
        for (int row = 0; row < values.Length / columns; row++)
        {
            for (int block = 0; block < order.Length; block++)
            {
                values.AsSpan((row * columns) + (order[block] * width), width).CopyTo(result.AsSpan((row * columns) + (block * width)));
            }
        }

        return result;
    }

    /// <summary>The transpose of some rows of a matrix.</summary>
    public static float[] TransposedRows(float[] values, int columns, int firstRow, int rows) =>
        Permute(values[(firstRow * columns)..((firstRow + rows) * columns)], [rows, columns], [1, 0]);
}
