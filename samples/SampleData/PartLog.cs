using System.Diagnostics;

namespace Samples.Data;

/// <summary>Work of many parts that takes long, and shows where it stands: a line per part, with the time left at the pace so far.</summary>
/// <param name="work">What is done.</param>
/// <param name="parts">The number of its parts, of about the same length; at most so many.</param>
/// <param name="output">Where the lines are written; null means the console.</param>
public sealed class PartLog(string work, int parts, TextWriter? output = null)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _done;
    private int _skipped;

    /// <summary>A part is done.</summary>
    /// <param name="result">What it came to.</param>
    public void End(string result)
    {
        _done++;
        int left = parts - _done - _skipped;
        string time = left > 0 ? FormattableString.Invariant($", {(_watch.Elapsed / _done * left).TotalSeconds:0} s left") : "";
        (output ?? Console.Out).WriteLine(FormattableString.Invariant($"  {work}, {_done + _skipped} of {parts}: {result}{time}"));
    }

    /// <summary>Parts that turn out not to be needed.</summary>
    public void Skip(int count) => _skipped += count;
}
