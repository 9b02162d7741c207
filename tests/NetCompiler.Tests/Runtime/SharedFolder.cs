using Xunit.Abstractions;

namespace NetCompiler.Tests.Runtime;

/// <summary>Finds the folder of reference data beside the repository; without it a test says so and passes, but fails in CI.</summary>
internal static class SharedFolder
{
    public static string? Find(string file, ITestOutputHelper output)
    {
        IEnumerable<string> candidates = Environment.GetEnvironmentVariable("NETCOMPILER_SHARED") is { Length: > 0 } named ? [named] : [];
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NetCompiler.sln")))
            {
                candidates = candidates.Append(Path.Combine(folder.FullName, "..", "shared"));
            }
        }

        string? path = candidates.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            string reason = $"Skipped: {file} is not in a folder named shared beside the repository.";
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                throw new FileNotFoundException(reason);
            }

            output.WriteLine(reason);
        }

        return path;
    }
}
