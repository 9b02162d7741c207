using System.Globalization;

namespace NetCompiler;

/// <summary>Training was canceled. The weights are those of the last completed step.</summary>
public sealed class TrainingCanceledException : OperationCanceledException
{
    /// <summary>Keeps what was measured until then.</summary>
    public TrainingCanceledException(History history, CancellationToken cancellationToken)
        : base($"Training was canceled after {history.Epochs} completed epochs.", cancellationToken)
    {
        History = history;
    }

    /// <summary>The completed epochs.</summary>
    public History History { get; }
}

/// <summary>Training stopped because the loss is not finite. The weights are as the step left them.</summary>
public sealed class NonFiniteLossException : ArithmeticException
{
    /// <summary>Names the place and keeps what was measured until then.</summary>
    public NonFiniteLossException(double loss, int epoch, int batch, long step, History history)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"The loss is {loss} in epoch {epoch + 1}, batch {batch + 1} (step {step}). A smaller learning rate, {nameof(Optimizer.ClipNorm)} or inputs of smaller size may help."))
    {
        Loss = loss;
        Epoch = epoch;
        Step = step;
        History = history;
    }

    /// <summary>The loss: NaN or an infinity.</summary>
    public double Loss { get; }

    /// <summary>The epoch, counted from 0.</summary>
    public int Epoch { get; }

    /// <summary>The optimizer's step, counted from 1.</summary>
    public long Step { get; }

    /// <summary>The completed epochs.</summary>
    public History History { get; }
}
