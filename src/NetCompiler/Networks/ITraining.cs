namespace NetCompiler;

/// <summary>
/// The training of one network, seen without knowing its class. A loader fills the staging columns, then makes a call.
/// A training belongs to one caller at a time.
/// </summary>
public interface ITraining : IDisposable
{
    /// <summary>The network whose weights are trained.</summary>
    INetwork Network { get; }

    /// <summary>The largest number of samples in one call.</summary>
    int BatchSize { get; }

    /// <summary>The number of training steps so far. All randomness is a function of the seed and this number.</summary>
    long StepIndex { get; set; }

    /// <summary>The staging column of a float input: BatchSize times its length. <paramref name="i"/> counts all inputs in declaration order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input, or it holds tokens.</exception>
    Span<float> FloatInput(int i);

    /// <summary>The staging column of a token input: BatchSize times its length. <paramref name="i"/> counts all inputs in declaration order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input, or it holds floats.</exception>
    Span<int> TokenInput(int i);

    /// <summary>The staging column of a float target. <paramref name="i"/> counts all targets in declaration order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such target, or it holds classes.</exception>
    Span<float> FloatTarget(int i);

    /// <summary>The staging column of a target of class indices. <paramref name="i"/> counts all targets in declaration order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such target, or it holds floats.</exception>
    Span<int> ClassTarget(int i);

    /// <summary>One weight per sample of the batch; ones until written.</summary>
    Span<float> SampleWeights { get; }

    /// <summary>Gradients and update over the first <paramref name="count"/> staged samples; returns the loss before the update.</summary>
    /// <exception cref="InvalidOperationException">The network has no loss.</exception>
    float Step(int count, OptimizerState optimizer);

    /// <summary>The loss of the first <paramref name="count"/> staged samples in inference mode.</summary>
    /// <exception cref="InvalidOperationException">The network has no loss.</exception>
    float ComputeLoss(int count);

    /// <summary>The loss of the first <paramref name="count"/> staged samples in training mode, and its gradients.</summary>
    /// <exception cref="InvalidOperationException">The network has no loss.</exception>
    float ComputeGradients(int count, GradientTargets gradients = GradientTargets.Parameters, bool accumulate = false);

    /// <summary>The trained weights, writable, in internal order and padding: the layout of <see cref="Gradients"/>.</summary>
    Span<float> Parameters { get; }

    /// <summary>The gradients of the last call, in the layout of <see cref="Parameters"/>.</summary>
    Span<float> Gradients { get; }

    /// <summary>The parts of the last loss: one per declared loss, then the regularizers.</summary>
    ReadOnlySpan<float> Losses { get; }

    /// <summary>Output <paramref name="i"/> of the last batch.</summary>
    ReadOnlySpan<float> Output(int i);

    /// <summary>Keeps the weights of the named layers as they are; without names, of all layers. A block's name means everything in it.</summary>
    /// <exception cref="ArgumentException">The network has no such layer.</exception>
    void Freeze(params ReadOnlySpan<string> layers);

    /// <summary>Lets the weights of the named layers train again; without names, of all layers.</summary>
    /// <exception cref="ArgumentException">The network has no such layer.</exception>
    void Unfreeze(params ReadOnlySpan<string> layers);
}
