namespace NetCompiler.Tests.Samples;

/// <summary>A folder of its own that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("netcompiler-samples-").FullName;

    /// <summary>Fails unless every picture is there in both formats.</summary>
    public void AssertPictures(params IEnumerable<string> names) => Xunit.Assert.All(
        names.SelectMany(name => new[] { name + ".svg", name + ".png" }),
        file => Xunit.Assert.True(File.Exists(System.IO.Path.Combine(Path, file)), $"There is no {file}."));

    /// <summary>Fails unless a picture has a text, as its title or at an axis.</summary>
    public void AssertText(string picture, string text) => Xunit.Assert.Contains(">" + text + "<", File.ReadAllText(System.IO.Path.Combine(Path, picture + ".svg")), StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
