namespace NetCompiler;

/// <summary>What an optimizer remembers between steps, for one training. Made by an optimizer's <c>CreateState</c>.</summary>
public abstract class OptimizerState
{
    /// <summary>The learning rate of the next step; a schedule writes it.</summary>
    public abstract double LearningRate { get; set; }

    /// <summary>The number of steps so far.</summary>
    public abstract long Steps { get; set; }

    /// <summary>The state's tensors, each as long as the parameters: what a checkpoint holds.</summary>
    public abstract IReadOnlyList<Memory<float>> Slots { get; }

    /// <summary>Counts the step and fixes the clipping factor from the whole gradient.</summary>
    public abstract void BeginStep(ReadOnlySpan<float> gradients);

    /// <summary>Updates a slice of the parameters; elementwise, any slice, on any thread, after <see cref="BeginStep"/>.</summary>
    /// <param name="offset">The place of the slice in the whole.</param>
    /// <param name="parameters">The slice of the parameters.</param>
    /// <param name="gradients">The same slice of the gradients.</param>
    public abstract void UpdateRange(int offset, Span<float> parameters, ReadOnlySpan<float> gradients);

    /// <summary><see cref="BeginStep"/> and <see cref="UpdateRange"/> over everything.</summary>
    public void Update(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        BeginStep(gradients);
        UpdateRange(0, parameters, gradients);
    }
}
