using System.Runtime.InteropServices;

namespace NetCompiler.Tests.Packages;

/// <summary>
/// What publishing takes beside the packages: the runtime, the trimmer, the compilers to machine code. A restore without the feed's settings fetches them into the machine's folder,
/// where the feed's projects find them, in this run and in the next.
/// </summary>
internal static class PublishingPacks
{
    /// <summary>Why nothing can be compiled ahead of time here, or null where it can.</summary>
    public static string? MissingLinker { get; } = OperatingSystem.IsWindows() || Finds("clang") || (!OperatingSystem.IsMacOS() && Finds("gcc"))
        ? null
        : "There is no linker for machine code: neither clang nor gcc is on the path (Debian: apt-get install clang).";

    /// <summary>Fetches them for this machine.</summary>
    public static void Fetch()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("netcompiler-packs-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "Packs.csproj"), """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>
                    <SelfContained>true</SelfContained>
                    <PublishAot>true</PublishAot>
                    <PublishReadyToRun>true</PublishReadyToRun>
                  </PropertyGroup>
                </Project>
                """);
            DotNet.Run(folder.FullName, "restore", "--nologo", "-v", "q").Succeeded();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool Finds(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
