namespace NetCompiler;

/// <summary>What a search for a learning rate saw.</summary>
/// <param name="Rates">The rates that were tried, rising; fewer than asked for where the loss diverged.</param>
/// <param name="Losses">The loss of each step, before its update.</param>
/// <param name="SmoothedLosses">The losses, smoothed exponentially.</param>
public sealed record LearningRateSearch(IReadOnlyList<double> Rates, IReadOnlyList<double> Losses, IReadOnlyList<double> SmoothedLosses)
{
    // As Lightning: the first losses are noise, and the last may be the divergence.
    private const int SkippedAtStart = 10;
    private const int SkippedAtEnd = 1;

    /// <summary>
    /// The rate at which the smoothed loss fell most steeply over the logarithm of the rate, without the first ten and the last; null where so few rates were tried, or where it never
    /// fell.
    /// </summary>
    public double? Suggestion
    {
        get
        {
            int best = -1;
            double steepest = 0;
            for (int i = SkippedAtStart + 1; i < SmoothedLosses.Count - SkippedAtEnd - 1; i++)
            {
                // The rates are equidistant in the logarithm: the central difference is the slope, up to a factor.
                double slope = (SmoothedLosses[i + 1] - SmoothedLosses[i - 1]) / 2;
                if (slope < steepest)
                {
                    (best, steepest) = (i, slope);
                }
            }

            return best < 0 ? null : Rates[best];
        }
    }

    /// <summary>The losses over the rate, on a logarithmic axis, with the suggestion marked.</summary>
    public Plot ToPlot()
    {
        Plot plot = new Plot("loss by learning rate", "learning rate", "loss") { HasLogX = true }
            .AddLine("smoothed", Rates, SmoothedLosses)
            .AddPoints("loss", Rates, Losses);
        if (Suggestion is double rate)
        {
            plot.AddDashes(FormattableString.Invariant($"suggestion {rate:0.0e+0}"), [rate, rate], [Losses.Min(), Losses.Max()]);
        }

        return plot;
    }
}
