using System.Diagnostics;
using NetCompiler;

namespace Samples.Data;

/// <summary>Work of many parts that takes long, and shows where it stands: a line per part, and every two seconds within a part, with the time left at the pace so far.</summary>
/// <param name="work">What is done.</param>
/// <param name="parts">The number of its parts, of about the same length; at most so many.</param>
/// <param name="output">Where the lines are written; null means the console.</param>
public sealed class PartLog(string work, int parts, TextWriter? output = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _written;
    private int _done;
    private int _skipped;

    /// <summary>A part is done.</summary>
    /// <param name="result">What it came to.</param>
    public void End(string result)
    {
        _done++;
        int left = parts - _done - _skipped;
        Write(FormattableString.Invariant($"{_done + _skipped} of {parts}: {result}"), left > 0 ? TimeLeft(_done) : "");
    }

    /// <summary>Watches a training that is a part, or some of one; given to <see cref="FitOptions.Progress"/>.</summary>
    /// <param name="from">The share of the part that is done before the training.</param>
    /// <param name="to">The share that is done after it.</param>
    public IProgress<TrainingProgress> Watch(double from = 0, double to = 1) => new Part(this, from, to);

    /// <summary>Parts that turn out not to be needed.</summary>
    public void Skip(int count) => _skipped += count;

    private void Tell(double share)
    {
        if (_watch.Elapsed - _written >= Patience && share > 0)
        {
            Write(FormattableString.Invariant($"{_done + _skipped + 1} of {parts}: {100 * share:0} % done"), TimeLeft(_done + share));
        }
    }

    private string TimeLeft(double done) => FormattableString.Invariant($", {(_watch.Elapsed / done * (parts - _skipped - done)).TotalSeconds:0} s left");

    private void Write(string line, string timeLeft)
    {
        _written = _watch.Elapsed;
        (output ?? Console.Out).WriteLine($"  {work}, {line}{timeLeft}");
    }

    private sealed class Part(PartLog log, double from, double to) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => log.Tell(from + ((to - from) * value.Fraction));
    }
}
