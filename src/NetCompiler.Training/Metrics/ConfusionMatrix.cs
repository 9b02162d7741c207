namespace NetCompiler;

/// <summary>How often samples of each class were taken for each class: rows are true classes, columns predicted ones.</summary>
public sealed class ConfusionMatrix
{
    // The root of the length of the longest array.
    private const int MostClasses = 46340;

    private readonly long[] _counts;

    /// <summary>Makes an empty matrix.</summary>
    /// <param name="classes">The number of classes; at least 1 and at most 46340, of which there are as many counts as an array holds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1 or above 46340.</exception>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, MostClasses);
        Classes = classes;
        _counts = new long[classes * classes];
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>The number of samples.</summary>
    public long Total => _counts.Sum();

    /// <summary>The share of samples on the diagonal; NaN without samples.</summary>
    public double Accuracy => Total == 0 ? double.NaN : (double)Enumerable.Range(0, Classes).Sum(i => this[i, i]) / Total;

    /// <summary>How many samples of a class were taken for another, or for itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A class is outside the matrix.</exception>
    public long this[int trueClass, int predictedClass] => _counts[IndexOf(trueClass, predictedClass)];

    /// <summary>Counts one sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A class is outside the matrix.</exception>
    public void Add(int trueClass, int predictedClass) => _counts[IndexOf(trueClass, predictedClass)]++;

    /// <summary>Counts every row of a batch: its class, and the place of its largest output.</summary>
    /// <exception cref="ArgumentException">The batch has another number of classes, or an output that is NaN; nothing was counted.</exception>
    public void Add(in MetricBatch batch)
    {
        if (batch.Width != Classes)
        {
            throw new ArgumentException($"The batch has {batch.Width} classes, the matrix {Classes}.", nameof(batch));
        }

        for (int row = 0; row < batch.Rows; row++)
        {
            if (batch.PredictionOf(row) < 0)
            {
                throw new ArgumentException($"Row {row} has an output that is NaN, which says no class.", nameof(batch));
            }
        }

        for (int row = 0; row < batch.Rows; row++)
        {
            Add(batch.ClassOf(row), batch.PredictionOf(row));
        }
    }

    /// <summary>The matrix as an SVG picture.</summary>
    /// <param name="names">One name per class; null means their numbers.</param>
    /// <param name="title">The line above it.</param>
    /// <exception cref="ArgumentException">There are more or fewer names than classes, or one is null.</exception>
    public string ToSvg(IReadOnlyList<string>? names = null, string title = "") => new ConfusionPicture(this, names, title).ToSvg();

    private int IndexOf(int trueClass, int predictedClass)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trueClass);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(trueClass, Classes);
        ArgumentOutOfRangeException.ThrowIfNegative(predictedClass);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(predictedClass, Classes);
        return (trueClass * Classes) + predictedClass;
    }
}
