namespace NetCompiler;

/// <summary>The outcomes of a search so far, and what they say of its trials.</summary>
internal sealed class TrialBook(SearchSpace space, Func<int, TrialValues> valuesOf, int seed, int folds, MonitoredSeries monitor)
{
    private readonly Dictionary<int, SortedDictionary<(int Fold, int Epochs), TrialOutcome>> _outcomes = [];
    private readonly SortedDictionary<int, Trial> _trials = [];

    /// <summary>The trials of which every fold is measured, by their numbers.</summary>
    public IReadOnlyList<Trial> Trials => [.. _trials.Values];

    /// <summary>The number of those that failed.</summary>
    public int Failed { get; private set; }

    /// <summary>The best of them; of equally good ones the first, null where all failed.</summary>
    public Trial? Best { get; private set; }

    /// <summary>Takes an outcome.</summary>
    public void Add(TrialTask task, TrialOutcome outcome)
    {
        if (!_outcomes.TryGetValue(task.Trial, out SortedDictionary<(int Fold, int Epochs), TrialOutcome>? own))
        {
            _outcomes.Add(task.Trial, own = []);
        }

        own.Add((task.Fold, task.Epochs ?? 0), outcome);
        if (own.Keys.Select(key => key.Fold).Distinct().Count() == folds)
        {
            Take(TrialOf(task.Trial, own));
        }
    }

    /// <summary>Whether a score is better than another.</summary>
    public bool IsBetter(double score, double other) => monitor.IsBetter(score, other);

    private void Take(Trial trial)
    {
        _trials[trial.Number] = trial;
        Failed += trial.Failure is null ? 0 : 1;
        if (Best?.Number == trial.Number)
        {
            // A rung further: no worse, unless it failed.
            Best = null;
            foreach (Trial other in _trials.Values)
            {
                TryTakeAsBest(other);
            }
        }
        else
        {
            TryTakeAsBest(trial);
        }
    }

    private void TryTakeAsBest(Trial trial)
    {
        if (trial.Failure is null
            && (Best is null || IsBetter(trial.Score, Best.Score) || (!IsBetter(Best.Score, trial.Score) && trial.Number < Best.Number)))
        {
            Best = trial;
        }
    }

    private Trial TrialOf(int number, SortedDictionary<(int Fold, int Epochs), TrialOutcome> outcomes)
    {
        TrialValues values = valuesOf(number);
        TrialScore[] scores = [.. outcomes.Select(entry => new TrialScore(entry.Key.Fold, entry.Key.Epochs == 0 ? null : entry.Key.Epochs, entry.Value.Score, entry.Value.Failure))];
        Trial trial = new(number, SearchSpace.SeedOf(values, seed, number), values, space.VariantOf(values), scores)
        {
            Score = double.NaN,
            Epochs = scores[^1].Epochs,
            Duration = new TimeSpan(outcomes.Values.Sum(outcome => outcome.Duration.Ticks)),
        };
        if (trial.Failure is not null)
        {
            return trial;
        }

        if (folds == 1)
        {
            // The smallest intermediate loss seen so far (Li et al. 2018), of equal ones that of the shortest training.
            TrialScore best = scores[0];
            foreach (TrialScore score in scores)
            {
                best = IsBetter(score.Score, best.Score) ? score : best;
            }

            return trial with { Score = best.Score, Epochs = best.Epochs };
        }

        double mean = scores.Average(score => score.Score);
        return trial with { Score = mean, StandardDeviation = Math.Sqrt(scores.Average(score => (score.Score - mean) * (score.Score - mean))) };
    }
}
