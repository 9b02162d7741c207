namespace Samples.Data;

/// <summary>The folder <c>shared</c> with data sets and golden tensors, which a checkout of the repository may have beside it.</summary>
public static class SharedFolder
{
    /// <summary>The folder named by NETCOMPILER_SHARED, else the one beside the folder that has NetCompiler.sln; null where there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("NETCOMPILER_SHARED") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NetCompiler.sln")))
            {
                string beside = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared"));
                return Directory.Exists(beside) ? beside : null;
            }
        }

        return null;
    }

    /// <summary>A file below <paramref name="given"/>, else below the shared folder; null, with the reason, where it is in neither.</summary>
    /// <param name="given">The folder of <c>--data</c>, or null.</param>
    /// <param name="relativePath">The file below the shared folder, as <c>data/iris/iris.csv</c>; below <paramref name="given"/> its name is enough.</param>
    /// <param name="reason">Why there is no such file.</param>
    public static string? FindFile(string? given, string relativePath, out string reason)
    {
        string name = Path.GetFileName(relativePath);
        string?[] candidates = given is not null ? [Path.Combine(given, name)] : [Find() is { } shared ? Path.Combine(shared, relativePath) : null];
        string? found = candidates.FirstOrDefault(File.Exists);
        reason = found is not null ? "" : given is not null ? $"there is no {name} in {given}" : $"there is no shared/{relativePath} beside the repository, and --data names no folder with {name}";
        return found;
    }
}
