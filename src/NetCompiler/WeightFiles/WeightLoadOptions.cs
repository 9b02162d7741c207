namespace NetCompiler;

/// <summary>How a weight file is matched with a network. The default is strict: every weight present, none left over, the same architecture.</summary>
public sealed record WeightLoadOptions
{
    /// <summary>Whose names and shapes the file follows.</summary>
    public WeightConvention Convention { get; init; }

    /// <summary>Dropped from the front of the file's names.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>From the file's name, after <see cref="Prefix"/>, to ours: of a weight ("weights1" to "dense1.kernel") or of a layer ("0" to "dense1").</summary>
    public IReadOnlyDictionary<string, string> Renames { get; init; } = new Dictionary<string, string>();

    /// <summary>Weights that the file lacks keep their values.</summary>
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
