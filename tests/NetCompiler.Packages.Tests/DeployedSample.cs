using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Packages;

/// <summary>The sample of deployment as a project outside the solution that takes the packages, built once; each publishing goes on from there.</summary>
public sealed class DeployedSample
{
    // Nothing of the packages is left out of what is published, so that the trimmer and the compiler look at all of it.
    private const string WholePackages = """
        <Project>
          <ItemGroup Condition="'$(PublishProfile)' != ''">
            <TrimmerRootAssembly Include="NetCompiler;NetCompiler.Training;NetCompiler.Dynamic" />
          </ItemGroup>
        </Project>
        """;

    private const string Properties = "<ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable><InvariantGlobalization>true</InvariantGlobalization><TrimmerSingleWarn>false</TrimmerSingleWarn>";

    private static readonly string[] Computed = ["weights ", "gradients ", "predictions "];

    private readonly Consumer _consumer;

    public DeployedSample(PackageFeed feed)
    {
        PublishingPacks.Fetch();
        string sample = Path.Combine(RepositoryFolder.Find(), "samples", "30-Deployment"), profiles = Path.Combine("Properties", "PublishProfiles");
        _consumer = new Consumer(feed, "Deployment", "NetCompiler.Training", File.ReadAllText(Path.Combine(sample, "Program.cs")), Properties);
        File.Copy(Path.Combine(sample, "Marks.cs"), Path.Combine(_consumer.Folder, "Marks.cs"));
        File.WriteAllText(Path.Combine(_consumer.Folder, "Directory.Build.targets"), WholePackages);
        Directory.CreateDirectory(Path.Combine(_consumer.Folder, profiles));
        foreach (string profile in Directory.EnumerateFiles(Path.Combine(sample, profiles)))
        {
            File.Copy(profile, Path.Combine(_consumer.Folder, profiles, Path.GetFileName(profile)));
        }

        _consumer.Build("Release").Succeeded();
    }

    /// <summary>Publishes as one of the sample's profiles says, into that profile's folder, and gives what was warned of.</summary>
    public string[] Publish(string profile, params string[] arguments) =>
        [.. _consumer.Publish(profile, arguments).Succeeded().Split('\n').Where(line => line.Contains("warning ", StringComparison.Ordinal)).Distinct()];

    /// <summary>Whether an assembly that was published into a folder holds machine code beside its own.</summary>
    public bool HasMachineCode(string folder, string assembly) => MachineCode.IsIn(File.OpenRead(Path.Combine(_consumer.Folder, "bin", folder, assembly + ".dll")));

    /// <summary>Runs what was published into a folder.</summary>
    public string Run(string folder)
    {
        string program = Path.Combine(_consumer.Folder, "bin", folder, "Deployment" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        string output = DotNet.RunPublished(program, _consumer.Folder, "--output", "out").Succeeded();
        Assert.Contains("it predicts the same", output, StringComparison.Ordinal);
        Assert.Matches(@"first prediction \d+\.\d ms after the start of the process", output);
        return output;
    }

    /// <summary>Asserts that what a published program printed of its weights, gradients and predictions is what the JIT's code gives with the same vectors.</summary>
    public void AssertBitsOfTheJit(string published)
    {
        // Widths differ in the order of their sums, and 128 bits may lack a fused product.
        string vectors = published[published.IndexOf("vectors of ", StringComparison.Ordinal)..published.IndexOf(" bits", StringComparison.Ordinal)];
        string setting = vectors switch
        {
            "vectors of 512" => "DOTNET_PreferredVectorBitWidth=512",
            "vectors of 256" => "DOTNET_EnableAVX512=0",
            _ => "DOTNET_EnableAVX2=0",
        };
        string jit = _consumer.Run("Release", setting);
        Assert.Contains("compiled just in time, " + vectors, jit, StringComparison.Ordinal);
        Assert.Equal(Bits(jit), Bits(published));
    }

    private static string[] Bits(string output)
    {
        string[] lines = [.. output.Split('\n').Where(line => Computed.Any(line.StartsWith))];
        Assert.Equal(Computed.Length, lines.Length);
        return lines;
    }
}
