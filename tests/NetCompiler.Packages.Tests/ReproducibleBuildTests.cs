using System.Diagnostics;
using System.Security.Cryptography;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Packages;

/// <summary>The packages' assemblies depend on the sources alone: a copy of the repository in another folder is built to the same bytes.</summary>
public sealed class ReproducibleBuildTests : IDisposable
{
    private static readonly string[] Copied = ["src", "generators"];

    private readonly string _root = Directory.CreateTempSubdirectory("netcompiler-copy-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [ReleaseFact]
    public void CopyInAnotherFolder_IsBuiltToTheSameBytes()
    {
        string repository = RepositoryFolder.Find();
        foreach (string name in (string[])["Directory.Packages.props", ".editorconfig", "LICENSE"])
        {
            File.Copy(Path.Combine(repository, name), Path.Combine(_root, name));
        }

        foreach (string folder in Copied)
        {
            Copy(Path.Combine(repository, folder), Path.Combine(_root, folder));
        }

        // The revision is part of the version, and the copy has none.
        string built = Path.Combine(repository, "src", "NetCompiler", "bin", "Release");
        string? version = FileVersionInfo.GetVersionInfo(Path.Combine(built, "net10.0", "NetCompiler.dll")).ProductVersion;
        string revision = version!.Contains('+') ? version[(version.IndexOf('+') + 1)..] : "";
        DotNet.Run(_root, "build", Path.Combine(_root, "src", "NetCompiler"), "-c", "Release", "-f", "net10.0", "--nologo", "-v", "q", "-p:RunAnalyzers=false", "-p:SourceRevisionId=" + revision).Succeeded();

        string[] files =
        [
            "src/NetCompiler/bin/Release/net10.0/NetCompiler.dll", "src/NetCompiler/bin/Release/net10.0/NetCompiler.pdb", "src/NetCompiler/bin/Release/net10.0/NetCompiler.xml",
            "generators/NetCompiler.Generators/bin/Release/netstandard2.0/NetCompiler.Generators.dll",
            "generators/NetCompiler.CodeFixes/bin/Release/netstandard2.0/NetCompiler.CodeFixes.dll",
        ];
        Assert.All(files, file => Assert.Equal(Hash(Path.Combine(repository, file)), Hash(Path.Combine(_root, file))));
    }

    private static string Hash(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (string folder in Directory.EnumerateDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
