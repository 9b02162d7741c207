namespace NetCompiler;

/// <summary>Cross-validation's parts as indices, for data that is no data set yet: a table's rows, from which a pipeline is fitted fold by fold.</summary>
public static class KFold
{
    /// <summary>The k ways to hold out one of k parts of equal size (within one sample), over a shuffled order.</summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="folds">The number of parts: from 2 to the number of samples.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <param name="classes">The class of each sample, to be spread over the parts evenly (within one sample); or null.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 parts, or more than samples.</exception>
    /// <exception cref="ArgumentException">There are more or fewer classes than samples.</exception>
    public static IReadOnlyList<(int[] Train, int[] Validation)> Create(int count, int folds, int seed = 0, int[]? classes = null)
    {
        if (folds < 2 || folds > count)
        {
            throw new ArgumentOutOfRangeException(nameof(folds), folds, $"The number of folds must be from 2 to {count}, the number of samples.");
        }

        if (classes is not null && classes.Length != count)
        {
            throw new ArgumentException($"There are {classes.Length} classes, but {count} samples.", nameof(classes));
        }

        int[] parts = Stratification.Fold(count, folds, seed, classes, out int[] order);
        return [.. Enumerable.Range(0, folds).Select(fold => (order.Where(i => parts[i] != fold).ToArray(), order.Where(i => parts[i] == fold).ToArray()))];
    }
}
