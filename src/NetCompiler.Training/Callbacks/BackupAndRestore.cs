namespace NetCompiler;

/// <summary>
/// Saves the training so that a run that was killed or canceled goes on where it was: with the file at hand, <see cref="NetworkTraining.Fit"/> continues from it and ends with
/// the weights, to the bit, of a run that was never interrupted. The file holds weights, optimizer, random state, epoch and batch, metrics of the epoch so far, history, and
/// the state of all callbacks; it is written after all of them were told, atomically and with a checksum. A file that is damaged, or was written by a training with another network,
/// optimizer, number of samples, batch size, seed or the like, is refused.
/// </summary>
/// <remarks>
/// As Keras's <c>BackupAndRestore</c>. A canceled training is saved at its last completed step. <see cref="FitOptions.Epochs"/> counts the epochs that the file holds: where
/// they are as many or more, nothing is trained, and the network and the history are those of the file; only an epoch that had begun is ended first.
/// </remarks>
public sealed class BackupAndRestore : Callback
{
    /// <summary>Makes the callback.</summary>
    /// <param name="path">The file; its folder is made where it is missing. Whether it can be written is found out when training begins.</param>
    /// <param name="saveEveryBatches">After how many batches it is saved, in the middle of an epoch too; null means after every epoch.</param>
    /// <param name="deleteCheckpoint">
    /// Whether the file is deleted when training has ended; without, running again with more epochs goes on from the end, and with as many returns at once.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The number of batches is below 1.</exception>
    public BackupAndRestore(string path, int? saveEveryBatches = null, bool deleteCheckpoint = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(saveEveryBatches ?? 1, 1, nameof(saveEveryBatches));
        Path = path;
        SaveEveryBatches = saveEveryBatches;
        DeleteCheckpoint = deleteCheckpoint;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>After how many batches the training is saved; null means after every epoch.</summary>
    public int? SaveEveryBatches { get; }

    /// <summary>Whether the file is deleted when training has ended.</summary>
    public bool DeleteCheckpoint { get; }

    /// <summary>Whether it is saved only when training ends or is canceled, and kept: for many short trainings of which some are gone on with.</summary>
    internal bool SavesOnlyAtEnd { get; init; }

    /// <summary>Wraps the stream of the file, for tests.</summary>
    internal Func<Stream, Stream>? Wrap { get; init; }

    internal override void RequireWritable() => Checkpoint.RequireWritable(Path);
}
