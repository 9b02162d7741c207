using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Benchmarks.Machine;

/// <summary>
/// How long a number takes from one core to another and back: some 50 to 100 ns where they share a cache, three times that and more where they do not, as between the
/// chiplets of a server, where the host may move a virtual machine's cores at any time. What threads gain together depends on it.
/// </summary>
internal static class CoreRoundTrip
{
    private const int Rounds = 20_000;

    /// <summary>The seconds of a round trip, on average over 20,000.</summary>
    public static double Measure()
    {
        var line = new Line();
        var other = new Thread(() => Answer(line));
        other.Start();

        // Not the time in which the other thread starts.
        Ask(line, 0, 1000);
        long start = Stopwatch.GetTimestamp();
        Ask(line, 1000, Rounds);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        other.Join();
        return seconds / (Rounds - 1000);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Ask(Line line, int first, int end)
    {
        for (int round = first; round < end; round++)
        {
            Volatile.Write(ref line.Value, (2 * round) + 1);
            Await(line, (2 * round) + 2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Answer(Line line)
    {
        for (int round = 0; round < Rounds; round++)
        {
            Await(line, (2 * round) + 1);
            Volatile.Write(ref line.Value, (2 * round) + 2);
        }
    }

    // Without a pause, which would be part of the time; but where both stand on one core, the other must get it.
    private static void Await(Line line, int value)
    {
        for (int spin = 1; Volatile.Read(ref line.Value) != value; spin++)
        {
            if (spin % 10_000 == 0)
            {
                Thread.Yield();
            }
        }
    }

    /// <summary>A number alone on its cache lines.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private sealed class Line
    {
        [FieldOffset(128)]
        public int Value;
    }
}
