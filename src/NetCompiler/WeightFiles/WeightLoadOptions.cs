namespace NetCompiler;

/// <summary>How a weight file is matched with a network. The default is strict: every weight present, none left over, the same architecture.</summary>
public sealed record WeightLoadOptions
{
    private readonly WeightConvention _convention;
    private readonly string _prefix = "";
    private readonly IReadOnlyDictionary<string, string> _renames = new Dictionary<string, string>();

    /// <summary>Whose names and shapes the file follows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such convention.</exception>
    public WeightConvention Convention
    {
        get => _convention;
        init => _convention = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Convention), value, "There is no such convention.");
    }

    /// <summary>Dropped from the front of the file's names.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public string Prefix
    {
        get => _prefix;
        init => _prefix = value ?? throw new ArgumentNullException(nameof(Prefix));
    }

    /// <summary>
    /// From the file's name, after <see cref="Prefix"/>, to ours: of a weight ("weights1" to "dense1.kernel") or of a layer ("0" to "dense1"). One that the file does not
    /// have is refused as a weight is that it lacks.
    /// </summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public IReadOnlyDictionary<string, string> Renames
    {
        get => _renames;
        init => _renames = value ?? throw new ArgumentNullException(nameof(Renames));
    }

    /// <summary>Weights and renamed names that the file lacks are passed over; those weights keep their values.</summary>
    public bool AllowMissing { get; init; }

    /// <summary>Tensors that fit no weight are passed over.</summary>
    public bool AllowUnused { get; init; }

    /// <summary>The file may come from a network whose architecture differs where no shape shows it, as in an activation.</summary>
    public bool IgnoreArchitecture { get; init; }
}

/// <summary>What loading a weight file did.</summary>
/// <param name="Loaded">Our names of the weights that were read.</param>
/// <param name="Missing">Our names of the weights that the file lacks.</param>
/// <param name="Unused">The file's names of the tensors that fit no weight.</param>
public sealed record WeightLoadReport(IReadOnlyList<string> Loaded, IReadOnlyList<string> Missing, IReadOnlyList<string> Unused);

/// <summary>A weight file that is damaged or belongs to another network. Nothing was changed.</summary>
public sealed class WeightFileException : IOException
{
    /// <summary>Makes an exception about one tensor, or about the whole file.</summary>
    public WeightFileException(string message, string? tensor = null, IReadOnlyList<string>? mismatches = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Tensor = tensor;
        Mismatches = mismatches ?? [];
    }

    /// <summary>The tensor at fault, or null where the whole file is.</summary>
    public string? Tensor { get; }

    /// <summary>Everything that does not fit, one line each.</summary>
    public IReadOnlyList<string> Mismatches { get; }
}
