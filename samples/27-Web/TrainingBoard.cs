using System.Diagnostics;
using NetCompiler;

namespace Samples;

/// <summary>Told by Fit of every batch, shows the page where the training stands, and lets the network of every epoch answer until the next.</summary>
public sealed class TrainingBoard(DigitReader reader) : Callback
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private volatile TrainingState _state = new(TrainingPhase.Loading, CanPredict: false, "Looking for images of digits.");
    private long _begun;
    private long _written;

    /// <summary>The state as of now.</summary>
    public TrainingState State => _state;

    /// <summary>Shows something else.</summary>
    public void Show(TrainingState state) => _state = state;

    /// <inheritdoc/>
    public override void OnTrainBegin(FitContext context) => _begun = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public override void OnBatchEnd(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Stopwatch.GetElapsedTime(_written) < Pause)
        {
            return;
        }

        _written = Stopwatch.GetTimestamp();
        double fraction = (context.Epoch + ((context.Batch + 1.0) / context.Batches)) / context.Epochs;
        string message = FormattableString.Invariant($"Epoch {context.Epoch + 1} of {context.Epochs}, loss {context.Loss:0.000}.");
        Show(new TrainingState(TrainingPhase.Training, reader.IsReady, message)
        {
            Epoch = context.Epoch + 1,
            Epochs = context.Epochs,
            Fraction = fraction,
            Loss = double.IsFinite(context.Loss) ? context.Loss : null,
            RemainingSeconds = Stopwatch.GetElapsedTime(_begun).TotalSeconds * ((1 / fraction) - 1),
        });
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        // A copy: the network itself goes on learning, and nothing may be asked of it meanwhile.
        reader.Publish(((DrawnDigits)context.Network).Clone());
    }
}
