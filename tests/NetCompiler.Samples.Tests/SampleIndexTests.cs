using System.Buffers.Binary;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using global::Samples;
using global::Samples.Data;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

/// <summary>samples/README.md, against the folders.</summary>
public partial class SampleIndexTests
{
    private static readonly string Root = RepositoryFolder.Find();
    private static readonly string Folder = Path.Combine(Root, "samples");
    private static readonly string Index = File.ReadAllText(Path.Combine(Folder, "README.md"));

    // What the samples share, and what runs them.
    private static readonly string[] NoSamples = ["RunAll", "SampleData"];

    private static string[] SampleFolders => [.. Directory.EnumerateDirectories(Folder)
        .Select(folder => Path.GetFileName(folder))
        .Where(name => File.Exists(Path.Combine(Folder, name, name + ".csproj")) && !NoSamples.Contains(name))
        .Order(StringComparer.Ordinal)];

    [Fact]
    public void Index_HasEverySample_WithItsCommandAndPicture()
    {
        Assert.True(SampleFolders.Length >= 30);
        Assert.Equal(SampleFolders, Linked().Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));
        Assert.All(Linked(), match =>
        {
            string name = match.Groups["name"].Value, row = match.Value;
            Assert.Contains($"`dotnet run -c Release --project samples/{name}`", row, StringComparison.Ordinal);
            Assert.Contains($"src=\"pictures/{name}.", row, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Pictures_AreThereSmallAndNamed()
    {
        string[] named = [.. PictureName().Matches(Index).Select(match => match.Groups[1].Value)];
        Assert.Equal(Directory.EnumerateFiles(Path.Combine(Folder, "pictures")).Select(Path.GetFileName).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        Assert.All(named, name =>
        {
            byte[] content = File.ReadAllBytes(Path.Combine(Folder, "pictures", name));
            Assert.InRange(content.Length, 500, SamplePicture.MostBytes);
            if (Path.GetExtension(name) == ".svg")
            {
                using var stream = new MemoryStream(content);
                Assert.Equal("svg", XDocument.Load(stream).Root!.Name.LocalName);
            }
            else
            {
                Assert.Equal(0x89504E47_0D0A1A0AUL, BinaryPrimitives.ReadUInt64BigEndian(content));
            }
        });
    }

    [Fact]
    public void Commands_NameProjects()
    {
        string[] projects = [.. Project().Matches(Index).Select(match => match.Groups[1].Value)];
        Assert.Contains("samples/RunAll", projects);
        Assert.All(projects, project => Assert.Single(Directory.GetFiles(Path.Combine(Root, project), "*.csproj")));
    }

    [Fact]
    public void Samples_AreAFileOfNetworksAndAProgram_ButThoseThatTheIndexNames()
    {
        string sentence = Index[..Index.IndexOf("\n\n", Index.IndexOf("Each is a folder", StringComparison.Ordinal), StringComparison.Ordinal)];
        string[] named = [.. Folders().Matches(sentence).Select(match => match.Groups[1].Value)];
        string[] larger = [.. SampleFolders.Where(name => Directory.GetFiles(Path.Combine(Folder, name), "*.cs", SearchOption.AllDirectories).Count(file => !IsBuilt(file)) > 2)];
        Assert.Equal(larger, named.Order(StringComparer.Ordinal));
        Assert.All(SampleFolders, name => Assert.True(File.Exists(Path.Combine(Folder, name, "Program.cs")), name));

        static bool IsBuilt(string file) => file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            || file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
    }

    [Fact]
    public void EverySample_HasAShortForm() => Assert.Equal(SampleFolders, ShortForm.All.Select(form => form.Sample));

    private static MatchCollection Linked() => Row().Matches(Index);

    [GeneratedRegex(@"^\| \[(?<name>[^\]]+)\]\(\k<name>\) .*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("src=\"pictures/([^\"]+)\"")]
    private static partial Regex PictureName();

    [GeneratedRegex("`([0-9]{2}-[A-Za-z]+|Benchmarks)`")]
    private static partial Regex Folders();

    [GeneratedRegex(@"--project (\S+?)[`\s]")]
    private static partial Regex Project();
}
