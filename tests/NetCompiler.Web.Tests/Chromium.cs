using Xunit;

namespace NetCompiler.Tests.Web;

/// <summary>The browser of the system: no test downloads one.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>The program on the path, or null.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}

/// <summary>A test in a real browser, skipped with the reason where there is none. A continuous-integration run never skips: the test then fails.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.Path is not null || Environment.GetEnvironmentVariable("CI") == "true"
        ? null
        : "There is no Chromium on the path (Debian: apt-get install chromium).";
}

/// <summary>A theory in a real browser, skipped as <see cref="BrowserFactAttribute"/>.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = new BrowserFactAttribute().Skip;
}
