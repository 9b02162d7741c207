using Benchmarks.Networks;
using NetCompiler;

namespace Benchmarks.Contenders;

/// <summary>
/// The interpreter over the same descriptions: one eager operation after another, which is what a network costs when its shape is
/// known only at run time. It has one thread.
/// </summary>
internal sealed class DynamicContender(NetworkWeights weights) : IContender
{
    private readonly Dictionary<string, DynamicNetwork<float>> _networks = [];

    public string Name => ContenderNames.Dynamic;

    public void Predict(NetworkCase network, int samples, BatchInput input, float[] output) =>
        NetworkOf(network).Predict([input.Column])[0].CopyTo(output, 0);

    public Action<long>? Predictions(NetworkCase network, int batch, int threads, BatchInput input, float[] output)
    {
        if (threads > 1)
        {
            return null;
        }

        DynamicNetwork<float> interpreted = NetworkOf(network);
        return count =>
        {
            for (long i = 0; i < count; i++)
            {
                interpreted.Predict([input.Column]);
            }
        };
    }

    public Action<long>? DependentPredictions(NetworkCase network, BatchInput input, float[] output)
    {
        DynamicNetwork<float> interpreted = NetworkOf(network);
        return count =>
        {
            for (long i = 0; i < count; i++)
            {
                input.Feed(interpreted.Predict([input.Column])[0][0]);
            }
        };
    }

    public Action<long>? TrainingSteps(NetworkCase network, int batch, int threads, BatchInput input, BatchTarget target)
    {
        if (threads > 1)
        {
            return null;
        }

        DynamicNetwork<float> interpreted = DynamicNetwork.From(weights.Create(network));
        var adam = new DynamicAdam<float>(0.001);
        Column targets = network.Classes > 0 ? target.Classes : target.Floats;
        return count =>
        {
            for (long i = 0; i < count; i++)
            {
                interpreted.Step([input.Column], [targets], adam);
            }
        };
    }

    public void Dispose()
    {
    }

    private DynamicNetwork<float> NetworkOf(NetworkCase network)
    {
        if (!_networks.TryGetValue(network.Name, out DynamicNetwork<float>? created))
        {
            created = DynamicNetwork.From(weights.Create(network));
            _networks.Add(network.Name, created);
        }

        return created;
    }
}
