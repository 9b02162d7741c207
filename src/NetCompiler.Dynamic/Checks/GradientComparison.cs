namespace NetCompiler.Dynamic.Checks;

/// <summary>Compares values within tolerances and remembers how close it was.</summary>
internal sealed class GradientComparison(GradientCheckOptions options)
{
    // A small gradient among large ones is a sum in which large terms cancelled: it is as inexact as a tenth of them.
    private const double ShareOfLargest = 0.1;

    /// <summary>The number of values compared one by one.</summary>
    public int Count { get; private set; }

    /// <summary>The number of directions along which there is no difference to compare with.</summary>
    public int SkippedDirections { get; set; }

    /// <summary>The largest difference as a share of its tolerance.</summary>
    public double LargestShare { get; private set; }

    /// <summary>Where that was.</summary>
    public string LargestSubject { get; private set; } = "";

    /// <summary>Compares a gradient value by value with the tape's.</summary>
    /// <exception cref="GradientCheckException">A value differs by more than the tolerance.</exception>
    public void CompareAll(string subject, ReadOnlySpan<float> actual, ReadOnlySpan<double> expected)
    {
        double largest = expected.Length == 0 ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(expected));
        for (int i = 0; i < expected.Length; i++)
        {
            Compare(subject, i, actual[i], expected[i], Math.Max(Math.Abs(expected[i]), ShareOfLargest * largest), "interpreted");
        }

        Count += expected.Length;
    }

    /// <summary>Compares the derivative along a direction with a finite difference.</summary>
    /// <exception cref="GradientCheckException">It differs by more than the tolerance.</exception>
    public void CompareDirection(string subject, ReadOnlySpan<float> gradient, ReadOnlySpan<double> direction, double difference)
    {
        double along = 0, size = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            double term = gradient[i] * direction[i];
            along += term;
            size += Math.Abs(term);
        }

        // The terms of the sum cancel: rounding is relative to their size, not to the sum's.
        Compare(subject, -1, along, difference, size, "by finite differences in a random direction");
    }

    /// <summary>Compares one value; the tolerance is relative to <paramref name="size"/>.</summary>
    /// <exception cref="GradientCheckException">It differs by more than the tolerance.</exception>
    public void Compare(string subject, int index, double actual, double expected, double size, string reference)
    {
        double tolerance = (options.RelativeTolerance * size) + options.AbsoluteTolerance;
        double difference = Math.Abs(actual - expected);

        // Written so that a NaN on either side fails.
        if (!(difference <= tolerance))
        {
            throw new GradientCheckException(subject, index, actual, expected, tolerance, reference);
        }

        if (difference >= LargestShare * tolerance)
        {
            LargestShare = tolerance == 0 ? 0 : difference / tolerance;
            LargestSubject = subject;
        }
    }
}
