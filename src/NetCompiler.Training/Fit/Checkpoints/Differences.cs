namespace NetCompiler;

/// <summary>Gathers what differs between a checkpoint and the training that is to go on from it.</summary>
internal sealed class Differences(string source)
{
    private readonly List<string> _lines = [];

    /// <summary>Notes a difference where there is one.</summary>
    public void Compare(string name, string found, string expected)
    {
        if (found != expected)
        {
            Add(name, found, expected);
        }
    }

    /// <summary>Notes a difference, once.</summary>
    public void Add(string name, string found, string expected)
    {
        string line = $"\n- {name}: {found} in the checkpoint, {expected} here";
        if (!_lines.Contains(line))
        {
            _lines.Add(line);
        }
    }

    /// <exception cref="CheckpointException">Something differs.</exception>
    public void ThrowIfAny(string consequence)
    {
        if (_lines.Count > 0)
        {
            throw new CheckpointException($"The checkpoint {source} belongs to another training, and {consequence}:{string.Concat(_lines)}");
        }
    }
}
