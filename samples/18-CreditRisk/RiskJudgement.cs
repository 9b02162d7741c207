using NetCompiler;

namespace Samples;

/// <summary>How well probabilities fit what became of people held out.</summary>
/// <param name="Areas">The area under the receiver operating characteristic, by part held out.</param>
/// <param name="Confusion">Decisions at one half: row and column 1 are bad credits.</param>
/// <param name="Scores">The probability of each person held out.</param>
/// <param name="Labels">What became of each.</param>
public sealed record RiskJudgement(IReadOnlyList<double> Areas, ConfusionMatrix Confusion, float[] Scores, float[] Labels)
{
    /// <summary>The mean over the parts.</summary>
    public double MeanArea => Areas.Average();

    /// <summary>Trains a network for each part held out, and judges it there.</summary>
    /// <param name="people">Everyone, in a random order.</param>
    /// <param name="parts">The number of parts.</param>
    /// <param name="heldOut">How many of them are held out in turn.</param>
    /// <param name="train">Trains on some people and predicts others.</param>
    public static RiskJudgement Measure(CreditTable people, int parts, int heldOut, Func<CreditTable, CreditTable, float[]> train)
    {
        var areas = new List<double>();
        var confusion = new ConfusionMatrix(2);
        var scores = new List<float>();
        var labels = new List<float>();
        for (int part = 0; part < heldOut; part++)
        {
            (CreditTable others, CreditTable held) = people.HoldOut(part, parts);
            float[] found = train(others, held);
            areas.Add(new Auc().Compute(new MetricBatch(found, held.Labels, 1)));
            scores.AddRange(found);
            labels.AddRange(held.Labels);
            for (int i = 0; i < found.Length; i++)
            {
                confusion.Add((int)held.Labels[i], found[i] > 0.5f ? 1 : 0);
            }
        }

        return new RiskJudgement(areas, confusion, [.. scores], [.. labels]);
    }
}
