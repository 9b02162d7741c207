using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Packages;

/// <summary>What the package's props and targets make of a project that says something about optimisation, language or publishing itself.</summary>
public sealed class BuildFileTests : IDisposable
{
    private static readonly string[] CompileWithoutCompiler = ["-t:CoreCompile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true"];

    private readonly string _folder = Directory.CreateTempSubdirectory("netcompiler-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Debug", "", "true")]
    [InlineData("Release", "", "true")]
    [InlineData("Debug", "<Optimize>false</Optimize>", "true")]
    [InlineData("Debug", "<NetCompilerOptimize>false</NetCompilerOptimize>", "false")]
    [InlineData("Release", "<NetCompilerOptimize>false</NetCompilerOptimize>", "true")]
    public void Project_IsOptimisedUnlessItSaysOtherwise(string configuration, string properties, string expected) =>
        Assert.Equal(expected, MSBuild(properties, $"-p:Configuration={configuration}", "-getProperty:Optimize").Succeeded().Trim());

    [Fact]
    public void UnoptimisedProject_IsWarnedOfTheCost()
    {
        string warned = MSBuild("<NetCompilerOptimize>false</NetCompilerOptimize>", CompileWithoutCompiler).Succeeded();
        Assert.Contains("warning NC0901: NetCompilerOptimize is false", warned, StringComparison.Ordinal);
        Assert.Contains("about 20 times slower", warned, StringComparison.Ordinal);
        Assert.DoesNotContain(" NC0", MSBuild("", CompileWithoutCompiler).Succeeded(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<LangVersion>12.0</LangVersion>", "The LangVersion of Tiny is 12.0, but NetCompiler needs C# 13 or later")]
    [InlineData("<NETCoreSdkVersion>9.0.101</NETCoreSdkVersion>", "Tiny is built by the .NET SDK 9.0.101, whose compiler cannot run NetCompiler's generator: it needs 9.0.300 or later")]
    public void OldCompiler_IsRefusedBeforeItCompiles(string properties, string expected) =>
        Assert.Contains("error NC0902: " + expected, MSBuild(properties, CompileWithoutCompiler).Failed(), StringComparison.Ordinal);

    [Theory]
    [InlineData("<LangVersion>13.0</LangVersion>")]
    [InlineData("<LangVersion>preview</LangVersion><NETCoreSdkVersion>9.0.300-preview.1</NETCoreSdkVersion>")]
    public void NewCompiler_IsNotRefused(string properties) => MSBuild(properties, CompileWithoutCompiler).Succeeded();

    [Theory]
    [InlineData("linux-x64", "", true)]
    [InlineData("win-x64", "-avx2", true)]
    [InlineData("linux-x64", "avx", true)]
    [InlineData("linux-musl-x64", "x86-64-v2", true)]
    [InlineData("linux-x64", "x86-64-v3", false)]
    [InlineData("osx-x64", "x86-64-v4", false)]
    [InlineData("linux-x64", "x86-x64-v3", false)]
    [InlineData("linux-x64", "avx2,popcnt", false)]
    [InlineData("win-x64", "native", false)]
    [InlineData("linux-arm64", "", false)]
    public void ProgramAheadOfTime_IsWarnedWhereItsVectorsAreNarrow(string runtime, string instructions, bool isWarned)
    {
        string properties = $"<PublishAot>true</PublishAot><RuntimeIdentifier>{runtime}</RuntimeIdentifier><IlcInstructionSet>{instructions}</IlcInstructionSet>";
        string output = MSBuild(properties, "-t:NetCompilerWarnOfNarrowVectors").Succeeded();
        Assert.Equal(isWarned, output.Contains($"warning NC0903: Tiny is published ahead of time for machines without AVX2 (IlcInstructionSet is '{instructions}')", StringComparison.Ordinal));
    }

    /// <summary>The compiler of .NET 9 has another name for it, and each refuses the other's.</summary>
    [Theory]
    [InlineData("net9.0", "Set IlcInstructionSet to x86-x64-v3, or")]
    [InlineData("net10.0", "Set IlcInstructionSet to x86-64-v3, or")]
    public void WarningOfNarrowVectors_NamesWhatTheCompilerKnows(string framework, string expected)
    {
        string properties = $"<TargetFramework>{framework}</TargetFramework><PublishAot>true</PublishAot><RuntimeIdentifier>linux-x64</RuntimeIdentifier>";
        Assert.Contains(expected, MSBuild(properties, "-t:NetCompilerWarnOfNarrowVectors").Succeeded(), StringComparison.Ordinal);
    }

    // The files are imported where NuGet imports them: around the project's own body.
    private DotNetResult MSBuild(string properties, params IEnumerable<string> arguments)
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
        return DotNet.Run(_folder, ["msbuild", project, "-nologo", .. arguments]);
    }
}
