using System.Diagnostics;

namespace NetCompiler;

/// <summary>One pass over data: tells of its progress now and then, and ends when its token is canceled.</summary>
internal sealed class DataPass(IProgress<DataProgress>? progress, long? count, CancellationToken cancellation)
{
    private const int ReportedCount = 256;
    private static readonly TimeSpan ReportedTime = TimeSpan.FromMilliseconds(100);

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _done;
    private long _told;
    private long _toldAt = Stopwatch.GetTimestamp();

    /// <summary>Before each part.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public void ThrowIfCanceled() => cancellation.ThrowIfCancellationRequested();

    /// <summary>After each part: tells of it where many are done since the last time, or where they take long.</summary>
    public void Advance(int parts = 1)
    {
        _done += parts;
        if (progress is not null && (_done - _told >= ReportedCount || Stopwatch.GetElapsedTime(_toldAt) >= ReportedTime))
        {
            Report(count);
        }
    }

    /// <summary>Tells of what is done, where that was not told yet.</summary>
    public void Tell()
    {
        if (progress is not null && _told < _done)
        {
            Report(count);
        }
    }

    /// <summary>After the last part: whatever the number was, it is known now.</summary>
    public void End()
    {
        if (progress is not null && (_told < _done || count is null || _done == 0))
        {
            Report(count ?? _done);
        }
    }

    private void Report(long? all)
    {
        _told = _done;
        _toldAt = Stopwatch.GetTimestamp();
        progress!.Report(new DataProgress(_done, all, Stopwatch.GetElapsedTime(_start)));
    }
}
