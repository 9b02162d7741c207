using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Packages;

/// <summary>What is in the packages, and what they say of themselves.</summary>
[Collection(PackageFeed.Collection)]
public sealed class PackageContentTests(PackageFeed feed)
{
    private static readonly string[] Frameworks = ["net10.0", "net9.0"];

    public static TheoryData<string> Packages => [.. PackageFeed.Projects];

    public static TheoryData<string> Libraries => [.. PackageFeed.Projects.Where(name => name != "NetCompiler.Templates")];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_HasPageIconLicenceAndMetadata(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(feed.PathOf(package));
        XElement metadata = Metadata(archive, package);
        string Value(string name) => metadata.Element(metadata.Name.Namespace + name)?.Value ?? "";
        Assert.Equal(package, Value("id"));
        Assert.Equal(feed.Version, Value("version"));
        Assert.Equal("MIT", Value("license"));
        Assert.NotEqual("", Value("authors"));
        Assert.EndsWith(".", Value("description"), StringComparison.Ordinal);
        Assert.NotEqual("Package Description", Value("description"));
        Assert.NotEqual("", Value("tags"));

        Assert.StartsWith($"# {package}\n", Text(archive, Value("readme")), StringComparison.Ordinal);
        Assert.Contains("MIT License", Text(archive, "LICENSE"), StringComparison.Ordinal);
        byte[] icon = Bytes(archive, Value("icon"));
        Assert.Equal((128, 128), (BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20)))); // the header chunk of a PNG
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_HasDocumentationForEveryFramework(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(feed.PathOf(package));
        foreach (string framework in Frameworks)
        {
            Assert.NotNull(archive.GetEntry($"lib/{framework}/{package}.dll"));
            Assert.True(XDocument.Parse(Text(archive, $"lib/{framework}/{package}.xml")).Descendants("summary").Count() > 20);
        }
    }

    /// <summary>What every machine can take is IL alone; for the builder's kind of machine, the newer framework's assembly is there with machine code as well.</summary>
    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_HasMachineCodeForItsBuildersKindOfMachineAlone(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(feed.PathOf(package));
        string[] precompiled = PackageFeed.PrecompiledRuntime is { } runtime ? [$"runtimes/{runtime}/lib/net10.0/{package}.dll"] : [];
        Assert.Equal(precompiled, archive.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("runtimes/", StringComparison.Ordinal)));
        Assert.All(precompiled, name => Assert.True(MachineCode.IsIn(new MemoryStream(Bytes(archive, name))), name));
        Assert.All(Frameworks, framework => Assert.False(MachineCode.IsIn(new MemoryStream(Bytes(archive, $"lib/{framework}/{package}.dll"))), framework));
    }

    /// <summary>The symbols belong to the assemblies, name no folder of the machine that built them, and hold every source.</summary>
    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_HasSymbolsWithSources(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(feed.PathOf(package)), symbols = ZipFile.OpenRead(feed.PathOf(package, ".snupkg"));
        foreach (string framework in Frameworks)
        {
            using var assembly = new PEReader(new MemoryStream(Bytes(archive, $"lib/{framework}/{package}.dll")));
            Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
            DebugDirectoryEntry link = assembly.ReadDebugDirectory().First(entry => entry.Type == DebugDirectoryEntryType.CodeView);
            CodeViewDebugDirectoryData data = assembly.ReadCodeViewDebugDirectoryData(link);
            using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(symbols, $"lib/{framework}/{package}.pdb")));
            MetadataReader reader = provider.GetMetadataReader();
            Assert.Equal(data.Guid, new BlobContentId(reader.DebugMetadataHeader!.Id).Guid);

            // A debugger looks for the sources of a Debug build where they are.
            string root = PackageFeed.Configuration == "Release" ? "/_/" : RepositoryFolder.Find();
            Assert.All(reader.Documents, handle =>
            {
                Assert.StartsWith(root, reader.GetString(reader.GetDocument(handle).Name), StringComparison.Ordinal);
                Assert.Contains(reader.GetCustomDebugInformation(handle), information => reader.GetGuid(reader.GetCustomDebugInformation(information).Kind) == EmbeddedSource);
            });
        }
    }

    [Fact]
    public void NetCompiler_IsSmallAndNeedsNothing()
    {
        Assert.InRange(new FileInfo(feed.PathOf("NetCompiler")).Length, 1, 1_500_000);
        using ZipArchive archive = ZipFile.OpenRead(feed.PathOf("NetCompiler"));
        XElement metadata = Metadata(archive, "NetCompiler");
        XElement dependencies = metadata.Element(metadata.Name.Namespace + "dependencies")!;
        Assert.Equal(Frameworks, dependencies.Elements().Select(group => (string?)group.Attribute("targetFramework")));
        Assert.DoesNotContain(dependencies.Descendants(), element => element.Name.LocalName == "dependency");
        Assert.Empty(metadata.Elements(metadata.Name.Namespace + "frameworkReferences"));
    }

    [Fact]
    public void NetCompiler_CarriesGeneratorCodeFixesBuildFilesAndEveryRulesPage()
    {
        using ZipArchive archive = ZipFile.OpenRead(feed.PathOf("NetCompiler"));
        string[] analyzers = [.. archive.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("analyzers/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(["analyzers/dotnet/cs/NetCompiler.CodeFixes.dll", "analyzers/dotnet/cs/NetCompiler.Generators.dll"], analyzers);
        foreach (string folder in (string[])["build", "buildTransitive"])
        {
            Assert.NotNull(archive.GetEntry($"{folder}/net9.0/NetCompiler.props"));
            Assert.NotNull(archive.GetEntry($"{folder}/net9.0/NetCompiler.targets"));
        }

        string pages = Path.Combine(RepositoryFolder.Find(), "generators", "NetCompiler.Generators", "Diagnostics", "Rules");
        Assert.Equal(
            Directory.EnumerateFiles(pages).Select(page => "rules/" + Path.GetFileName(page)).Order(StringComparer.Ordinal),
            archive.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("rules/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    /// <summary>NuGet leaves analyzers and build files of a dependency out unless the package that depends on it says otherwise.</summary>
    [Theory]
    [InlineData("NetCompiler.Training", "NetCompiler NetCompiler.Dynamic Spectre.Console")]
    [InlineData("NetCompiler.Dynamic", "NetCompiler System.Numerics.Tensors")]
    public void Dependency_BringsTheGeneratorAlong(string package, string expected)
    {
        using ZipArchive archive = ZipFile.OpenRead(feed.PathOf(package));
        foreach (XElement group in Metadata(archive, package).Descendants().Where(element => element.Name.LocalName == "group"))
        {
            Assert.Equal(expected, string.Join(' ', group.Elements().Select(dependency => (string?)dependency.Attribute("id")).Order(StringComparer.Ordinal)));
            Assert.All(
                group.Elements().Where(dependency => ((string)dependency.Attribute("id")!).StartsWith("NetCompiler", StringComparison.Ordinal)),
                dependency => Assert.Equal(("All", feed.Version), ((string?)dependency.Attribute("include"), (string?)dependency.Attribute("version"))));
        }
    }

    /// <summary>The kind of debug information that holds a source, of the Portable PDB format.</summary>
    private static Guid EmbeddedSource { get; } = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private static XElement Metadata(ZipArchive archive, string package) => XDocument.Parse(Text(archive, package + ".nuspec")).Root!.Elements().Single();

    private static string Text(ZipArchive archive, string name)
    {
        using var reader = new StreamReader(new MemoryStream(Bytes(archive, name)));
        return reader.ReadToEnd();
    }

    private static byte[] Bytes(ZipArchive archive, string name)
    {
        ZipArchiveEntry entry = archive.GetEntry(name) ?? throw new FileNotFoundException($"The package has no {name}; it has {string.Join(", ", archive.Entries.Select(entry => entry.FullName))}.");
        using Stream stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
