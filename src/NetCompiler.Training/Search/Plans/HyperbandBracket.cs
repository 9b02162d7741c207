namespace NetCompiler;

/// <summary>A round of successive halving: the best of each rung go on to the next.</summary>
/// <param name="Rungs">From many trials with few epochs to few trials with many.</param>
public sealed record HyperbandBracket(IReadOnlyList<HyperbandRung> Rungs)
{
    /// <summary>The epochs that are trained: a promoted trial goes on, so that those of its earlier rungs count once.</summary>
    internal double Work => Rungs.Select((rung, i) => (double)rung.Trials * (rung.Epochs - (i == 0 ? 0 : Rungs[i - 1].Epochs))).Sum();

    /// <summary>
    /// The brackets of Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar, "Hyperband: a novel bandit-based approach to hyperparameter optimization" (JMLR 18, 2018), algorithm 1:
    /// for s from floor(log_eta R) down to 0, n = ceil((s_max + 1) eta^s / (s + 1)) trials begin, and rung i has floor(n eta^-i) trials with R eta^(i-s) epochs, rounded down.
    /// </summary>
    internal static IReadOnlyList<HyperbandBracket> Schedule(int maxEpochs, int factor)
    {
        List<long> powers = [1];
        while (powers[^1] * factor <= maxEpochs)
        {
            powers.Add(powers[^1] * factor);
        }

        List<HyperbandBracket> brackets = [];
        for (int s = powers.Count - 1; s >= 0; s--)
        {
            long trials = ((powers.Count * powers[s]) + s) / (s + 1);
            brackets.Add(new HyperbandBracket([.. Enumerable.Range(0, s + 1).Select(i => new HyperbandRung(checked((int)(trials / powers[i])), (int)(maxEpochs / powers[s - i])))]));
        }

        return brackets;
    }
}
