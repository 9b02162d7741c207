using Benchmarks.Networks;
using Benchmarks.PeerFiles;
using NetCompiler;

namespace Benchmarks.Contenders;

/// <summary>Networks with the peers' weights where there are peers, otherwise with weights of a fixed seed.</summary>
internal sealed class NetworkWeights(PeerFolder? peers)
{
    /// <summary>A network with those weights.</summary>
    public INetwork Create(NetworkCase network)
    {
        INetwork created = network.Create();
        if (peers is not null)
        {
            created.LoadWeights(peers.Weights(network.Name), new WeightLoadOptions { Convention = WeightConvention.PyTorch, Renames = network.Renames });
        }

        return created;
    }
}
