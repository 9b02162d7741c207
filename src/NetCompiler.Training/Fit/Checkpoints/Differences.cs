using System.Text;

namespace NetCompiler;

/// <summary>Gathers what differs between a checkpoint and the training that is to go on from it.</summary>
internal sealed class Differences(string source)
{
    private readonly StringBuilder _lines = new();

    /// <summary>Notes a difference.</summary>
    public void Compare(string name, string found, string expected)
    {
        if (found != expected)
        {
            _lines.Append($"\n- {name}: {found} in the checkpoint, {expected} here");
        }
    }

    /// <exception cref="CheckpointException">Something differs.</exception>
    public void ThrowIfAny(string consequence)
    {
        if (_lines.Length > 0)
        {
            throw new CheckpointException($"The checkpoint {source} belongs to another training, and {consequence}:{_lines}");
        }
    }
}
