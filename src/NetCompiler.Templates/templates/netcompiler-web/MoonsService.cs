using System.Text.Json.Serialization;
using NetCompiler;

/// <summary>What is asked: a point.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Point
{
    public required float X { get; init; }

    public required float Y { get; init; }
}

/// <summary>What is answered.</summary>
/// <param name="HalfCircle">The half circle that the point is on, 0 or 1.</param>
/// <param name="Probability">How sure the network is of it.</param>
public sealed record Answer(int HalfCircle, float Probability);

/// <summary>
/// The network that answers all requests, at the same time and without a lock. It is read from its file; where there is none, it is trained when the server starts, and saved
/// for the next start. Ctrl+C cancels a training.
/// </summary>
public sealed class MoonsService(IConfiguration configuration, IHostEnvironment environment, ILogger<MoonsService> log) : BackgroundService
{
    private readonly string _path = Path.Combine(environment.ContentRootPath, configuration["Weights"] ?? "moons.safetensors");
    private volatile Moons? _network;
    private volatile string _state = "The network is being loaded.";

    /// <summary>What to tell those who ask before there is a network.</summary>
    public string State => _state;

    /// <summary>Asks the network, or gives null before there is one.</summary>
    public Answer? Predict(Point point)
    {
        if (_network is not { } network)
        {
            return null;
        }

        ReadOnlySpan<float> input = [point.X, point.Y];
        Span<float> probabilities = stackalloc float[Moons.OutputLength];
        network.Predict(input, probabilities);
        int halfCircle = probabilities[0] >= probabilities[1] ? 0 : 1;
        return new Answer(halfCircle, probabilities[halfCircle]);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            Moons network = File.Exists(_path) ? Moons.Load(_path) : await TrainAsync(stoppingToken);
            network.WarmUp();
            _network = network;
            log.LogInformation("The network is ready to answer.");
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            log.LogInformation("Training was canceled; the next start begins it again.");
        }
    }

    private async Task<Moons> TrainAsync(CancellationToken stoppingToken)
    {
        (float[] points, int[] labels) = TwoMoons.Make(count: 1000, noise: 0.4, seed: 1);
        (float[] testPoints, int[] testLabels) = TwoMoons.Make(count: 500, noise: 0.4, seed: 2);
        var network = new Moons(seed: 1);
        var options = new FitOptions { Epochs = 30, Optimizer = new Adam(0.01), Callbacks = [new LambdaCallback(onEpochEnd: Report)], Verbosity = Verbosity.Silent };
        await network.FitAsync(Dataset.Create<Moons>(points, labels), options, stoppingToken);
        Evaluation evaluation = network.Evaluate(Dataset.Create<Moons>(testPoints, testLabels));
        network.Save(_path);
        log.LogInformation("Test accuracy {Accuracy:0.000}; the weights are in {Path}.", evaluation.Accuracy, _path);
        return network;
    }

    private void Report(FitContext training)
    {
        _state = $"The network is being trained: epoch {training.Epoch + 1} of {training.Epochs} has ended.";
        log.LogInformation("Epoch {Epoch} of {Epochs}, loss {Loss:0.0000}", training.Epoch + 1, training.Epochs, training.Loss);
    }
}
