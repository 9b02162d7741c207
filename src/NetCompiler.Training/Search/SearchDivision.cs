using System.Diagnostics;

namespace NetCompiler;

/// <summary>The division of the samples into those that trials train on and those that judge them. Where it has to read all classes first, it takes long and is told of.</summary>
internal sealed class SearchDivision : IProgress<DataProgress>, IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly BackgroundWork _work;
    private readonly long _start = Stopwatch.GetTimestamp();
    private volatile object? _now;
    private SearchData? _data;

    /// <summary>Begins.</summary>
    public SearchDivision(Func<IProgress<DataProgress>, CancellationToken, SearchData> divide, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _work = new BackgroundWork("search, division of the samples", () => _data = divide(this, _stop.Token), _stop.Cancel);
    }

    /// <summary>How far the reading of the classes is; null before, and where none are read.</summary>
    public DataProgress? Now => (DataProgress?)_now;

    /// <summary>The time since the division began.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>Waits, but not long; false when it has ended.</summary>
    public bool Wait(TimeSpan patience) => _work.Wait(patience);

    /// <summary>Waits for the end; what was thrown there is thrown here.</summary>
    public SearchData End()
    {
        _work.End();
        return _data!;
    }

    /// <inheritdoc/>
    public void Report(DataProgress value) => _now = value;

    /// <inheritdoc/>
    public void Dispose()
    {
        _work.Dispose();
        _stop.Dispose();
    }
}
