using global::Samples;
using global::Samples.Data;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Web;

/// <summary>A server whose network was trained once for all tests: on a part of MNIST, or on drawn digits where MNIST is missing.</summary>
public sealed class TrainedServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private RunningServer? _server;

    /// <summary>Where it listens.</summary>
    public Uri Address => Server.Address;

    /// <summary>The weights that it trained and saved.</summary>
    public string Weights => Path.Combine(_folder.Path, "digits.safetensors");

    private RunningServer Server => _server ?? throw new InvalidOperationException("The server has not been started.");

    public async Task InitializeAsync()
    {
        string? mnist = Shared.Folder is { } shared ? Path.Combine(shared, "data", "mnist") : null;
        DigitImages digits = mnist is not null && MnistFiles.AreIn(mnist)
            ? DigitSource.Load(mnist, useShared: false, mayDownload: false).Take(15_000, 2_000)
            : DigitImages.Draw(15_000, 2_000);
        _server = await RunningServer.StartAsync(Weights, () => digits, epochs: 4);
        TrainingState state = await _server.WaitForTrainingAsync();
        Assert.True(state.Phase == TrainingPhase.Ready, state.Message);
        Assert.InRange(Assert.NotNull(state.TestAccuracy), digits.IsMnist ? 0.94 : 0.85, 1);
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Fails if the server wrote an error into its log.</summary>
    public void AssertNoErrors() => Server.AssertNoErrors();

    public HttpClient CreateClient() => Server.CreateClient();
}

/// <summary>All tests of the project share the server, and run one after another: they measure memory, and there are two cores.</summary>
[CollectionDefinition(Name)]
public sealed class TrainedServerTests : ICollectionFixture<TrainedServer>, ICollectionFixture<BrowserSession>
{
    public const string Name = "trained server";
}
