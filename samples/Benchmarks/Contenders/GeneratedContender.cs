using Benchmarks.Networks;
using NetCompiler;

namespace Benchmarks.Contenders;

/// <summary>The code that the generator wrote for each network.</summary>
internal sealed class GeneratedContender(NetworkWeights weights) : IContender
{
    private readonly Dictionary<string, INetwork> _networks = [];

    public string Name => ContenderNames.Generated;

    public void Predict(NetworkCase network, int samples, BatchInput input, float[] output) => network.Predict(NetworkOf(network), input, output);

    public Action<long>? Predictions(NetworkCase network, int batch, int threads, BatchInput input, float[] output) =>
        network.IndependentPredictions(NetworkOf(network), threads, input, output);

    public Action<long>? DependentPredictions(NetworkCase network, BatchInput input, float[] output) =>
        network.DependentPredictions(NetworkOf(network), input, output);

    // Training changes weights, so it gets a network of its own.
    public Action<long>? TrainingSteps(NetworkCase network, int batch, int threads, BatchInput input, BatchTarget target) =>
        network.TrainingSteps(weights.Create(network), batch, threads, input, target);

    public void Dispose()
    {
    }

    private INetwork NetworkOf(NetworkCase network)
    {
        if (!_networks.TryGetValue(network.Name, out INetwork? created))
        {
            created = weights.Create(network);
            _networks.Add(network.Name, created);
        }

        return created;
    }
}
