using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NetCompiler;

/// <summary>The names of a checkpoint's entries, and the checksum over all of them.</summary>
internal static class CheckpointKeys
{
    /// <summary>The version of the format.</summary>
    public const string Version = "netcompiler.checkpoint.version";

    /// <summary>SHA-256 of everything else.</summary>
    public const string Checksum = "netcompiler.checkpoint.sha256";

    /// <summary>The place in the random numbers of the training.</summary>
    public const string StepIndex = "netcompiler.checkpoint.step_index";

    /// <summary>The number of the optimizer's steps.</summary>
    public const string Steps = "netcompiler.checkpoint.steps";

    /// <summary>The learning rate of the next step.</summary>
    public const string LearningRate = "netcompiler.checkpoint.learning_rate";

    /// <summary>Whose state the slots are.</summary>
    public const string Optimizer = "netcompiler.checkpoint.optimizer";

    /// <summary>The optimizer in its own words, for people.</summary>
    public const string OptimizerSettings = "netcompiler.checkpoint.optimizer_settings";

    /// <summary>What the names of saved values begin with.</summary>
    public const string State = "netcompiler.state.";

    /// <summary>What the names of the optimizer's arrays begin with.</summary>
    public const string Slot = "netcompiler.slot";

    /// <summary>Whether a weight file's text says to which network it belongs.</summary>
    public static bool IsIdentity(string key) => key is "netcompiler.network" or "netcompiler.architecture";

    /// <summary>SHA-256 over all texts but the checksum, in ordinal order, and all arrays by name; every part is preceded by its length.</summary>
    public static string ChecksumOf(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<NamedTensor> tensors)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string key, string value) in metadata.Where(entry => entry.Key != Checksum).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            Append(hash, Encoding.UTF8.GetBytes(key));
            Append(hash, Encoding.UTF8.GetBytes(value));
        }

        foreach (NamedTensor tensor in tensors)
        {
            Append(hash, Encoding.UTF8.GetBytes(tensor.Name));
            Append(hash, Encoding.UTF8.GetBytes(string.Join(',', tensor.Shape)));
            Append(hash, TensorFile.BytesOf(tensor.Values.Span));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
