using global::Samples;
using global::Samples.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace NetCompiler.Tests.Web;

/// <summary>The sample's server on a free port of this machine, stopped when the test ends; it fails the test if it logged an error.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ErrorLog _errors;

    private RunningServer(WebApplication server, ErrorLog errors) => (_server, _errors, Address) = (server, errors, new Uri(server.Urls.Single()));

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Where its training stands.</summary>
    public TrainingState Training => _server.Services.GetRequiredService<TrainingBoard>().State;

    /// <summary>Starts a server; without a file of weights it trains on the images.</summary>
    public static async Task<RunningServer> StartAsync(string weights, Func<DigitImages> load, int epochs = 1)
    {
        WebApplication server = WebSample.Build(new WebOptions("http://127.0.0.1:0", weights, epochs), load);
        var errors = new ErrorLog();
        server.Services.GetRequiredService<ILoggerFactory>().AddProvider(errors);
        await server.StartAsync();
        return new RunningServer(server, errors);
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

    /// <summary>Fails if the server wrote an error into its log: nothing that a client sends is one.</summary>
    public void AssertNoErrors() => Assert.Empty(_errors.Messages);

    public HttpClient CreateClient() => new() { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        AssertNoErrors();
    }
}
