namespace NetCompiler.Dynamic.Operations;

/// <summary>Some neighbouring columns of a matrix, as a matrix of their own.</summary>
internal static class ColumnBlock
{
    /// <summary>Copies columns out of a matrix of <paramref name="width"/> columns.</summary>
    public static void Copy<T>(ReadOnlySpan<T> matrix, Span<T> block, int width, int first, int count)
    {
        for (int row = 0; row < matrix.Length / width; row++)
        {
            matrix.Slice((row * width) + first, count).CopyTo(block.Slice(row * count, count));
        }
    }

    /// <summary>Adds columns to those of a matrix of <paramref name="width"/> columns.</summary>
    public static void Add<T>(ReadOnlySpan<T> block, Span<T> matrix, int width, int first, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < matrix.Length / width; row++)
        {
            Span<T> part = matrix.Slice((row * width) + first, count);
            TensorPrimitives.Add<T>(part, block.Slice(row * count, count), part);
        }
    }
}
