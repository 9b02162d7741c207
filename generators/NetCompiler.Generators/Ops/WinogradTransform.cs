namespace NetCompiler.Generators.Ops;

/// <summary>
/// Winograd's minimal filtering F(2, 3): two neighbouring sums over a window of three take four products instead of six,
/// y = A ((G w) * (B x)) with x four values and w the window; along both axes of an image 16 products instead of 36.
/// Matrices as in Lavin and Gray, Fast Algorithms for Convolutional Neural Networks (2016), section 4.1. Their entries are 0, 1, -1 and 1/2,
/// so that the result is as exact as the plain sum. Each value reaches those sums only whose windows contain it: a NaN spreads no further.
/// </summary>
internal static class WinogradTransform
{
    /// <summary>The weights of a window.</summary>
    public const int Window = 3;

    /// <summary>The sums that one transform gives.</summary>
    public const int Results = 2;

    /// <summary>The products, and the values of the image that they are made of.</summary>
    public const int Products = Results + Window - 1;

    /// <summary>G, products x window.</summary>
    public static EquatableArray<EquatableArray<double>> OfKernel { get; } = [[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]];

    /// <summary>B, products x values.</summary>
    public static EquatableArray<EquatableArray<double>> OfImage { get; } = [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]];

    /// <summary>A, results x products.</summary>
    public static EquatableArray<EquatableArray<double>> OfResult { get; } = [[1, 1, 1, 0], [0, 1, -1, -1]];

    /// <summary>The formula of one row of a matrix over the values that it does not multiply by 0, and which values these are.</summary>
    public static (ScalarExpression Formula, IReadOnlyList<int> Values) Row(EquatableArray<double> row)
    {
        int[] values = [.. Enumerable.Range(0, row.Count).Where(i => row[i] != 0)];
        int first = Array.FindIndex(values, i => row[i] > 0); // a difference, not the sum with a negated value
        values = [values[first], .. values.Where((_, i) => i != first)];
        double scale = Math.Abs(row[values[0]]);
        ScalarExpression sum = ScalarExpression.Argument(0);
        for (int i = 1; i < values.Length; i++)
        {
            ScalarExpression term = ScalarExpression.Argument(i);
            sum = row[values[i]] > 0 ? sum + term : sum - term;
        }

        return (sum * scale, values);
    }
}
