using System.Globalization;

namespace NetCompiler;

/// <summary>
/// A training as it was between two steps: the weights with their moving statistics, the optimizer's state, the place in the random numbers, and whatever else was given.
/// <see cref="NetworkTraining.Fit"/> writes and reads them through <see cref="BackupAndRestore"/> and <see cref="FitOptions.ResumeFrom"/>, loops of one's own through
/// <see cref="Write(string, ITraining, OptimizerState, SavedState?)"/> and <see cref="Restore"/>. The file is a safetensors file with a checksum, whose weights can be loaded as from
/// any other (<see cref="WeightLoadOptions.AllowUnused"/>).
/// </summary>
public sealed class Checkpoint
{
    private const string CurrentVersion = "1";

    private readonly string _source;
    private readonly IReadOnlyDictionary<string, string> _metadata;
    private readonly Dictionary<string, NamedTensor> _tensors;
    private readonly CheckpointPlace _place;

    private Checkpoint(string source, IReadOnlyDictionary<string, string> metadata, Dictionary<string, NamedTensor> tensors, CheckpointPlace place, SavedState state)
    {
        _source = source;
        _metadata = metadata;
        _tensors = tensors;
        _place = place;
        State = state;
    }

    /// <summary>What was given beside the training.</summary>
    public SavedState State { get; }

    /// <summary>Writes a checkpoint: the file appears under its name once it is complete and on the disk; if anything fails, an older one stays as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="training">The training, between two steps.</param>
    /// <param name="optimizer">The state of its optimizer.</param>
    /// <param name="state">What else is to be remembered: the epoch, the best loss.</param>
    /// <exception cref="CheckpointException">A weight is NaN or infinite, or the file cannot be written; the message says why.</exception>
    public static void Write(string path, ITraining training, OptimizerState optimizer, SavedState? state = null) => Write(path, training, optimizer, state ?? new SavedState(), wrap: null);

    /// <summary>Reads a checkpoint, verifies its checksum, and parses its entries; nothing is restored yet.</summary>
    /// <exception cref="CheckpointException">The file cannot be read, is damaged, or is no checkpoint; the message says which.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static Checkpoint Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        IReadOnlyList<NamedTensor> tensors;
        IReadOnlyDictionary<string, string> metadata;
        try
        {
            tensors = TensorFile.Read(File.ReadAllBytes(path), path, out metadata);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or (IOException and not (FileNotFoundException or DirectoryNotFoundException)))
        {
            throw new CheckpointException($"The checkpoint {path} cannot be read: {exception.Message}", exception);
        }

        if (!metadata.TryGetValue(CheckpointKeys.Version, out string? version))
        {
            throw new CheckpointException($"{path} is no checkpoint: it has no entry \"{CheckpointKeys.Version}\".");
        }

        if (version != CurrentVersion)
        {
            throw new CheckpointException($"The checkpoint {path} has the format version {version}, but this library reads version {CurrentVersion}.");
        }

        string found = CheckpointKeys.ChecksumOf(metadata, tensors), expected = metadata.GetValueOrDefault(CheckpointKeys.Checksum, "none");
        if (found != expected)
        {
            throw new CheckpointException($"The checkpoint {path} is damaged: its content has the SHA-256 {found}, but the file says {expected}.");
        }

