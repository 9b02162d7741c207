using System.Text;

namespace NetCompiler;

/// <summary>
/// Writes a <see cref="TrainingReport"/> when training ends, or is aborted. A first one is written when training begins, so that a file that cannot be written is
/// found out before hours of work.
/// </summary>
public sealed class HtmlReport : Callback
{
    private readonly string _path;

    /// <summary>Makes the callback.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="ArgumentException">There is no path.</exception>
    public HtmlReport(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
    }

    /// <summary>Why the report of an aborted training could not be written; null where it was. The reason of the abort is more important than this one.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public override void OnTrainBegin(FitContext context)
    {
        Failure = null;
        Write(context, "running");
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public override void OnTrainEnd(FitContext context) => Write(context, context.History.Epochs >= context.Epochs ? "complete" : "stopped");

    /// <inheritdoc/>
    public override void OnTrainAbort(FitContext context)
    {
        try
        {
            Write(context, "aborted");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Failure = exception;
        }
    }

    private void Write(FitContext context, string state)
    {
        byte[] page = Encoding.UTF8.GetBytes(TrainingReport.Compose(context.History, context.Network, context.Options, [], DateTimeOffset.UtcNow, state));
        AtomicFile.Write(_path, stream => stream.Write(page));
    }
}
