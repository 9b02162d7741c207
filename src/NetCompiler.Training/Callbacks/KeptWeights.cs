namespace NetCompiler;

/// <summary>A copy of all weights and statistics of a network, to be put back.</summary>
internal sealed class KeptWeights
{
    private readonly string[] _names;
    private readonly float[][] _values;

    /// <summary>Copies the present weights.</summary>
    public KeptWeights(INetwork network)
    {
        _names = [.. network.Weights.Select(weight => weight.Name)];
        _values = [.. network.Weights.Select(weight => new float[weight.Length])];
        Take(network);
    }

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

    /// <summary>Writes the copy into a checkpoint.</summary>
    public void SaveState(SavedState state)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            state.Set(KeyOf(i), _values[i]);
        }
    }

    /// <summary>Takes the copy from a checkpoint.</summary>
    /// <exception cref="CheckpointException">A weight is missing, or has another length.</exception>
    public void RestoreState(SavedState state)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            float[] values = state.GetFloats(KeyOf(i));
            _values[i] = values.Length == _values[i].Length
                ? values
                : throw new CheckpointException($"The saved \"{KeyOf(i)}\" has {values.Length} values, but the network's has {_values[i].Length}.");
        }
    }

    private string KeyOf(int weight) => "weight." + _names[weight];
}
