using System.Diagnostics;

namespace Benchmarks.Measuring;

/// <summary>
/// Waits until this process does nothing: the threads of a contender that has just run go on looking for work for some time, at the cost of whoever is measured next.
/// </summary>
internal static class Idle
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>Returns after 10 ms in which all threads together ran for less than a fifth of it, or after two seconds.</summary>
    public static void Wait()
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan used;
        do
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            Thread.Sleep(Pause);
            used = Environment.CpuUsage.TotalTime - before;
        }
        while (used > Pause / 5 && Stopwatch.GetElapsedTime(start) < Longest);
    }
}
