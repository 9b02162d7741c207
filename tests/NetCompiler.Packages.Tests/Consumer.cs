namespace NetCompiler.Tests.Packages;

/// <summary>A project outside the solution that has one package reference and whatever properties a user would have.</summary>
internal sealed class Consumer
{
    public Consumer(PackageFeed feed, string name, string package, string source, string properties = "", string framework = "net10.0")
    {
        Folder = feed.NewFolder(name);
        File.WriteAllText(Path.Combine(Folder, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{framework}</TargetFramework>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(Folder, "Program.cs"), source);
        Name = name;
    }

    public string Folder { get; }

    private string Name { get; }

    public DotNetResult Build(string configuration, params IEnumerable<string> arguments) =>
        DotNet.Run(Folder, ["build", "-c", configuration, "--nologo", "-v", "q", .. arguments]);

    /// <summary>Publishes as one of the project's profiles says.</summary>
    public DotNetResult Publish(string profile, params IEnumerable<string> arguments) =>
        DotNet.Run(Folder, ["publish", "-c", "Release", "--nologo", "-v", "q", "-p:PublishProfile=" + profile, .. arguments]);

    /// <summary>Runs what was built, with variables of the environment as NAME=VALUE.</summary>
    public string Run(string configuration, params IEnumerable<string> environment) =>
        DotNet.Run(Folder, environment.ToDictionary(pair => pair[..pair.IndexOf('=')], pair => pair[(pair.IndexOf('=') + 1)..]), Path.Combine(Folder, "bin", configuration, "net10.0", Name + ".dll")).Succeeded();
}
