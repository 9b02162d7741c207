namespace NetCompiler.Tests.Web;

/// <summary>A folder of its own that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("netcompiler-web-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
