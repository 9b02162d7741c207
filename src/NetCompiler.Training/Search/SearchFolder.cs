using System.Globalization;

namespace NetCompiler;

/// <summary>The files of a search: its log, the best weights so far, and the checkpoints of trials that may be promoted. Without a folder of the user's, checkpoints are in one that goes away.</summary>
internal sealed class SearchFolder : IDisposable
{
    private const string LogName = "trials.log";
    private const string WeightsPrefix = "best-";
    private const string CheckpointPrefix = "trial-";

    private readonly string? _kept;

    // Asked for by several threads.
    private readonly Lazy<string> _temporary = new(() => Directory.CreateTempSubdirectory("netcompiler-search-").FullName);

    /// <summary>Names the folder; nothing is written yet.</summary>
    public SearchFolder(string? folder) => _kept = folder;

    /// <summary>The log; null without a folder.</summary>
    public string? LogPath => _kept is null ? null : Path.Combine(_kept, LogName);

    /// <summary>Makes the folder.</summary>
    /// <exception cref="TrialLogException">It cannot be made.</exception>
    public void Create()
    {
        if (_kept is not null)
        {
            try
            {
                Directory.CreateDirectory(_kept);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new TrialLogException($"The folder of the search, {_kept}, cannot be made: {exception.Message}", exception);
            }
        }
    }

    /// <summary>The checkpoint of a trial.</summary>
    public string CheckpointPath(int trial)
        => Path.Combine(_kept ?? _temporary.Value, string.Create(CultureInfo.InvariantCulture, $"{CheckpointPrefix}{trial:00000}.checkpoint"));

    /// <summary>A trial ends here, or its search.</summary>
    public void DeleteCheckpoint(int trial)
    {
        if (_kept is not null || _temporary.IsValueCreated)
        {
            DeleteQuietly(CheckpointPath(trial));
        }
    }

    /// <summary>Writes the weights of the best trial so far, before the log says of it; those of others go once it does.</summary>
    /// <exception cref="TrialLogException">They cannot be written.</exception>
    public void SaveBest(TrialTask task, INetwork network)
    {
        if (_kept is not null)
        {
            try
            {
                network.Save(WeightsPath(task));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new TrialLogException($"The weights of the best trial so far, {WeightsPath(task)}, cannot be written: {exception.Message} The outcomes in the log are kept.", exception);
            }
        }
    }

    /// <summary>Deletes the weights of all tasks but one.</summary>
    public void KeepOnlyBest(TrialTask task)
    {
        if (_kept is not null)
        {
            foreach (string path in Directory.GetFiles(_kept, WeightsPrefix + "*.safetensors").Where(path => Path.GetFileName(path) != Path.GetFileName(WeightsPath(task))))
            {
                DeleteQuietly(path);
            }
        }
    }

    /// <summary>Gives a network the weights of a task; false where there are none that fit.</summary>
    public bool TryLoadBest(TrialTask task, INetwork network)
    {
        if (_kept is null || !File.Exists(WeightsPath(task)))
        {
            return false;
        }

        try
        {
            network.LoadWeights(WeightsPath(task));
            return true;
        }
        catch (Exception exception) when (exception is WeightFileException or IOException or UnauthorizedAccessException)
        {
            // Nothing was changed; the training is repeated.
            return false;
        }
    }

    public void Dispose()
    {
        if (_temporary.IsValueCreated)
        {
            try
            {
                Directory.Delete(_temporary.Value, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The system clears its temporary folder; what the search found matters more.
            }
        }
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A file too many harms nothing.
        }
    }

    private string WeightsPath(TrialTask task) => Path.Combine(_kept!, string.Create(CultureInfo.InvariantCulture, $"{WeightsPrefix}{task.Trial:00000}-{task.Epochs ?? 0}.safetensors"));
}
