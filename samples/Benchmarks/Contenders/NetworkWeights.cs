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
            network.Load(created, peers.Weights(network.PeerName));
        }

        return created;
    }
}
