namespace NetCompiler.Dynamic.Checks;

/// <summary>What a gradient check changes in a training, to be put back: the step index, the gradients, and the statistics that a training pass may move.</summary>
internal sealed class TrainingSnapshot(ITraining training)
{
    private readonly long _stepIndex = training.StepIndex;
    private readonly float[] _gradients = training.Gradients.ToArray();
    private readonly (WeightView View, float[] Values)[] _statistics = ReadStatistics(training.Network);

    /// <summary>Puts everything back. Trained weights are never written, so they need no copy; the staging columns keep the checked samples.</summary>
    public void Restore()
    {
        training.StepIndex = _stepIndex;
        _gradients.CopyTo(training.Gradients);
        foreach ((WeightView view, float[] values) in _statistics)
        {
            view.CopyFrom(values);
        }
    }

    private static (WeightView View, float[] Values)[] ReadStatistics(INetwork network)
    {
        HashSet<string> trained = [.. network.Description.Layers.SelectMany(layer => layer.Weights).Where(weight => weight.IsTrainable).Select(weight => weight.Name)];
        return [.. network.Weights.Where(view => !trained.Contains(view.Name)).Select(view => (view, view.ToArray()))];
    }
}
