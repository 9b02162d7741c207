using System.Net;
using System.Text;
using System.Text.Json;
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
    }

    [Theory]
    [InlineData("netcompiler", "Moons")]
    [InlineData("netcompiler", "Activation")]
    [InlineData("netcompiler", "Dataset")]
    [InlineData("netcompiler-web", "Moons")]
    public void Template_CompilesInAFolderNamedLikeAType(string template, string name)
    {
        string folder = feed.NewFolder($"{template}-in-{name}"), hive = Path.Combine(folder, "hive");
        DotNet.Run(folder, "new", "install", feed.PathOf("NetCompiler.Templates"), "--debug:custom-hive", hive).Succeeded();
        DotNet.Run(folder, "new", template, "-o", name, "--no-restore", "--debug:custom-hive", hive).Succeeded();
        DotNet.Run(Path.Combine(folder, name), "build", "-c", "Release", "--nologo", "-v", "q", "-warnaserror").Succeeded();
    }

    [Fact]
    public async Task WebTemplate_IsInstalledMadeBuiltAndAsked()
    {
        string folder = feed.NewFolder("webtemplates"), hive = Path.Combine(folder, "hive"), project = Path.Combine(folder, "First.Web");
        string installed = DotNet.Run(folder, "new", "install", feed.PathOf("NetCompiler.Templates"), "--debug:custom-hive", hive).Succeeded();
        Assert.Contains("netcompiler-web", installed, StringComparison.Ordinal);
        string help = DotNet.Run(folder, "new", "netcompiler-web", "--help", "--debug:custom-hive", hive).Succeeded();
        Assert.All(["NetCompiler web app", "minimal API", "--framework", "net9.0", "--no-restore"], text => Assert.Contains(text, help, StringComparison.Ordinal));
        DotNet.Run(folder, "new", "netcompiler-web", "-o", "First.Web", "--no-restore", "--debug:custom-hive", hive).Succeeded();
        Assert.Equal(
            ["First.Web.csproj", "Moons.cs", "MoonsService.cs", "Program.cs", "TwoMoons.cs", "appsettings.json", "wwwroot/index.html"],
            Directory.EnumerateFiles(project, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(project, file).Replace('\\', '/')).Order(StringComparer.Ordinal));

        DotNet.Run(project, "build", "-c", "Release", "--nologo", "-v", "q", "-warnaserror").Succeeded();
        string program = Path.Combine("bin", "Release", "net10.0", "First.Web.dll");
        string first;
        await using (WebProgram server = await WebProgram.StartAsync(project, program))
        {
            first = await AskUntilReadyAsync(server);
            using JsonDocument answer = JsonDocument.Parse(first);
            Assert.Equal(0, answer.RootElement.GetProperty("halfCircle").GetInt32());
            Assert.InRange(answer.RootElement.GetProperty("probability").GetSingle(), 0.9f, 1);

            // The same network answers them all.
            string[] answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ => (await PostAsync(server, Point)).Text));
            Assert.All(answers, other => Assert.Equal(first, other));
            Assert.Contains("<canvas", await server.Client.GetStringAsync(""), StringComparison.Ordinal);
            Assert.Contains("Parameters: 354", await server.Client.GetStringAsync("network"), StringComparison.Ordinal);
            await AssertRefusalsAsync(server);
            Assert.Contains("Epoch 30 of 30", server.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("fail:", server.Output, StringComparison.Ordinal);
        }

        Assert.True(File.Exists(Path.Combine(project, "moons.safetensors")));
        await using (WebProgram server = await WebProgram.StartAsync(project, program))
        {
            Assert.Equal(first, await AskUntilReadyAsync(server));
            Assert.DoesNotContain("Epoch", server.Output, StringComparison.Ordinal);
        }
    }

    private const string Point = "{\"x\": 0, \"y\": 1}";

    private static async Task AssertRefusalsAsync(WebProgram server)
    {
        (string Body, string Type, HttpStatusCode Status, string Message)[] refusals =
        [
            ("", "application/json", HttpStatusCode.BadRequest, "Expected is"),
            ("{\"x\": 0, \"y\"", "application/json", HttpStatusCode.BadRequest, "Expected is"),
            ("{\"x\": 0}", "application/json", HttpStatusCode.BadRequest, "'y'"),
            ("{\"x\": \"left\", \"y\": 1}", "application/json", HttpStatusCode.BadRequest, "$.x"),
            ("{\"x\": 0, \"y\": 1, \"z\": 2}", "application/json", HttpStatusCode.BadRequest, "'z'"),
            ("{\"x\": 1e99, \"y\": 1}", "application/json", HttpStatusCode.BadRequest, "range of a float"),
            ("null", "application/json", HttpStatusCode.BadRequest, "The body is null"),
            (Point, "text/plain", HttpStatusCode.UnsupportedMediaType, "'text/plain"),
            ("{\"x\": 0, \"y\": 1" + new string(' ', 2000) + "}", "application/json", HttpStatusCode.RequestEntityTooLarge, "1024 bytes"),
        ];
        foreach ((string body, string type, HttpStatusCode status, string message) in refusals)
        {
            (HttpStatusCode found, string text) = await PostAsync(server, body, type);
            Assert.True(found == status, $"{body} as {type}: {found}, {text}");
            using JsonDocument problem = JsonDocument.Parse(text);
            Assert.Contains(message, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(server, Point)).Status);
    }

    /// <summary>The answer to the point; while the network is being trained, the server says so and refuses.</summary>
    private static async Task<string> AskUntilReadyAsync(WebProgram server)
    {
        (HttpStatusCode status, string text) = await PostAsync(server, Point);
        while (status == HttpStatusCode.ServiceUnavailable)
        {
            Assert.Contains("The network is being", text, StringComparison.Ordinal);
            await Task.Delay(50);
            (status, text) = await PostAsync(server, Point);
        }

        Assert.True(status == HttpStatusCode.OK, $"{status}: {text}\n{server.Output}");
        return text;
    }

    private static async Task<(HttpStatusCode Status, string Text)> PostAsync(WebProgram server, string body, string type = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using HttpResponseMessage response = await server.Client.PostAsync("predict", content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