        return new Checkpoint(path, metadata, tensors.ToDictionary(tensor => tensor.Name), CheckpointPlace.Read(metadata, path), StateOf(metadata, tensors, path));
    }

    /// <summary>Gives a training and its optimizer what the checkpoint holds: the next step is the one that followed it.</summary>
    /// <param name="training">A training of the same network, made with the same batch size and seed.</param>
    /// <param name="optimizer">A state made by an optimizer with the same settings.</param>
    /// <exception cref="CheckpointException">
    /// The checkpoint belongs to another network or optimizer, and the message lists every difference; or it holds a weight that is NaN or infinite. Nothing was changed.
    /// </exception>
    public void Restore(ITraining training, OptimizerState optimizer)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(optimizer);
        Differences differences = new(_source);
        Compare(training, optimizer, differences);
        differences.ThrowIfAny($"{training.Network.Description.Name} was not changed");
        RequireFinite(training.Network);
        foreach (WeightView weight in training.Network.Weights)
        {
            weight.CopyFrom(_tensors[weight.Name].Values.Span);
        }

        OptimizerSlots.Write(training, optimizer, _tensors);
        training.StepIndex = _place.StepIndex;
        optimizer.Steps = _place.Steps;
        optimizer.LearningRate = _place.LearningRate;
    }

    /// <summary>Writes through a stream of the tests'.</summary>
    internal static void Write(string path, ITraining training, OptimizerState optimizer, SavedState state, Func<Stream, Stream>? wrap)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(optimizer);
        INetwork network = training.Network;
        List<NamedTensor> tensors = [.. network.Weights.Select(weight => new NamedTensor(weight.Name, weight.Shape.ToArray(), weight.ToArray()))];
        RequireFinite(tensors, $"The checkpoint {path} was not written", "Nothing was changed there");
        tensors.AddRange(OptimizerSlots.Read(training, optimizer));
        tensors.AddRange(state.Floats.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new NamedTensor(CheckpointKeys.State + entry.Key, [entry.Value.Length], entry.Value)));
        Dictionary<string, string> metadata = new(TensorFile.MetadataOf(network))
        {
            [CheckpointKeys.Version] = CurrentVersion,
            [CheckpointKeys.StepIndex] = training.StepIndex.ToString(CultureInfo.InvariantCulture),
            [CheckpointKeys.Steps] = optimizer.Steps.ToString(CultureInfo.InvariantCulture),
            [CheckpointKeys.LearningRate] = optimizer.LearningRate.ToString("R", CultureInfo.InvariantCulture),
            [CheckpointKeys.Optimizer] = OptimizerSlots.NameOf(optimizer),
            [CheckpointKeys.OptimizerSettings] = OptimizerSlots.TextOf(optimizer),
        };
        foreach ((string name, string value) in state.Texts.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            metadata[CheckpointKeys.State + name] = value;
        }

        metadata[CheckpointKeys.Checksum] = CheckpointKeys.ChecksumOf(metadata, tensors);
        try
        {
            AtomicFile.Write(path, stream => TensorFile.Write(wrap is null ? stream : wrap(stream), "the checkpoint", metadata, tensors), TemporaryName(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, exception);
        }
    }

    /// <summary>Makes the folder of a checkpoint where it is missing, and proves that one can be written there.</summary>
    /// <exception cref="CheckpointException">It cannot; the message says why.</exception>
    internal static void RequireWritable(string path)
    {
        try
        {
            AtomicFile.RequireWritable(path, TemporaryName(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, exception);
        }
    }

    /// <summary>Notes what of a training or an optimizer this checkpoint was not written for.</summary>
    internal void Compare(ITraining training, OptimizerState optimizer, Differences differences)
    {
        foreach ((string key, string value) in TensorFile.MetadataOf(training.Network).Where(entry => CheckpointKeys.IsIdentity(entry.Key)))
        {
            differences.Compare(key["netcompiler.".Length..], _metadata.GetValueOrDefault(key, "none"), value);
        }

        // By whose state it is, and told in its own words, which older files do not have.
        string saved = _metadata.GetValueOrDefault(CheckpointKeys.Optimizer, "none");
        if (saved != OptimizerSlots.NameOf(optimizer))
        {
            differences.Add("optimizer", _metadata.GetValueOrDefault(CheckpointKeys.OptimizerSettings, saved), OptimizerSlots.TextOf(optimizer));
        }

        foreach (NamedTensor needed in training.Network.Weights.Select(weight => new NamedTensor(weight.Name, weight.Shape.ToArray(), default)).Concat(OptimizerSlots.Read(training, optimizer)))
        {
            string found = _tensors.TryGetValue(needed.Name, out NamedTensor? tensor) ? ShapeText(tensor) : "missing";
            differences.Compare($"\"{needed.Name}\"", found, ShapeText(needed));
        }
    }

    /// <summary>Refuses weights that no training could go on with.</summary>
    internal void RequireFinite(INetwork network)
        => RequireFinite(network.Weights.Select(weight => _tensors[weight.Name]), $"The checkpoint {_source} is damaged", $"{network.Description.Name} was not changed");

    private static void RequireFinite(IEnumerable<NamedTensor> weights, string finding, string consequence)
    {
        foreach (NamedTensor weight in weights)
        {
            foreach (float value in weight.Values.Span)
            {
                if (!float.IsFinite(value))
                {
                    throw new CheckpointException(string.Create(CultureInfo.InvariantCulture, $"{finding}: {weight.Name} holds {value}. {consequence}."));
                }
            }
        }
    }

    private static SavedState StateOf(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<NamedTensor> tensors, string source)
    {
        SavedState state = new();
        foreach ((string key, string value) in metadata)
        {
            if (NameOf(key) is { } name)
            {
                state.Set(name, value);
            }
        }

        foreach (NamedTensor tensor in tensors)
        {
            if (NameOf(tensor.Name) is { } name)
            {
                state.Set(name, tensor.Values.Span);
            }
        }

        return state;

        string? NameOf(string key)
        {
            if (!key.StartsWith(CheckpointKeys.State, StringComparison.Ordinal))
            {
                return null;
            }

            string name = key[CheckpointKeys.State.Length..];
            return name.Length == 0 ? throw new CheckpointException($"The checkpoint {source} is damaged: a saved value has no name.")
                : state.Contains(name) ? throw new CheckpointException($"The checkpoint {source} is damaged: it holds \"{name}\" twice, as a text and as an array.")
                : name;
        }
    }

    // A fixed name: a process that is killed leaves one such file at most.
    private static string TemporaryName(string path) => $".{Path.GetFileName(path)}.tmp";

    private static CheckpointException Unwritable(string path, Exception reason) => new($"The checkpoint {path} cannot be written: {reason.Message} Nothing was changed there.", reason);

    private static string ShapeText(NamedTensor tensor) => $"({string.Join(", ", tensor.Shape)})";
}
