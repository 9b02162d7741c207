using System.Numerics.Tensors;

namespace NetCompiler;

/// <summary>The last weights and statistics of a training that were finite, taken after every step. Allocates nothing after its creation.</summary>
internal sealed class FiniteState
{
    private readonly ITraining _training;
    private readonly float[] _parameters;
    private readonly (WeightView View, float[] Kept, float[] Scratch)[] _statistics;

    /// <summary>Makes room; nothing is taken yet.</summary>
    public FiniteState(ITraining training)
    {
        _training = training;
        _parameters = new float[training.Parameters.Length];
        HashSet<string> trained = [.. training.Network.Description.Layers.SelectMany(layer => layer.Weights).Where(weight => weight.IsTrainable).Select(weight => weight.Name)];
        _statistics = [.. training.Network.Weights.Where(view => !trained.Contains(view.Name)).Select(view => (view, new float[view.Length], new float[view.Length]))];
    }

    /// <summary>Takes the present weights and statistics if all are finite; otherwise keeps the older ones and returns false.</summary>
    public bool TryTake()
    {
        ReadOnlySpan<float> parameters = _training.Parameters;
        if (!TensorPrimitives.IsFiniteAll(parameters))
        {
            return false;
        }

        foreach ((WeightView view, _, float[] scratch) in _statistics)
        {
            view.CopyTo(scratch);
            if (!TensorPrimitives.IsFiniteAll<float>(scratch))
            {
                return false;
            }
        }

        parameters.CopyTo(_parameters);
        foreach ((_, float[] kept, float[] scratch) in _statistics)
        {
            scratch.CopyTo(kept, 0);
        }

        return true;
    }

    /// <summary>Puts what was taken last back.</summary>
    public void Restore()
    {
        _parameters.CopyTo(_training.Parameters);
        foreach ((WeightView view, float[] kept, _) in _statistics)
        {
            view.CopyFrom(kept);
        }
    }
}
