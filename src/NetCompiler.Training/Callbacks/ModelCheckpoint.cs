namespace NetCompiler;

/// <summary>
/// Saves the network's weights during training: Keras's ModelCheckpoint. Every file appears complete or not at all; its folder is made where it is missing, and whether
/// files can be written there is found out when training begins. For files from which a training can go on, with the optimizer's state, see the checkpoints of
/// <see cref="FitOptions"/>.
/// </summary>
public sealed class ModelCheckpoint : Callback
{
    private const string Epoch = "epoch";
    private const string Batch = "batch";
    private const string BatchesKey = "batches";
    private const string SavedBestKey = "saved_best";
    private const string LastPathKey = "last_path";

    private readonly PathTemplate _path;
    private readonly MonitoredSeries _series;
    private readonly double? _initialThreshold;
    private int _batches;

    /// <summary>Makes the callback.</summary>
    /// <param name="path">
    /// The file: safetensors, or JSON by the extension. <c>{epoch}</c> and, with a frequency in batches, <c>{batch}</c>, both counted from 1, and <c>{NAME}</c> of any series
    /// are replaced by their values; a format may follow, for whole numbers as <c>{epoch:00}</c> or <c>{epoch:D3}</c>, for others as <c>{val_loss:0.00}</c>. With a frequency in batches, the series are the loss and the metrics of the epoch so far.
    /// </param>
    /// <param name="monitor">The series that is watched; matters with <paramref name="saveBestOnly"/>.</param>
    /// <param name="saveBestOnly">Whether only weights are saved that are better than all before.</param>
    /// <param name="mode">Which values are better.</param>
    /// <param name="saveFrequency">The number of batches after which is saved, epochs notwithstanding; null for after every epoch. Between epochs the loss and the metrics so far are known, which the monitor then has to be one of.</param>
    /// <param name="initialThreshold">With <paramref name="saveBestOnly"/>, the value that the first file must beat.</param>
    /// <param name="verbose">Whether it tells what it saves, and which epochs are no better: in a line beside those of the epochs, unless training is silent.</param>
    /// <exception cref="ArgumentException">The path's braces do not pair.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The frequency is below 1, the threshold is NaN, or there is no such mode.</exception>
    public ModelCheckpoint(
        string path,
        string monitor = "val_loss",
        bool saveBestOnly = false,
        MonitorMode mode = MonitorMode.Auto,
        int? saveFrequency = null,
        double? initialThreshold = null,
        bool verbose = false)
    {
        _path = new PathTemplate(path);
        _series = new MonitoredSeries(monitor, minDelta: 0, mode);
        if (saveFrequency is int batches)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1, nameof(saveFrequency));
        }

        if (initialThreshold is double.NaN)
        {
            throw new ArgumentOutOfRangeException(nameof(initialThreshold), initialThreshold, "The threshold must be a number.");
        }

        SaveBestOnly = saveBestOnly;
        Mode = mode;
        SaveFrequency = saveFrequency;
        _initialThreshold = initialThreshold;
        Verbose = verbose;
    }

    /// <summary>The file, with its places.</summary>
    public string Path => _path.Text;

    /// <summary>The series that is watched.</summary>
    public string Monitor => _series.Name;

    /// <summary>Whether only weights are saved that are better than all before.</summary>
    public bool SaveBestOnly { get; }

    /// <summary>Which values are better.</summary>
    public MonitorMode Mode { get; }

    /// <summary>The number of batches after which is saved; null for after every epoch.</summary>
    public int? SaveFrequency { get; }

    /// <summary>Whether it tells what it saves, and which epochs are no better.</summary>
    public bool Verbose { get; }

    /// <summary>The file that was written last, or null.</summary>
    public string? LastPath { get; private set; }

    /// <summary>The best value of the series when a file was written for it, or null before.</summary>
    public double? Best { get; private set; }

    internal override void Check(IReadOnlyList<MeasuredSeries> series)
    {
        string[] names = [.. series.Select(one => one.Name)], known = [.. SaveFrequency is null ? names : names.TakeWhile(name => name is not ("val_loss" or "learning_rate"))];
        if (SaveBestOnly && SaveFrequency is int batches && names.Contains(Monitor) && !known.Contains(Monitor))
        {
            throw new ArgumentException($"{nameof(ModelCheckpoint)} watches \"{Monitor}\" every {batches} batches, but between epochs known are {string.Join(", ", known)}.");
        }

        if (SaveBestOnly)
        {
            _series.Check(nameof(ModelCheckpoint), series);
        }

        _path.Check(nameof(ModelCheckpoint), SaveFrequency is null ? [Epoch] : [Epoch, Batch], known);
    }

    internal override void RequireWritable()
    {
        try
        {
            AtomicFile.RequireWritable(_path.KnownPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new WeightFileException($"{nameof(ModelCheckpoint)} cannot write {Path}: {exception.Message} Nothing was changed there.", innerException: exception);
        }
    }

    /// <inheritdoc/>
    public override void OnTrainBegin(FitContext context)
    {
        _series.Reset(_initialThreshold);
        _batches = 0;
        LastPath = null;
        Best = null;
    }

    /// <inheritdoc/>
    /// <exception cref="WeightFileException">The file cannot be written; the message says why.</exception>
    public override void OnBatchEnd(FitContext context)
    {
        if (SaveFrequency is int frequency && ++_batches >= frequency)
        {
            _batches = 0;
            Save(context, name => context.Metrics[name]);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="WeightFileException">The file cannot be written; the message says why.</exception>
    public override void OnEpochEnd(FitContext context)
    {
        if (SaveFrequency is null)
        {
            Save(context, context.History.Last);
        }
    }

    /// <inheritdoc/>
    public override void SaveState(SavedState state)
    {
        _series.SaveState(state);
        state.Set(BatchesKey, _batches);
        if (Best is double best)
        {
            state.Set(SavedBestKey, best);
        }

        if (LastPath is not null)
        {
            state.Set(LastPathKey, LastPath);
        }
    }

    /// <inheritdoc/>
    public override void RestoreState(SavedState state)
    {
        _series.RestoreState(state);
        _batches = state.GetInt32(BatchesKey);
        Best = state.Contains(SavedBestKey) ? state.GetDouble(SavedBestKey) : null;
        LastPath = state.Contains(LastPathKey) ? state.GetString(LastPathKey) : null;
    }

    private void Save(FitContext context, Func<string, double> valueOf)
    {
        string improvement = "";
        if (SaveBestOnly)
        {
            double before = _series.Best, now = valueOf(Monitor);
            if (!_series.TryImprove(now))
            {
                if (Verbose)
                {
                    context.Tell($"{Monitor} {LineDisplay.Format(now)} is no better than {LineDisplay.Format(before)}");
                }

                return;
            }

            Best = _series.Best;
            improvement = $"{Monitor} {LineDisplay.Format(now)}{(double.IsFinite(before) ? $" after {LineDisplay.Format(before)}" : "")}: ";
        }

        string path = _path.Fill(name => name switch
        {
            Epoch => (IFormattable)(context.Epoch + 1),
            Batch when SaveFrequency is not null => context.Batch + 1,
            _ => valueOf(name),
        });

        // With places in the names of folders, there is one more of them now.
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        context.Network.Save(path);
        LastPath = path;
        if (Verbose)
        {
            context.Tell($"{improvement}saved {path}");
        }
    }
}
