using System.Diagnostics;

namespace Benchmarks.Measuring;

/// <summary>Times a loop over calls.</summary>
internal static class TimedLoop
{
    private static readonly TimeSpan Block = TimeSpan.FromMilliseconds(40);

    /// <summary>The seconds of one call in a block of at least 40 ms. The shorter blocks that find the count warm the caches up.</summary>
    public static double SecondsPerCall(Action<long> repeat)
    {
        for (long calls = 1; ; calls *= 2)
        {
            long start = Stopwatch.GetTimestamp();
            repeat(calls);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed >= Block)
            {
                return elapsed.TotalSeconds / calls;
            }
        }
    }
}
