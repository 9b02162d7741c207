using System.Runtime.InteropServices;

namespace NetCompiler;

/// <summary>
/// Keeps a worker off the core of the thread that waits for it. Linux likes to wake a thread on the core of the one that woke it, where it would stand in line until that
/// one stops spinning, half a millisecond later and again in every stage. Elsewhere, and where the calls are missing, nothing is done.
/// </summary>
internal static class CallerCore
{
    // 1024 processors, as glibc's cpu_set_t.
    private const int MaskBytes = 128;

    private static readonly bool IsSupported = Probe();
    private static int _core = -1;

    /// <summary>Remembers the core of the thread that is about to wait.</summary>
    public static void Remember()
    {
        if (IsSupported)
        {
            Volatile.Write(ref _core, sched_getcpu());
        }
    }

    /// <summary>Moves the calling worker to another core if it woke on the remembered one.</summary>
    public static void Leave()
    {
        int core = Volatile.Read(ref _core);
        if (!IsSupported || core < 0 || core >= MaskBytes * 8 || sched_getcpu() != core)
        {
            return;
        }

        // That of the process, by its first thread, as it is now: the worker's own lacks what it was kept off before.
        Span<byte> mask = stackalloc byte[MaskBytes];
        bool isRead = sched_getaffinity(Environment.ProcessId, MaskBytes, ref MemoryMarshal.GetReference(mask)) == 0;
        mask[core / 8] &= (byte)~(1 << (core % 8));
        if (isRead && mask.IndexOfAnyExcept((byte)0) >= 0)
        {
            _ = sched_setaffinity(0, MaskBytes, ref MemoryMarshal.GetReference(mask));
        }
    }

    private static bool Probe()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            byte[] mask = new byte[MaskBytes];
            return sched_getcpu() >= 0 && sched_getaffinity(0, MaskBytes, ref mask[0]) == 0;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc")]
    private static extern int sched_getcpu();

    [DllImport("libc")]
    private static extern int sched_getaffinity(int thread, nuint size, ref byte mask);

    [DllImport("libc")]
    private static extern int sched_setaffinity(int thread, nuint size, ref byte mask);
}
