namespace NetCompiler;

/// <summary>
/// Whether to share work between threads or to do it alone: whichever took less time of late. On a machine that others use as well, a thread that is waited for may not
/// be running, and between cores without a common cache what both of them touch can cost more than the second one gains. Results never depend on it, as every sum has one
/// order.
/// </summary>
/// <param name="clock">The clock; the system's where none is given.</param>
internal sealed class ThreadChoice(TimeProvider? clock = null)
{
    // Calls of one way before the other is tried: enough to compile the code, and to wake threads that sleep.
    private const int FirstCalls = 6;
    private const int SharedTrial = 4;
    private const int LoneTrial = 2;

    // The first calls of a row find threads asleep and caches full of other things.
    private const int IgnoredShared = 2;
    private const int IgnoredAlone = 1;

    // The other way is tried again after so many calls, more and more rarely as long as it loses, and soon most rarely where it is far behind.
    private const int ShortestPause = 64;
    private const int LongestPause = 4096;
    private const double FarBehind = 1.25;

    // But not much later than this, as the machine may have become another: a virtual one's cores move.
    private const double LongestSeconds = 5;

    // At once, though, where so many calls have made the chosen way the slower one: the machine has changed.
    private const int LeastCalls = 16;

    // How much the last call counts in an average.
    private const double Weight = 0.25;

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private double _shared = double.PositiveInfinity;
    private double _alone = double.PositiveInfinity;
    private bool _isSharing = true;
    private bool _isTrial = true;
    private int _callsInRow;
    private int _pause = ShortestPause;
    private int _left = FirstCalls;
    private int _amount;
    private long _turned;
    private long _started;
    private long? _ended;
    private bool _hasChosen;

    /// <summary>Whether to share this call; its time runs until the last <see cref="End"/> before the next call.</summary>
    /// <param name="amount">How much work it is, such as its samples.</param>
    public bool Begin(int amount)
    {
        if (_ended is { } ended)
        {
            Take((double)(ended - _started) / _amount);
            _ended = null;
        }

        _amount = Math.Max(1, amount);
        _started = _clock.GetTimestamp();
        return _isSharing;
    }

    /// <summary>Ends the call, or what belongs to it and followed at once: an optimizer's step pays for how the gradients were made.</summary>
    public void End() => _ended = _clock.GetTimestamp();

    private void Take(double time)
    {
        if (++_callsInRow > (_isSharing ? IgnoredShared : IgnoredAlone))
        {
            ref double average = ref _isSharing ? ref _shared : ref _alone;
            average = double.IsPositiveInfinity(average) || time < average / 2 ? time : average + (Weight * (time - average));
        }

        bool isSlowerNow = !_isTrial && _callsInRow >= LeastCalls && (_isSharing ? _shared > _alone : _alone > _shared);
        bool isLate = !_isTrial && _callsInRow >= ShortestPause && _clock.GetElapsedTime(_turned, _started).TotalSeconds > LongestSeconds;
        if (--_left == 0 || isSlowerNow || isLate)
        {
            Turn();
        }
    }

    private void Turn()
    {
        bool wasSharing = _isSharing, sharesBetter = _shared <= _alone;
        if (!_isTrial || double.IsPositiveInfinity(_alone))
        {
            // The other way, for a trial of its own: its last figures may be those of a busier moment.
            (_isSharing, _isTrial, _left) = (!_isSharing, true, _isSharing ? LoneTrial : SharedTrial);
            (_isSharing ? ref _shared : ref _alone) = double.PositiveInfinity;
        }
        else
        {
            // The first figures are those of calls beside which kernels were still being compiled.
            bool isFar = Math.Max(_shared, _alone) > FarBehind * Math.Min(_shared, _alone);
            _pause = sharesBetter == wasSharing || !_hasChosen ? ShortestPause : Math.Min((isFar ? 8 : 2) * _pause, LongestPause);
            (_isSharing, _isTrial, _left, _hasChosen, _turned) = (sharesBetter, false, _pause, true, _started);
        }

        _callsInRow = _isSharing == wasSharing ? _callsInRow : 0;
    }
}
