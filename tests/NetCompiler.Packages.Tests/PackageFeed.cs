using System.Reflection;
using System.Runtime.InteropServices;
using System.Security;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Packages;

/// <summary>
/// The packages, packed once from what is built, in a feed of their own beside a folder for projects that use them. Each run has its own
/// version and its own packages folder, so that no cache can answer for it.
/// </summary>
public sealed class PackageFeed : IDisposable
{
    public const string Collection = "packages";

    public static readonly string[] Projects = ["NetCompiler", "NetCompiler.Dynamic", "NetCompiler.Training", "NetCompiler.Templates"];

    private readonly string _root = Directory.CreateTempSubdirectory("netcompiler packages ").FullName;

    public PackageFeed()
    {
        Folder = Directory.CreateDirectory(Path.Combine(_root, "feed")).FullName;
        PackagesFolder = Path.Combine(_root, "packages");
        Version = FormattableString.Invariant($"0.1.0-test.{DateTime.UtcNow.Ticks}");
        Pack();
        File.WriteAllText(Path.Combine(_root, "NuGet.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><add key="feed" value="feed" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{SecurityElement.Escape(MachineFolder)}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>The configuration that the tests were built in, and what they pack with them.</summary>
    public static string Configuration { get; } = typeof(PackageFeed).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The kind of machine that the packages have machine code for, the one they were built on; null where they have none.</summary>
    public static string? PrecompiledRuntime { get; } = Configuration == "Release" && RuntimeInformation.RuntimeIdentifier == "linux-x64" ? "linux-x64" : null;

    /// <summary>The version of every package of this run.</summary>
    public string Version { get; }

    /// <summary>Where the packages are.</summary>
    public string Folder { get; }

    /// <summary>Where they are unpacked.</summary>
    public string PackagesFolder { get; }

    /// <summary>What others made, System.Numerics.Tensors and the like, is taken from the machine's folder where it is there already.</summary>
    private static string MachineFolder => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>The file of a package, .nupkg or .snupkg.</summary>
    public string PathOf(string package, string extension = ".nupkg") => Path.Combine(Folder, $"{package}.{Version}{extension}");

    /// <summary>An empty folder for a project, outside the solution.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>One build packs them all; nothing is compiled, and nothing written beside the sources.</summary>
    private void Pack()
    {
        string source = Path.Combine(RepositoryFolder.Find(), "src"), project = Path.Combine(_root, "Pack.proj"), nuspecs = Path.Combine(_root, "nuspecs");
        string projects = string.Join(';', Projects.Select(name => Path.Combine(source, name, name + ".csproj")));
        File.WriteAllText(project, $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{SecurityElement.Escape(projects)}" Targets="Pack" BuildInParallel="true"
                         Properties="NoBuild=true;_IsPacking=true;Configuration={Configuration};PackageVersion={Version};PackageOutputPath={Folder};NuspecOutputPath={nuspecs};NetCompilerStampedFolder={nuspecs}/templates/" />
              </Target>
            </Project>
            """);
        DotNet.Run(_root, "msbuild", project, "-t:Pack", "-nologo", "-v:q", "-m:2").Succeeded();
    }
}

/// <summary>The tests that share the feed.</summary>
[CollectionDefinition(PackageFeed.Collection)]
public sealed class PackageFeedCollection : ICollectionFixture<PackageFeed>;
