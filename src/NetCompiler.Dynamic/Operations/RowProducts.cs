namespace NetCompiler.Dynamic.Operations;

/// <summary>The three matrix products of a dense layer, by contiguous rows of TensorPrimitives calls.</summary>
internal static class RowProducts
{
    // Below this width a call per row costs more than the row: the other operand's longer rows are used instead, on a transposed copy.
    private const int NarrowRow = 16;

    // Rows of results that stay in the first-level cache while a row of the kernel passes over all of them.
    private const int RowBlock = 8;

    /// <summary>y[r, :] += sum over k of x[r, k] W[k, :].</summary>
    public static void Add<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> kernel, Span<T> y, int inputs, int outputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = x.Length / inputs;
        if (outputs < NarrowRow && inputs > outputs)
        {
            T[] transposed = Transpose(kernel, inputs, outputs);
            for (int row = 0; row < rows; row++)
            {
                for (int o = 0; o < outputs; o++)
                {
                    y[(row * outputs) + o] += TensorPrimitives.Dot(x.Slice(row * inputs, inputs), transposed.AsSpan(o * inputs, inputs));
                }
            }

            return;
        }

        for (int block = 0; block < rows; block += RowBlock)
        {
            int end = Math.Min(block + RowBlock, rows);
            for (int k = 0; k < inputs; k++)
            {
                ReadOnlySpan<T> weights = kernel.Slice(k * outputs, outputs);
                for (int row = block; row < end; row++)
                {
                    Span<T> result = y.Slice(row * outputs, outputs);
                    TensorPrimitives.MultiplyAdd(weights, x[(row * inputs) + k], result, result);
                }
            }
        }
    }

    /// <summary>dx[r, k] += the dot product of dy[r, :] and W[k, :].</summary>
    public static void AddTransposed<T>(ReadOnlySpan<T> dy, ReadOnlySpan<T> kernel, Span<T> dx, int inputs, int outputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = dy.Length / outputs;
        if (outputs < NarrowRow && inputs > outputs)
        {
            Add(dy, Transpose(kernel, inputs, outputs), dx, outputs, inputs);
            return;
        }

        for (int block = 0; block < rows; block += RowBlock)
        {
            int end = Math.Min(block + RowBlock, rows);
            for (int k = 0; k < inputs; k++)
            {
                ReadOnlySpan<T> weights = kernel.Slice(k * outputs, outputs);
                for (int row = block; row < end; row++)
                {
                    dx[(row * inputs) + k] += TensorPrimitives.Dot(dy.Slice(row * outputs, outputs), weights);
                }
            }
        }
    }

    /// <summary>dW[k, :] += sum over r of x[r, k] dy[r, :].</summary>
    public static void AddOuter<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> kernelGradient, int inputs, int outputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = x.Length / inputs;
        if (outputs < NarrowRow && inputs > outputs)
        {
            T[] transposed = new T[inputs * outputs];
            for (int row = 0; row < rows; row++)
            {
                for (int o = 0; o < outputs; o++)
                {
                    Span<T> column = transposed.AsSpan(o * inputs, inputs);
                    TensorPrimitives.MultiplyAdd(x.Slice(row * inputs, inputs), dy[(row * outputs) + o], column, column);
                }
            }

            TensorPrimitives.Add(kernelGradient, Transpose<T>(transposed, outputs, inputs), kernelGradient);
            return;
        }

        for (int k = 0; k < inputs; k++)
        {
            Span<T> gradient = kernelGradient.Slice(k * outputs, outputs);
            for (int row = 0; row < rows; row++)
            {
                TensorPrimitives.MultiplyAdd(dy.Slice(row * outputs, outputs), x[(row * inputs) + k], gradient, gradient);
            }
        }
    }

    private static T[] Transpose<T>(ReadOnlySpan<T> matrix, int rows, int columns)
        where T : unmanaged
    {
        T[] result = GC.AllocateUninitializedArray<T>(matrix.Length);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                result[(column * rows) + row] = matrix[(row * columns) + column];
            }
        }

        return result;
    }
}
