namespace NetCompiler;

/// <summary>Divides samples by chance, evenly over classes where there are any. A function of the seed alone.</summary>
internal static class Stratification
{
    /// <summary>Gives every sample its part: 1 for a share of them, 0 for the others.</summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="fraction">The share.</param>
    /// <param name="size">The number of samples of that share: the fraction of the count, rounded down.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="classes">The class of each sample, or null.</param>
    /// <param name="order">The samples in the order by chance.</param>
    public static int[] Split(int count, double fraction, int size, int seed, int[]? classes, out int[] order)
    {
        order = Order(count, seed);
        int[] parts = new int[count];
        int[] sorted = Sort(order, classes);
        for (int i = 0; i < count; i++)
        {
            // Of neighbours, every 1 / fraction-th one: within a class the number is right within one, and over all it is exact.
            parts[sorted[i]] = (int)(Math.Floor(Math.Min((i + 1) * fraction, size)) - Math.Floor(Math.Min(i * fraction, size)));
        }

        return parts;
    }

    /// <summary>Gives every sample one of k parts.</summary>
    public static int[] Fold(int count, int folds, int seed, int[]? classes, out int[] order)
    {
        order = Order(count, seed);
        int[] parts = new int[count];
        int[] sorted = Sort(order, classes);
        for (int i = 0; i < count; i++)
        {
            // Blocks of the order without classes; with them, neighbours, which are of one class, go to different parts.
            parts[sorted[i]] = classes is null ? (int)(((((long)i + 1) * folds) - 1) / count) : i % folds;
        }

        return parts;
    }

    private static int[] Order(int count, int seed)
    {
        int[] order = new int[count];
        Permutation.Fill(order, seed, epoch: 0);
        return order;
    }

    private static int[] Sort(int[] order, int[]? classes) => classes is null ? order : [.. order.OrderBy(i => classes[i])];
}
