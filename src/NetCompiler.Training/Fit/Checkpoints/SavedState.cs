using System.Globalization;

namespace NetCompiler;

/// <summary>
/// Named values that a callback or a metric keeps in a checkpoint and gets back, to the bit and in every culture, when the training is resumed. A value that is set
/// again is replaced.
/// </summary>
public sealed class SavedState
{
    private readonly Dictionary<string, string> _texts = [];
    private readonly Dictionary<string, float[]> _floats = [];

    /// <summary>The names of all values.</summary>
    public IEnumerable<string> Names => _texts.Keys.Concat(_floats.Keys);

    /// <summary>Values but for the rows of numbers, as they are written.</summary>
    internal IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>Rows of numbers.</summary>
    internal IReadOnlyDictionary<string, float[]> Floats => _floats;

    /// <summary>Whether there is such a value.</summary>
    public bool Contains(string name) => _texts.ContainsKey(name) || _floats.ContainsKey(name);

    /// <summary>Keeps a text.</summary>
    public void Set(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentException.ThrowIfNullOrEmpty(name);
        _floats.Remove(name);
        _texts[name] = value;
    }

    /// <summary>Keeps a whole number.</summary>
    public void Set(string name, long value) => Set(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Keeps a number; infinities and NaN too.</summary>
    public void Set(string name, double value) => Set(name, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Keeps whether something is so.</summary>
    public void Set(string name, bool value) => Set(name, value ? "true" : "false");

    /// <summary>Keeps a row of numbers, as a copy: weights, scores.</summary>
    public void Set(string name, ReadOnlySpan<float> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _texts.Remove(name);
        _floats[name] = values.ToArray();
    }

    /// <summary>Keeps a row of numbers in double precision.</summary>
    public void Set(string name, ReadOnlySpan<double> values) => Set(name, string.Join(' ', values.ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture))));

    /// <summary>A text.</summary>
    /// <exception cref="CheckpointException">There is no such value; the message names those there are.</exception>
    public string GetString(string name) => _texts.TryGetValue(name, out string? value) ? value : throw Missing(name, "text or number");

    /// <summary>A whole number.</summary>
    /// <exception cref="CheckpointException">There is no such value, or it is something else.</exception>
    public long GetInt64(string name)
        => long.TryParse(GetString(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : throw Other(name, "a whole number");

    /// <summary>A whole number in the range of an index or a count.</summary>
    /// <exception cref="CheckpointException">There is no such value, or it is out of the range.</exception>
    internal int GetInt32(string name, int least = 0)
        => GetInt64(name) is long value && value >= least && value <= int.MaxValue ? (int)value : throw Other(name, FormattableString.Invariant($"a whole number from {least} to {int.MaxValue}"));

    /// <summary>A number.</summary>
    /// <exception cref="CheckpointException">There is no such value, or it is something else.</exception>
    public double GetDouble(string name)
        => double.TryParse(GetString(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Other(name, "a number");

    /// <summary>Whether something is so.</summary>
    /// <exception cref="CheckpointException">There is no such value, or it is something else.</exception>
    public bool GetBoolean(string name) => GetString(name) switch
    {
        "true" => true,
        "false" => false,
        _ => throw Other(name, "true or false"),
    };

    /// <summary>A row of numbers, as a copy.</summary>
    /// <exception cref="CheckpointException">There is no such row.</exception>
    public float[] GetFloats(string name) => _floats.TryGetValue(name, out float[]? values) ? [.. values] : throw Missing(name, "row of numbers");

    /// <summary>A row of numbers in double precision.</summary>
    /// <exception cref="CheckpointException">There is no such row, or it is something else.</exception>
    public double[] GetDoubles(string name)
    {
        string[] words = GetString(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double[] values = new double[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
            {
                throw Other(name, "a row of numbers");
            }
        }

        return values;
    }

    /// <summary>Keeps everything of another state under a name of its own.</summary>
    internal void Set(string prefix, SavedState part)
    {
        foreach ((string name, string value) in part._texts)
        {
            _texts[prefix + "/" + name] = value;
        }

        foreach ((string name, float[] values) in part._floats)
        {
            _floats[prefix + "/" + name] = values;
        }
    }

    /// <summary>What was kept under a name of its own.</summary>
    internal SavedState GetPart(string prefix)
    {
        SavedState part = new();
        prefix += "/";
        foreach ((string name, string value) in _texts.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            part._texts[name[prefix.Length..]] = value;
        }

        foreach ((string name, float[] values) in _floats.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            part._floats[name[prefix.Length..]] = values;
        }

        return part;
    }

    private CheckpointException Other(string name, string expected) => new($"The saved value \"{name}\" is \"{_texts[name]}\", but {expected} was expected.");

    private CheckpointException Missing(string name, string kind)
        => new($"There is no saved {kind} \"{name}\"; there {(Names.Any() ? $"are {string.Join(", ", Names.Order(StringComparer.Ordinal))}" : "is nothing")}.");
}
