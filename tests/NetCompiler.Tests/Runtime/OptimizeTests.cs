using System.Diagnostics;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Runtime;

/// <summary>What the package's props and targets make of a project that says something about optimisation itself.</summary>
public sealed class OptimizeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netcompiler-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Debug", "", "true")]
    [InlineData("Release", "", "true")]
    [InlineData("Debug", "<Optimize>false</Optimize>", "true")]
    [InlineData("Debug", "<NetCompilerOptimize>false</NetCompilerOptimize>", "false")]
    [InlineData("Release", "<NetCompilerOptimize>false</NetCompilerOptimize>", "true")]
    public void Project_IsOptimisedUnlessItSaysOtherwise(string configuration, string properties, string expected) =>
        Assert.Equal(expected, MSBuild(properties, $"-p:Configuration={configuration}", "-getProperty:Optimize").Trim());

    [Fact]
    public void UnoptimisedProject_IsWarnedOfTheCost()
    {
        string warned = MSBuild("<NetCompilerOptimize>false</NetCompilerOptimize>", "-t:CoreCompile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true");
        Assert.Contains("warning NC0901: NetCompilerOptimize is false", warned, StringComparison.Ordinal);
        Assert.Contains("about 20 times slower", warned, StringComparison.Ordinal);
        Assert.DoesNotContain("NC0901", MSBuild("", "-t:CoreCompile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true"), StringComparison.Ordinal);
    }

    // The files are imported where NuGet imports them: around the project's own body.
    private string MSBuild(string properties, params string[] arguments)
    {
        string build = Path.Combine(RepositoryFolder.Find(), "src", "NetCompiler", "build"), project = Path.Combine(_folder, "Tiny.csproj");
        File.WriteAllText(
            project,
            $"""
            <Project>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <Import Project="{build}/NetCompiler.props" />
              <PropertyGroup><TargetFramework>net10.0</TargetFramework>{properties}</PropertyGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
              <Import Project="{build}/NetCompiler.targets" />
            </Project>
            """);
        ProcessStartInfo start = new("dotnet", ["msbuild", project, "-nologo", "-nodeReuse:false", .. arguments]) { RedirectStandardOutput = true };

        // What the test run set for its own build is not for this one.
        foreach (string variable in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
