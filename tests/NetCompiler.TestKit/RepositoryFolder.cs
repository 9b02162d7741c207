namespace NetCompiler.TestKit;

/// <summary>The root of the repository that a test runs from.</summary>
public static class RepositoryFolder
{
    /// <summary>The first folder above the test's base directory that holds NetCompiler.sln.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NetCompiler.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has NetCompiler.sln.");
    }
}
