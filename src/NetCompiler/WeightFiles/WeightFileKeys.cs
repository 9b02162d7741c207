using System.Text;

namespace NetCompiler;

/// <summary>The entries of <c>__metadata__</c> that are ours; all others are the user's.</summary>
internal static class WeightFileKeys
{
    /// <summary>The name of the entry of a file that holds the texts.</summary>
    public const string Metadata = "__metadata__";

    /// <summary>What all our keys begin with.</summary>
    public const string Prefix = "netcompiler.";

    /// <summary>The version of the format.</summary>
    public const string Version = "netcompiler.version";

    /// <summary>The network's name.</summary>
    public const string Network = "netcompiler.network";

    /// <summary>The hash of everything that affects inference.</summary>
    public const string Architecture = "netcompiler.architecture";

    /// <summary>What the checkpoints of trainings have, which are weight files with more in them.</summary>
    public const string Checkpoint = "netcompiler.checkpoint.version";

    /// <summary>The version that is written, and the only one that is read.</summary>
    public const string CurrentVersion = "1";

    /// <summary>The texts of a network's file: ours, then the user's in ordinal order, so that equal networks give equal bytes.</summary>
    /// <exception cref="InvalidOperationException">A key of the user's begins like ours, a text is null, or one of both has half of a surrogate pair.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Of(INetwork network)
    {
        foreach ((string key, string value) in network.Metadata)
        {
            if (value is null)
            {
                throw new InvalidOperationException($"Metadata has no text under the key \"{key}\", but null, which files cannot hold.");
            }

            if (key.StartsWith(Prefix, StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"Metadata has the key \"{key}\", but keys that begin with \"{Prefix}\" belong to the file format.");
            }

            if (HasLoneSurrogate(key) || HasLoneSurrogate(value))
            {
                throw new InvalidOperationException($"Metadata has half of a surrogate pair in {(HasLoneSurrogate(key) ? "" : "the text under ")}the key \"{key}\", which files cannot hold.");
            }
        }

        return
        [
            new(Version, CurrentVersion),
            new(Network, network.Description.Name),
            new(Architecture, network.Description.ArchitectureHash),
            .. network.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>A key of ours, which says that the file is; null where there is none.</summary>
    public static string? FirstOf(IReadOnlyDictionary<string, string> metadata) => metadata.Keys.FirstOrDefault(key => key.StartsWith(Prefix, StringComparison.Ordinal));

    // Writers would put another character in its place.
    private static bool HasLoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out Rune rune))
            {
                return true;
            }

            i += rune.Utf16SequenceLength - 1;
        }

        return false;
    }
}
