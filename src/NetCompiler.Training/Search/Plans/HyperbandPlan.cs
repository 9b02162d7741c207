namespace NetCompiler;

/// <summary>
/// Brackets of successive halving, begun one after another. A rung waits for the whole rung before it, so that who is promoted depends on no thread; meanwhile the next
/// brackets keep the threads busy.
/// </summary>
internal sealed class HyperbandPlan : SearchPlan
{
    private readonly BracketState[] _brackets;
    private readonly Func<int, TrialValues> _valuesOf;
    private readonly Func<double, double, bool> _isBetter;
    private readonly Action<int> _onEliminated;

    /// <summary>Plans.</summary>
    /// <param name="brackets">The brackets.</param>
    /// <param name="valuesOf">The values of a trial.</param>
    /// <param name="isBetter">Whether a score is better than another.</param>
    /// <param name="onEliminated">Told of every trial that is not promoted, or failed.</param>
    public HyperbandPlan(IEnumerable<HyperbandBracket> brackets, Func<int, TrialValues> valuesOf, Func<double, double, bool> isBetter, Action<int> onEliminated)
    {
        List<BracketState> all = [];
        int trials = 0;
        foreach (HyperbandBracket bracket in brackets)
        {
            all.Add(new BracketState(bracket.Rungs, Enumerable.Range(trials, bracket.Rungs[0].Trials)));
            trials = checked(trials + bracket.Rungs[0].Trials);
            Count = checked(Count + bracket.Rungs.Sum(rung => rung.Trials));
            Work += bracket.Work;
            WorkOfTraining = Math.Max(WorkOfTraining, bracket.Rungs[^1].Epochs);
        }

        _brackets = [.. all];
        _valuesOf = valuesOf;
        _isBetter = isBetter;
        _onEliminated = onEliminated;
    }

    public override int Count { get; }

    public override double Work { get; }

    public override double WorkOfTraining { get; }

    public override TrialValues ValuesOf(int trial) => _valuesOf(trial);

    public override TrialTask? Next() => Array.Find(_brackets, bracket => bracket.Waiting.Count > 0)?.Take();

    public override void Complete(TrialTask task, TrialOutcome outcome)
    {
        BracketState bracket = _brackets.Last(candidate => candidate.FirstTrial <= task.Trial);
        bracket.Done.Add((task.Trial, outcome));
        if (bracket.Done.Count == bracket.Size)
        {
            EndRung(bracket);
        }
    }

    /// <summary>The best n / eta that did not fail go on; of equally good ones the lower number comes first.</summary>
    private void EndRung(BracketState bracket)
    {
        List<(int Trial, TrialOutcome Outcome)> ranked = [.. bracket.Done.OrderBy(entry => entry.Trial)];
        ranked.Sort((a, b) => Compare(a, b));
        int places = bracket.Rung + 1 < bracket.Rungs.Count ? bracket.Rungs[bracket.Rung + 1].Trials : 0;
        int[] promoted = [.. ranked.Where(entry => entry.Outcome.Failure is null).Take(places).Select(entry => entry.Trial).Order()];
        foreach ((int trial, _) in ranked.Where(entry => !promoted.Contains(entry.Trial)))
        {
            _onEliminated(trial);
        }

        if (promoted.Length > 0)
        {
            bracket.Promote(promoted);
        }
    }

    private int Compare((int Trial, TrialOutcome Outcome) a, (int Trial, TrialOutcome Outcome) b)
    {
        bool aFailed = a.Outcome.Failure is not null, bFailed = b.Outcome.Failure is not null;
        return aFailed != bFailed ? aFailed.CompareTo(bFailed)
            : !aFailed && _isBetter(a.Outcome.Score, b.Outcome.Score) ? -1
            : !aFailed && _isBetter(b.Outcome.Score, a.Outcome.Score) ? 1
            : a.Trial.CompareTo(b.Trial);
    }

    /// <summary>Where a bracket stands.</summary>
    private sealed class BracketState(IReadOnlyList<HyperbandRung> rungs, IEnumerable<int> trials)
    {
        public IReadOnlyList<HyperbandRung> Rungs => rungs;

        public int FirstTrial { get; } = trials.First();

        public int Rung { get; private set; }

        /// <summary>The number of trials of the rung.</summary>
        public int Size { get; private set; } = rungs[0].Trials;

        public Queue<int> Waiting { get; private set; } = new(trials);

        public List<(int Trial, TrialOutcome Outcome)> Done { get; } = [];

        public TrialTask Take() => new(Waiting.Dequeue(), Epochs: rungs[Rung].Epochs, InitialEpoch: Rung == 0 ? 0 : rungs[Rung - 1].Epochs);

        public void Promote(int[] trials)
        {
            Rung++;
            Size = trials.Length;
            Waiting = new Queue<int>(trials);
            Done.Clear();
        }
    }
}
