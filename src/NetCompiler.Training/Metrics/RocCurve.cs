namespace NetCompiler;

/// <summary>
/// The receiver operating characteristic: for every threshold the share of negative samples above it, and the share of positive ones. Its area is what <see cref="Auc"/> measures.
/// </summary>
public sealed class RocCurve
{
    private RocCurve(double[] falsePositives, double[] truePositives, double[] thresholds, double area)
    {
        FalsePositiveRates = falsePositives;
        TruePositiveRates = truePositives;
        Thresholds = thresholds;
        Area = area;
    }

    /// <summary>The shares of negative samples at or above the threshold, from 0 to 1.</summary>
    public IReadOnlyList<double> FalsePositiveRates { get; }

    /// <summary>The shares of positive samples at or above the threshold, from 0 to 1.</summary>
    public IReadOnlyList<double> TruePositiveRates { get; }

    /// <summary>The thresholds from the largest to the smallest score; before them infinity, which nothing reaches.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>The area under the curve, by trapezoids, which count ties one half.</summary>
    public double Area { get; }

    /// <summary>Orders samples by their scores.</summary>
    /// <param name="scores">The larger, the more likely positive: probabilities or logits.</param>
    /// <param name="labels">Above 0.5 for a positive sample.</param>
    /// <exception cref="ArgumentException">There are more or fewer scores than labels, a score is NaN, or one kind of samples is missing.</exception>
    public static RocCurve FromScores(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels)
    {
        if (scores.Length != labels.Length)
        {
            throw new ArgumentException($"There are {scores.Length} scores, but {labels.Length} labels.", nameof(labels));
        }

        (float Score, bool IsPositive)[] samples = new (float, bool)[scores.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (scores[i], labels[i] > 0.5f);
            if (float.IsNaN(scores[i]))
            {
                throw new ArgumentException($"The score of sample {i} is NaN.", nameof(scores));
            }
        }

        int positives = samples.Count(sample => sample.IsPositive), negatives = samples.Length - positives;
        if (positives == 0 || negatives == 0)
        {
            throw new ArgumentException($"The curve needs samples of both kinds; there are {positives} positive and {negatives} negative ones.", nameof(labels));
        }

        Array.Sort(samples, static (left, right) => right.Score.CompareTo(left.Score));
        List<double> falses = [0], trues = [0], thresholds = [double.PositiveInfinity];
        double area = 0;
        int falseCount = 0, trueCount = 0;
        for (int i = 0; i < samples.Length;)
        {
            float threshold = samples[i].Score;
            for (; i < samples.Length && samples[i].Score == threshold; i++)
            {
                trueCount += samples[i].IsPositive ? 1 : 0;
                falseCount += samples[i].IsPositive ? 0 : 1;
            }

            falses.Add((double)falseCount / negatives);
            trues.Add((double)trueCount / positives);
            thresholds.Add(threshold);
            area += (falses[^1] - falses[^2]) * (trues[^1] + trues[^2]) / 2;
        }

        return new RocCurve([.. falses], [.. trues], [.. thresholds], area);
    }

    /// <summary>The curve as a picture.</summary>
    public Plot ToPlot(string title = "ROC curve") => Plot.Roc([("", this)], title);
}
