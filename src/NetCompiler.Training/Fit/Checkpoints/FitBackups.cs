namespace NetCompiler;

/// <summary>When a training is saved, and what it goes on from.</summary>
internal sealed class FitBackups(FitOptions options, ITraining training, OptimizerState optimizer, FitState state, Func<TimeSpan> elapsed)
{
    private readonly BackupAndRestore[] _backups = [.. options.Callbacks.OfType<BackupAndRestore>()];
    private readonly bool _savesBatches = options.Callbacks.OfType<BackupAndRestore>().Any(backup => backup.SaveEveryBatches is not null);
    private int _batches;

    /// <summary>The checkpoint to go on from, read and checked, or null. A backup's own file comes before <see cref="FitOptions.ResumeFrom"/>: it is the later one.</summary>
    /// <exception cref="CheckpointException">The file is damaged or belongs to another training.</exception>
    /// <exception cref="FileNotFoundException">There is no file <see cref="FitOptions.ResumeFrom"/>.</exception>
    public Checkpoint? Find()
    {
        if (_savesBatches)
        {
            // A metric that cannot be saved in the middle of an epoch is found now, not after hours.
            state.RequireMetricsToSave();
        }

        string? path = Array.Find(_backups, backup => File.Exists(backup.Path))?.Path ?? options.ResumeFrom;
        if (path is null)
        {
            return null;
        }

        Checkpoint checkpoint = Checkpoint.Read(path);
        Differences differences = new(path);
        checkpoint.Compare(training, optimizer, differences);
        state.Check(checkpoint.State, path, training.Network, differences);
        checkpoint.RequireFinite(training.Network);
        return checkpoint;
    }

    /// <summary>After a batch, when all callbacks were told.</summary>
    public void AfterBatch()
    {
        if (_savesBatches)
        {
            _batches++;
            Save(backup => backup.SaveEveryBatches is int interval && _batches % interval == 0);
        }
    }

    /// <summary>After an epoch, when all callbacks were told.</summary>
    public void AfterEpoch() => Save(backup => backup is { SaveEveryBatches: null, SavesOnlyAtEnd: false });

    /// <summary>After the last epoch, before the callbacks are told of the end: what is kept can be gone on from with more epochs.</summary>
    public void BeforeEnd() => Save(backup => backup is { SaveEveryBatches: not null, DeleteCheckpoint: false } or { SavesOnlyAtEnd: true });

    /// <summary>After everything.</summary>
    public void AfterEnd()
    {
        foreach (BackupAndRestore backup in _backups.Where(backup => backup.DeleteCheckpoint))
        {
            try
            {
                File.Delete(backup.Path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new CheckpointException($"Training has ended, but its checkpoint {backup.Path} cannot be deleted: {exception.Message}", exception);
            }
        }
    }

    /// <summary>After a cancellation between two steps. Returns why the training could not be saved, or null; then the last checkpoint stays.</summary>
    public Exception? OnCancel()
    {
        try
        {
            Save(_ => true);
            return null;
        }
        catch (Exception exception) when (exception is CheckpointException or NotSupportedException)
        {
            return exception;
        }
    }

    private void Save(Predicate<BackupAndRestore> isDue)
    {
        SavedState? saved = null;
        foreach (BackupAndRestore backup in _backups)
        {
            if (isDue(backup))
            {
                saved ??= state.Save(elapsed());
                Checkpoint.Write(backup.Path, training, optimizer, saved, backup.Wrap);
            }
        }
    }
}
