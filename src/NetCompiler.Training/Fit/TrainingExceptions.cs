using System.Globalization;

namespace NetCompiler;

/// <summary>Training was canceled. The weights are those of the last completed step.</summary>
public sealed class TrainingCanceledException : OperationCanceledException
{
    /// <summary>Keeps what was measured until then.</summary>
    public TrainingCanceledException(History history, CancellationToken cancellationToken)
        : this(history, cancellationToken, unsaved: null)
    {
    }

    /// <summary>Says why the training could not be saved, where that is so.</summary>
    internal TrainingCanceledException(History history, CancellationToken cancellationToken, Exception? unsaved)
        : base(
            $"Training was canceled after {history.Epochs} completed {(history.Epochs == 1 ? "epoch" : "epochs")}." + (unsaved is null ? "" : $" It was not saved at this point: {unsaved.Message}"),
            unsaved,
            cancellationToken)
    {
        History = history;
    }

    /// <summary>The completed epochs.</summary>
    public History History { get; }
}

/// <summary>
/// Training stopped because a loss, of a batch or of the validation, is not finite, or because the last update left a weight that is not. The weights are as the
/// step left them, unless a callback restored better ones.
/// </summary>
public sealed class NonFiniteLossException : ArithmeticException
{
    /// <summary>Names the place and keeps what was measured until then.</summary>
    public NonFiniteLossException(double loss, int epoch, int batch, long step, History history)
        : this(loss, epoch, batch, step, history, first: null)
    {
    }

    internal NonFiniteLossException(double loss, int epoch, int batch, long step, History history, NonFiniteValue? first)
        : this(string.Create(CultureInfo.InvariantCulture, $"The loss is {loss} in epoch {epoch + 1}, batch {batch + 1} (step {step}){(first is null ? "" : $": {first}")}."), loss, epoch, step, history)
        => First = first;

    private NonFiniteLossException(string finding, double loss, int epoch, long step, History history)
        : base($"{finding} A smaller learning rate, {nameof(Optimizer.ClipNorm)} or inputs of smaller size may help.")
    {
        Loss = loss;
        Epoch = epoch;
        Step = step;
        History = history;
    }

    /// <summary>The loss, or the weight: NaN or an infinity.</summary>
    public double Loss { get; }

    /// <summary>The epoch, counted from 0.</summary>
    public int Epoch { get; }

    /// <summary>The optimizer's step, counted from 1.</summary>
    public long Step { get; }

    /// <summary>The completed epochs.</summary>
    public History History { get; }

    /// <summary>What went bad first, where <see cref="TerminateOnNaN"/> watched the training; otherwise null.</summary>
    public NonFiniteValue? First { get; private init; }

    /// <summary>A weight is not finite, before a step or after one whose loss was, and it is known why.</summary>
    internal static NonFiniteLossException AtWeight(NonFiniteValue first, FitContext context)
        => new(
            string.Create(CultureInfo.InvariantCulture, $"A weight is not finite in epoch {context.Epoch + 1}, batch {context.Batch + 1} (step {context.Optimizer.Steps}): {first}."),
            first.Value,
            context.Epoch,
            context.Optimizer.Steps,
            context.History)
        {
            First = first,
        };

    /// <summary>The validation loss after an epoch is not finite.</summary>
    internal static NonFiniteLossException InValidation(double loss, int epoch, long step, History history)
        => new(string.Create(CultureInfo.InvariantCulture, $"The validation loss is {loss} after epoch {epoch + 1} (step {step})."), loss, epoch, step, history);

    /// <summary>The last update left a weight that is not finite.</summary>
    internal static NonFiniteLossException InParameters(double parameter, int epoch, long step, History history)
        => new(string.Create(CultureInfo.InvariantCulture, $"A weight is {parameter} after the last update, in epoch {epoch + 1} (step {step})."), parameter, epoch, step, history);
}
