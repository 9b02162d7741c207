namespace NetCompiler;

/// <summary>Where a training stands, and everything that it remembers beside weights and optimizer: what <see cref="FitLoop"/> puts into a checkpoint.</summary>
internal sealed class FitState
{
    private const string IdentityPrefix = "settings";
    private const string CallbackPrefix = "callback.";

    private readonly FitContext _context;
    private readonly MetricSet _metrics;
    private readonly (string Key, Callback Callback)[] _callbacks;
    private readonly IReadOnlyDictionary<string, string> _identity;

    public FitState(FitContext context, MetricSet metrics, IReadOnlyList<Callback> callbacks, IReadOnlyDictionary<string, string> identity)
    {
        _context = context;
        _metrics = metrics;
        _identity = identity;

        // By class and ordinal among that class: others may be added and taken away between two runs.
        _callbacks = [.. callbacks.GroupBy(callback => callback.GetType().FullName ?? callback.GetType().Name)
            .SelectMany(group => group.Select((callback, i) => (FormattableString.Invariant($"{CallbackPrefix}{group.Key}.{i + 1}"), callback)))];
    }

    /// <summary>The epoch that runs or comes next, counted from 0.</summary>
    public int Epoch { get; private set; }

    /// <summary>Whether its callbacks were told of its beginning.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The number of its batches that are done.</summary>
    public int Batches { get; private set; }

    /// <summary>Begins the epoch.</summary>
    public void BeginEpoch()
    {
        HasBegun = true;
        Batches = 0;
    }

    /// <summary>A batch is done.</summary>
    public void EndBatch() => Batches++;

    /// <summary>Goes on to the next epoch.</summary>
    public void EndEpoch()
    {
        Epoch++;
        HasBegun = false;
        Batches = 0;
    }

    /// <summary>Refuses a metric that cannot be saved in the middle of an epoch.</summary>
    /// <exception cref="NotSupportedException">There is one.</exception>
    public void RequireMetricsToSave() => _metrics.SaveState(new SavedState());

    /// <summary>Everything by name.</summary>
    /// <exception cref="NotSupportedException">A metric of the user's cannot be saved in the middle of an epoch.</exception>
    public SavedState Save(TimeSpan elapsed)
    {
        SavedState state = new();
        foreach ((string name, string value) in _identity)
        {
            state.Set($"{IdentityPrefix}/{name}", value);
        }

        state.Set("epoch", Epoch);
        state.Set("has_begun", HasBegun);
        state.Set("batches", Batches);
        state.Set("batches_of_epoch", _context.Batches);
        state.Set("batch_loss", _context.BatchLoss);
        state.Set("stop_training", _context.StopTraining);
        state.Set("elapsed_ticks", elapsed.Ticks);
        Keep(state, "history", _context.History.SaveState);
        if (HasBegun)
        {
            Keep(state, "metrics", _metrics.SaveState);
        }

        foreach ((string key, Callback callback) in _callbacks)
        {
            Keep(state, key, callback.SaveState);
        }

        return state;
    }

    /// <summary>Refuses what another training saved, and what no training can have saved.</summary>
    /// <param name="state">What was saved.</param>
    /// <param name="source">Where it is from.</param>
    /// <param name="network">The network that is trained.</param>
    /// <param name="differences">What is known to differ already; it is told of together.</param>
    public void Check(SavedState state, string source, INetwork network, Differences? differences = null)
    {
        differences ??= new Differences(source);
        string consequence = $"{network.Description.Name} was not changed";
        if (!state.Contains("epoch"))
        {
            differences.ThrowIfAny(consequence);
            throw new CheckpointException($"The checkpoint {source} was not written by {nameof(NetworkTraining.Fit)}: it does not say in which epoch it was.");
        }

        foreach ((string name, string value) in _identity)
        {
            string key = $"{IdentityPrefix}/{name}";
            differences.Compare(name, state.Contains(key) ? state.GetString(key) : "none", value);
        }

        foreach (string key in state.Names.Where(name => name.StartsWith(CallbackPrefix, StringComparison.Ordinal)).Select(name => name[..name.IndexOf('/')]).Distinct())
        {
            differences.Compare("callback", key[CallbackPrefix.Length..], Array.Exists(_callbacks, entry => entry.Key == key) ? key[CallbackPrefix.Length..] : "no such one");
        }

        differences.ThrowIfAny(consequence);
        try
        {
            FitPlace.Read(state);
        }
        catch (CheckpointException exception)
        {
            throw new CheckpointException($"The checkpoint {source} is damaged, and {network.Description.Name} was not changed: {exception.Message}", exception);
        }
    }

    /// <summary>Takes back what <see cref="Save"/> wrote; returns the time that training had taken.</summary>
    public TimeSpan Restore(SavedState state)
    {
        foreach ((string key, Callback callback) in _callbacks)
        {
            SavedState part = state.GetPart(key);
            if (part.Names.Any())
            {
                try
                {
                    callback.RestoreState(part);
                }
                catch (CheckpointException exception)
                {
                    throw new CheckpointException($"{key[CallbackPrefix.Length..]} cannot go on from the checkpoint: {exception.Message}", exception);
                }
            }
        }

        FitPlace place = FitPlace.Read(state);
        (Epoch, HasBegun, Batches) = (place.Epoch, place.HasBegun, place.Batches);
        _context.History.RestoreState(state.GetPart("history"));
        if (HasBegun)
        {
            _metrics.RestoreState(state.GetPart("metrics"));
            _context.Loss = _metrics.Loss;
        }

        _context.Batches = place.BatchesOfEpoch;
        _context.Epoch = Epoch;
        _context.Batch = Math.Max(0, Batches - 1);
        _context.BatchLoss = place.BatchLoss;
        _context.StopTraining = place.StopTraining;
        return place.Elapsed;
    }

    private static void Keep(SavedState state, string key, Action<SavedState> save)
    {
        SavedState part = new();
        save(part);
        state.Set(key, part);
    }
}
