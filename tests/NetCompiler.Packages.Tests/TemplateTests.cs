using Xunit;

namespace NetCompiler.Tests.Packages;

/// <summary>The templates of dotnet new, installed from their package into a place of their own.</summary>
[Collection(PackageFeed.Collection)]
public sealed class TemplateTests(PackageFeed feed)
{
    [Fact]
    public void ConsoleTemplate_IsInstalledMadeBuiltAndRun()
    {
        string folder = feed.NewFolder("templates"), hive = Path.Combine(folder, "hive"), project = Path.Combine(folder, "First.Network");
        string installed = DotNet.Run(folder, "new", "install", feed.PathOf("NetCompiler.Templates"), "--debug:custom-hive", hive).Succeeded();
        Assert.Contains("netcompiler", installed, StringComparison.Ordinal);
        DotNet.Run(folder, "new", "netcompiler", "-o", "First.Network", "--no-restore", "--debug:custom-hive", hive).Succeeded();
        Assert.Equal(["First.Network.csproj", "Moons.cs", "Program.cs", "TwoMoons.cs"], Directory.EnumerateFiles(project).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains($"<PackageReference Include=\"NetCompiler.Training\" Version=\"{feed.Version}\" />", File.ReadAllText(Path.Combine(project, "First.Network.csproj")), StringComparison.Ordinal);

        DotNet.Run(project, "build", "-c", "Release", "--nologo", "-v", "q", "-warnaserror").Succeeded();
        string output = DotNet.Run(project, Path.Combine("bin", "Release", "net10.0", "First.Network.dll")).Succeeded();
        Assert.Contains("Parameters: 354", output, StringComparison.Ordinal);
        string accuracy = output.Split('\n').Single(line => line.StartsWith("test accuracy ", StringComparison.Ordinal))["test accuracy ".Length..];
        Assert.InRange(double.Parse(accuracy, System.Globalization.CultureInfo.InvariantCulture), 0.97, 1);
        Assert.Contains("the point (0, 1) is on half circle 0, says the network from moons.safetensors", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(project, "moons.safetensors")));
    }

    [Fact]
    public void ConsoleTemplate_CanTargetNet9()
    {
        string folder = feed.NewFolder("templates9"), hive = Path.Combine(folder, "hive");
        DotNet.Run(folder, "new", "install", feed.PathOf("NetCompiler.Templates"), "--debug:custom-hive", hive).Succeeded();
        DotNet.Run(folder, "new", "netcompiler", "-n", "Older", "--framework", "net9.0", "--no-restore", "--debug:custom-hive", hive).Succeeded();
        Assert.Contains("<TargetFramework>net9.0</TargetFramework>", File.ReadAllText(Path.Combine(folder, "Older", "Older.csproj")), StringComparison.Ordinal);
        Assert.Contains("namespace Older;", File.ReadAllText(Path.Combine(folder, "Older", "Moons.cs")), StringComparison.Ordinal);
    }
}
