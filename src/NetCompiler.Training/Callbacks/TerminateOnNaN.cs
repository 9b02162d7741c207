namespace NetCompiler;

/// <summary>
/// Names what went bad first when a training gets a NaN or an infinity: the input or target, the layer whose activation, the weight whose gradient or update. Fit stops on a loss
/// that is not finite anyway; with this callback its <see cref="NonFiniteLossException"/> says why (<see cref="NonFiniteLossException.First"/>), it stops as soon as a step leaves a
/// weight that is not finite, and the network keeps the weights before that step. It costs one reading and one copy of the weights per step, and their memory once more.
/// </summary>
/// <remarks>
/// The step is run again for it, layer by layer, by the interpreter of NetCompiler.Dynamic, as generated code keeps no values between layers that it fused; where only generated code
/// overflows, by another order of its sums, the place is the loss or the weight's gradient. The loss of a validation is not looked into.
/// </remarks>
public sealed class TerminateOnNaN : Callback
{
    private FiniteState? _state;
    private bool _isTaken;

    /// <summary>What went bad first, or null while nothing has.</summary>
    public NonFiniteValue? First { get; private set; }

    /// <inheritdoc/>
    public override void OnTrainBegin(FitContext context)
    {
        First = null;
        _state = new FiniteState(context.Training);
        _isTaken = false;
    }

    /// <inheritdoc/>
    /// <exception cref="NonFiniteLossException">A weight of the network is not finite before the first step.</exception>
    public override void OnBatchBegin(FitContext context)
    {
        if (_isTaken)
        {
            return;
        }

        if (!_state!.TryTake())
        {
            First = FindWeight(context.Network, NonFinitePlace.Weight);
            throw NonFiniteLossException.AtWeight(First, context);
        }

        _isTaken = true;
    }

    /// <inheritdoc/>
    /// <exception cref="NonFiniteLossException">The update left a weight that is not finite.</exception>
    public override void OnBatchEnd(FitContext context)
    {
        if (!_state!.TryTake())
        {
            NonFiniteValue updated = FindWeight(context.Network, NonFinitePlace.Update);
            First = Search(context) ?? updated;
            throw NonFiniteLossException.AtWeight(First, context);
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(FitContext context) => _state = null;

    /// <inheritdoc/>
    public override void OnTrainAbort(FitContext context) => _state = null;

    internal override NonFiniteValue? Explain(FitContext context) => First = Search(context);

    private NonFiniteValue? Search(FitContext context)
    {
        long step = context.Training.StepIndex;
        _state!.Restore();
        try
        {
            return NonFiniteSearch.Run(context.Training, context.BatchCount, _state);
        }
        finally
        {
            context.Training.StepIndex = step;
        }
    }

    private static NonFiniteValue FindWeight(INetwork network, NonFinitePlace place)
    {
        foreach (WeightView weight in network.Weights)
        {
            foreach (float value in weight.ToArray())
            {
                if (!float.IsFinite(value))
                {
                    return new NonFiniteValue(place, weight.Name, value);
                }
            }
        }

        return new NonFiniteValue(place, network.Description.Name, float.NaN);
    }
}
