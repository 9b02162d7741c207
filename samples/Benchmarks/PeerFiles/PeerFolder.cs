namespace Benchmarks.PeerFiles;

/// <summary>The folder with the peers' models, weights and scripts.</summary>
internal sealed class PeerFolder
{
    private readonly string _path;

    private PeerFolder(string path) => _path = path;

    public string TrainingScript => Path.Combine(_path, "train_pytorch.py");

    /// <summary>
    /// Looks in <paramref name="given"/>, else in <c>shared/peers</c> below NETCOMPILER_SHARED or beside the repository (upwards from
    /// <paramref name="start"/> to the folder with NetCompiler.sln). Null where it is missing, with the reason.
    /// </summary>
    public static PeerFolder? Find(string? given, string start, out string reason)
    {
        string? path = given ?? Default(start);
        if (path is null)
        {
            reason = "no --peers folder was given, and there is no ../shared/peers beside the repository";
            return null;
        }

        if (!Directory.Exists(Path.Combine(path, "models")))
        {
            reason = $"the peers' folder {path} has no folder \"models\"";
            return null;
        }

        reason = "";
        return new PeerFolder(Path.GetFullPath(path));
    }

    /// <summary>The network's ONNX model, with a free batch dimension, input x and output y.</summary>
    public string Model(string network) => Path.Combine(_path, "models", network + ".onnx");

    /// <summary>The same network's weights in PyTorch's names and layouts.</summary>
    public string Weights(string network) => Path.Combine(_path, "models", network + ".weights.safetensors");

    /// <summary>A few inputs x and their outputs y.</summary>
    public string Examples(string network) => Path.Combine(_path, "models", network + ".io.safetensors");

    /// <summary>A folder below this one that may hold a copy of ONNX Runtime.</summary>
    public string Folder => _path;

    private static string? Default(string start)
    {
        if (Environment.GetEnvironmentVariable("NETCOMPILER_SHARED") is { Length: > 0 } shared)
        {
            return Path.Combine(shared, "peers");
        }

        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NetCompiler.sln")) && folder.Parent is { } above)
            {
                string peers = Path.Combine(above.FullName, "shared", "peers");
                return Directory.Exists(peers) ? peers : null;
            }
        }

        return null;
    }
}
