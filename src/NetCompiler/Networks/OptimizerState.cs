using System.ComponentModel;

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

    /// <summary>Refuses a training of another network than the state was made for, before a step computes anything.</summary>
    /// <param name="training">The training whose step asks.</param>
    /// <exception cref="ArgumentException">Its network is another one.</exception>
    /// <exception cref="ObjectDisposedException">The training that the state was made for was disposed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual void RequireFor(ITraining training)
    {
    }

    /// <summary>Counts the step and fixes the clipping factor from the whole gradient.</summary>
    /// <param name="gradients">The whole gradient.</param>
    /// <exception cref="ArgumentException">It is not as long as the training's parameters; nothing is counted.</exception>
    /// <exception cref="ObjectDisposedException">The training was disposed; nothing is counted.</exception>
    public abstract void BeginStep(ReadOnlySpan<float> gradients);

    /// <summary>Updates a slice of the parameters; elementwise, any slice, on any thread, after <see cref="BeginStep"/>.</summary>
    /// <param name="offset">The place of the slice in the whole.</param>
    /// <param name="parameters">The slice of the parameters.</param>
    /// <param name="gradients">The same slice of the gradients.</param>
    /// <exception cref="ArgumentException">The spans differ in length; nothing is changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The slice leaves the parameters; nothing is changed.</exception>
    /// <exception cref="InvalidOperationException"><see cref="BeginStep"/> has not been called.</exception>
    /// <exception cref="ObjectDisposedException">The training was disposed; nothing is changed.</exception>
    public abstract void UpdateRange(int offset, Span<float> parameters, ReadOnlySpan<float> gradients);

    /// <summary><see cref="BeginStep"/> and <see cref="UpdateRange"/> over everything.</summary>
    /// <param name="parameters">All parameters.</param>
    /// <param name="gradients">The whole gradient.</param>
    /// <exception cref="ArgumentException">The gradient is not as long as the training's parameters, and nothing is counted; or the parameters are not, and nothing but the count is changed.</exception>
    /// <exception cref="ObjectDisposedException">The training was disposed; nothing is counted or changed.</exception>
    public void Update(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        BeginStep(gradients);
        UpdateRange(0, parameters, gradients);
    }
}
