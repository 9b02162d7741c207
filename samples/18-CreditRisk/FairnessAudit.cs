namespace Samples;

/// <summary>How the scores of one group compare with the truth about it.</summary>
/// <param name="Count">The number of people.</param>
/// <param name="LabelRate">The share of them with the label.</param>
/// <param name="MeanScore">The mean probability that they are given.</param>
/// <param name="DecisionRate">The share with a probability above one half.</param>
/// <param name="TruePositiveRate">That share among those with the label.</param>
public sealed record GroupAudit(int Count, double LabelRate, double MeanScore, double DecisionRate, double TruePositiveRate);

/// <summary>What scores do to two groups of people who had no part in training.</summary>
/// <param name="Men">Group 0.</param>
/// <param name="Women">Group 1.</param>
/// <param name="Accuracy">The share of right decisions at one half, over both.</param>
public sealed record FairnessAudit(GroupAudit Men, GroupAudit Women, double Accuracy)
{
    /// <summary>The distance between the mean scores of the groups: what the loss penalises.</summary>
    public double Gap => Math.Abs(Men.MeanScore - Women.MeanScore);

    /// <summary>Compares scores with the truth.</summary>
    public static FairnessAudit Of(float[] scores, CreditTable people)
    {
        (float Score, bool Label, bool IsWoman)[] rows = [.. Enumerable.Range(0, people.Count).Select(i => (scores[i], people.Labels[i] > 0.5f, people.Groups[i] > 0.5f))];
        return new FairnessAudit(
            OfGroup([.. rows.Where(row => !row.IsWoman).Select(row => (row.Score, row.Label))]),
            OfGroup([.. rows.Where(row => row.IsWoman).Select(row => (row.Score, row.Label))]),
            rows.Average(row => row.Score > 0.5f == row.Label ? 1.0 : 0));
    }

    private static GroupAudit OfGroup((float Score, bool Label)[] rows) => new(
        rows.Length,
        rows.Average(row => row.Label ? 1.0 : 0),
        rows.Average(row => (double)row.Score),
        rows.Average(row => row.Score > 0.5f ? 1.0 : 0),
        rows.Where(row => row.Label).Average(row => row.Score > 0.5f ? 1.0 : 0));
}

/// <summary>An audit before and after the penalty.</summary>
/// <param name="Before">At lambda 0: the cross-entropy alone.</param>
/// <param name="After">At the lambdas chosen.</param>
/// <param name="Trials">For each part held out the lambdas that were tried, the chosen one last, with what was left of the gap among the people of the training.</param>
public sealed record FairnessResult(FairnessAudit Before, FairnessAudit After, IReadOnlyList<IReadOnlyList<(double Lambda, double GapLeft)>> Trials)
{
    /// <summary>The lambda chosen for each part held out.</summary>
    public IEnumerable<double> Lambdas => Trials.Select(part => part[^1].Lambda);

    /// <summary>What is left of the gap.</summary>
    public double GapRatio => After.Gap / Before.Gap;
}
