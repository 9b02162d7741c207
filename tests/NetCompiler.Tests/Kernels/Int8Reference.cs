namespace NetCompiler.Tests.Kernels;

/// <summary>Products of integers of 8 bits from their description, value by value.</summary>
internal static class Int8Reference
{
    /// <summary>The unit of each column, and the multiples that its values become.</summary>
    public static (float[] Units, int[] Multiples) Columns(float[] matrix, int columns)
    {
        int rows = matrix.Length / columns;
        var (units, multiples) = (new float[columns], new int[matrix.Length]);
        for (int column = 0; column < columns; column++)
        {
            float most = 0;
            for (int row = 0; row < rows; row++)
            {
                float magnitude = MathF.Abs(matrix[(row * columns) + column]);
                most = float.IsFinite(magnitude) ? MathF.Max(most, magnitude) : float.NaN;
            }

            bool isZero = float.IsInfinity(127 / most);
            units[column] = isZero ? 0 : most / 127;
            for (int row = 0; row < rows && !isZero && !float.IsNaN(most); row++)
            {
                multiples[(row * columns) + column] = (int)MathF.Round(matrix[(row * columns) + column] * (127 / most), MidpointRounding.ToEven);
            }
        }

        return (units, multiples);
    }

    /// <summary>The step and the zero of a row, and the bytes that its values become; by its own range, or by a given one.</summary>
    public static (float Step, int Zero, int[] Levels) Row(ReadOnlySpan<float> row, (float Least, float Most)? range = null)
    {
        float least = 0, most = 0;
        foreach (float value in row)
        {
            if (!float.IsFinite(value))
            {
                return (float.NaN, 0, new int[row.Length]);
            }

            (least, most) = (MathF.Min(least, value), MathF.Max(most, value));
        }

        (least, most) = range ?? (least, most);
        float step = (most / 254) - (least / 254), inverse = 1 / step;
        if (float.IsInfinity(inverse))
        {
            return (0, 0, new int[row.Length]);
        }

        int zero = (int)MathF.Round(-least * inverse, MidpointRounding.ToEven);
        return (step, zero, Array.ConvertAll(row.ToArray(), value => Math.Clamp((int)MathF.Round(Math.Clamp(value * inverse, -1000, 1000), MidpointRounding.ToEven) + zero, 0, 255)));
    }

    /// <summary>Rows times a matrix.</summary>
    public static float[] Product(float[] rows, float[] matrix, int columns, (float Least, float Most)? range = null)
    {
        int depth = matrix.Length / columns;
        (float[] units, int[] multiples) = Columns(matrix, columns);
        return
        [
            .. Enumerable.Range(0, rows.Length / depth).SelectMany(row =>
            {
                (float step, int zero, int[] levels) = Row(rows.AsSpan(row * depth, depth), range);
                return Enumerable.Range(0, columns).Select(column =>
                {
                    long sum = 0;
                    for (int k = 0; k < depth; k++)
                    {
                        sum += (levels[k] - zero) * multiples[(k * columns) + column];
                    }

                    return checked((int)sum) * (step * units[column]);
                });
            }),
        ];
    }
}
