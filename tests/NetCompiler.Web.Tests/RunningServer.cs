using global::Samples;
using global::Samples.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace NetCompiler.Tests.Web;

/// <summary>The sample's server on a free port of this machine, stopped when the test ends.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private RunningServer(WebApplication server) => (_server, Address) = (server, new Uri(server.Urls.Single()));

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Where its training stands.</summary>
    public TrainingState Training => _server.Services.GetRequiredService<TrainingBoard>().State;

    /// <summary>Starts a server; without a file of weights it trains on the images.</summary>
    public static async Task<RunningServer> StartAsync(string weights, Func<DigitImages> load, int epochs = 1)
    {
        WebApplication server = WebSample.Build(new WebOptions("http://127.0.0.1:0", weights, epochs), load);
        await server.StartAsync();
        return new RunningServer(server);
    }

    /// <summary>Waits until training has ended, one way or the other.</summary>
    public async Task<TrainingState> WaitForTrainingAsync()
    {
        while (Training.Phase is TrainingPhase.Loading or TrainingPhase.Training)
        {
            await Task.Delay(50);
        }

        return Training;
    }

    public HttpClient CreateClient() => new() { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
    }
}
