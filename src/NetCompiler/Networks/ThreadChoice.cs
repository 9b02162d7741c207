using System.Diagnostics;

namespace NetCompiler;

/// <summary>
/// Whether to share work between threads or to do it alone: whichever took less time of late. On a machine that others use as well, a thread that is waited for may not
/// be running. Results never depend on it, as every sum has one order.
/// </summary>
internal sealed class ThreadChoice
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

    // How much the last call counts in an average.
    private const double Weight = 0.25;

    private double _shared = double.PositiveInfinity;
    private double _alone = double.PositiveInfinity;
    private bool _isSharing = true;
    private bool _isTrial = true;
    private int _callsInRow;
    private int _pause = ShortestPause;
    private int _left = FirstCalls;
    private int _amount;
    private long _started;

    /// <summary>Whether to share this call; its time runs until <see cref="End"/>.</summary>
    /// <param name="amount">How much work it is, such as its samples.</param>
    public bool Begin(int amount)
    {
        _amount = Math.Max(1, amount);
        _started = Stopwatch.GetTimestamp();
        return _isSharing;
    }

    /// <summary>Takes the time of the call.</summary>
    public void End()
    {
        double time = (double)(Stopwatch.GetTimestamp() - _started) / _amount;
        if (++_callsInRow > (_isSharing ? IgnoredShared : IgnoredAlone))
        {
            ref double average = ref _isSharing ? ref _shared : ref _alone;
            average = double.IsPositiveInfinity(average) || time < average / 2 ? time : average + (Weight * (time - average));
        }

        if (--_left == 0)
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
            bool isFar = Math.Max(_shared, _alone) > FarBehind * Math.Min(_shared, _alone);
            _pause = sharesBetter == wasSharing ? ShortestPause : Math.Min((isFar ? 8 : 2) * _pause, LongestPause);
            (_isSharing, _isTrial, _left) = (sharesBetter, false, _pause);
        }

        _callsInRow = _isSharing == wasSharing ? _callsInRow : 0;
    }
}
