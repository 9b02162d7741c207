namespace NetCompiler;

/// <summary>A copy of all weights and statistics of a network, to be put back.</summary>
internal sealed class KeptWeights
{
    private readonly float[][] _values;

    /// <summary>Copies the present weights.</summary>
    public KeptWeights(INetwork network)
    {
        _values = [.. network.Weights.Select(weight => new float[weight.Length])];
        Take(network);
    }

    /// <summary>The values, one array per weight in the order of <see cref="INetwork.Weights"/>.</summary>
    public IReadOnlyList<float[]> Values => _values;

    /// <summary>Copies the present weights over the older ones; allocates nothing.</summary>
    public void Take(INetwork network)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            network.Weights[i].CopyTo(_values[i]);
        }
    }

    /// <summary>Puts the weights back.</summary>
    public void Restore(INetwork network)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            network.Weights[i].CopyFrom(_values[i]);
        }
    }
}
