using System.Security.Cryptography;

namespace Samples.Data;

/// <summary>The four files of MNIST with their checksums.</summary>
public static class MnistFiles
{
    /// <summary>The packed files by name, with the SHA-256 of each.</summary>
    public static IReadOnlyDictionary<string, string> Checksums { get; } = new Dictionary<string, string>
    {
        ["train-images-idx3-ubyte.gz"] = "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        ["train-labels-idx1-ubyte.gz"] = "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        ["t10k-images-idx3-ubyte.gz"] = "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        ["t10k-labels-idx1-ubyte.gz"] = "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
    };

    /// <summary>The user's own folder for downloaded files.</summary>
    public static string CacheFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "NetCompiler", "mnist");

    /// <summary>Whether all four files are in a folder, packed or plain.</summary>
    public static bool AreIn(string folder) => Checksums.Keys.All(name =>
        File.Exists(Path.Combine(folder, name)) || File.Exists(Path.Combine(folder, Path.GetFileNameWithoutExtension(name))));

    /// <summary>Whether data has the checksum of the file called <paramref name="name"/>.</summary>
    public static bool Matches(string name, Stream data) =>
        Convert.ToHexStringLower(SHA256.HashData(data)) == Checksums[name];
}
