namespace NetCompiler.TestKit;

/// <summary>The folder of data sets and golden tensors beside the repository.</summary>
public static class Shared
{
    private static readonly Lazy<string?> Located = new(Locate);

    /// <summary>The folder, or null where it is missing.</summary>
    public static string? Folder => Located.Value;

    /// <summary>Why a test that needs <paramref name="relativePath"/> is skipped, or null where it can run. A continuous-integration run never skips: the test then fails.</summary>
    public static string? ReasonToSkip(string relativePath)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true" || (Folder is string folder && Path.Exists(Path.Combine(folder, relativePath))))
        {
            return null;
        }

        return $"\"{relativePath}\" is not in a folder \"shared\" beside the repository, nor under NETCOMPILER_SHARED.";
    }

    /// <summary>The full path of a file or folder in the shared folder.</summary>
    /// <exception cref="DirectoryNotFoundException">The shared folder is missing.</exception>
    public static string PathOf(string relativePath) => Path.Combine(
        Folder ?? throw new DirectoryNotFoundException("There is no folder \"shared\" beside the repository, and NETCOMPILER_SHARED names none."), relativePath);

    private static string? Locate()
    {
        if (Environment.GetEnvironmentVariable("NETCOMPILER_SHARED") is { Length: > 0 } named && Directory.Exists(named))
        {
            return named;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NetCompiler.sln")))
            {
                string beside = Path.Combine(folder.FullName, "..", "shared");
                return Directory.Exists(beside) ? Path.GetFullPath(beside) : null;
            }
        }

        return null;
    }
}
