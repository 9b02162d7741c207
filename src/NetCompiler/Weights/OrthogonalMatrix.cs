using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>
/// A random matrix with orthonormal columns, or rows where it is wider than high: the Q of a normal random matrix, with the signs that make
/// R's diagonal positive, which makes it uniform over all such matrices (Saxe et al. 2013; Mezzadri 2007).
/// </summary>
internal static class OrthogonalMatrix
{
    /// <summary>Draws gain times an orthogonal (rows, columns) matrix in row-major order.</summary>
    public static float[] Draw(RandomValues random, int rows, int columns, double gain)
    {
        // The vectors to make orthonormal are the columns of a high matrix and the rows of a wide one; here each lies contiguously.
        bool isHigh = rows >= columns;
        int count = Math.Min(rows, columns), length = Math.Max(rows, columns);
        double[] vectors = new double[rows * columns];
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] = random.Normal(i, 0);
        }

        for (int vector = 0; vector < count; vector++)
        {
            Span<double> current = vectors.AsSpan(vector * length, length);
            Scale(current, 1 / Math.Sqrt(Dot(current, current)));
            for (int later = vector + 1; later < count; later++)
            {
                Span<double> other = vectors.AsSpan(later * length, length);
                AddScaled(other, current, -Dot(current, other));
            }
        }

        float[] result = new float[vectors.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                result[(row * columns) + column] = (float)(gain * vectors[isHigh ? (column * length) + row : (row * length) + column]);
            }
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        // Four sums: one would wait for the latency of every addition.
        double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        int i = 0;
        for (; i + 4 <= x.Length; i += 4)
        {
            sum0 += x[i] * y[i];
            sum1 += x[i + 1] * y[i + 1];
            sum2 += x[i + 2] * y[i + 2];
            sum3 += x[i + 3] * y[i + 3];
        }

        for (; i < x.Length; i++)
        {
            sum0 += x[i] * y[i];
        }

        return (sum0 + sum1) + (sum2 + sum3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }

    private static void Scale(Span<double> values, double factor)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }
}
