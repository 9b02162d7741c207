namespace NetCompiler.Tests.Generated;

/// <summary>What calls allocate, counted over all threads of the process; for tests that nothing runs beside.</summary>
internal static class AllocatedBytes
{
    /// <summary>The bytes of some calls: the least of three stretches, since what the runtime allocates on its own comes and goes and what a call allocates comes each time.</summary>
    /// <param name="calls">The calls of a stretch.</param>
    /// <param name="call">The call, which has been made as often as it needs to be warm.</param>
    public static long Least(int calls, Action call)
    {
        SpinWait.SpinUntil(() => KernelCompilation.IsIdle);
        long least = long.MaxValue;
        for (int stretch = 0; stretch < 3 && least > 0; stretch++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < calls; i++)
            {
                call();
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }
}
