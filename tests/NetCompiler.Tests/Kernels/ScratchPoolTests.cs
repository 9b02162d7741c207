using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Xunit;

namespace NetCompiler.Tests.Kernels;

public class ScratchPoolTests
{
    [Fact]
    public void Block_IsAlignedAndAsLongAsAsked()
    {
        ScratchBlock block = new ScratchPool(100).Rent();
        Assert.Equal(100, block.Length);
        Assert.Equal(0, Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref block.Origin) % 64);
        Unsafe.Add(ref block.Origin, 99) = 1;
    }

    [Fact]
    public void Rent_AfterReturn_GivesTheSameBlocksAgain()
    {
        ScratchPool pool = new(16);
        ScratchBlock[] blocks = [.. Enumerable.Range(0, 40).Select(_ => pool.Rent())];
        Assert.Equal(40, blocks.Distinct().Count());
        foreach (ScratchBlock block in blocks)
        {
            pool.Return(block);
        }

        HashSet<ScratchBlock> again = [.. Enumerable.Range(0, 40).Select(_ => pool.Rent())];
        Assert.True(again.SetEquals(blocks));
    }

    [Fact]
    public void Rent_FromManyThreads_NeverGivesABlockTwice()
    {
        const int Callers = 8;
        ScratchPool pool = new(16);
        ConcurrentDictionary<ScratchBlock, bool> seen = new();
        int collisions = 0;
        Thread[] threads = [.. Enumerable.Range(1, Callers).Select(caller => new Thread(() =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                ScratchBlock block = pool.Rent();
                seen.TryAdd(block, true);

                // The mark of this caller must survive while others come and go.
                block.Origin = caller;
                Thread.Yield();
                if (block.Origin != caller)
                {
                    Interlocked.Increment(ref collisions);
                }

                pool.Return(block);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(0, collisions);

        // A caller may look past a slot that is filled a moment later, so a few more than one block per caller can be made; never one per call.
        Assert.InRange(seen.Count, 1, 4 * Callers);
    }

    [Fact]
    public void Constructor_RefusesANegativeLength() => Assert.Throws<ArgumentOutOfRangeException>(() => new ScratchPool(-1));
}
