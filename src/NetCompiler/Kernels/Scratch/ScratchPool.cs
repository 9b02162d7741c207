using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>
/// The working memory of one network: as many blocks as callers were ever inside at once, none made after that. Lock-free. A caller alone takes and gives back with
/// one interlocked exchange each; more callers look through a list of slots that only grows. (A linked stack of reused blocks would need a version beside its
/// head: between reading the head and replacing it, the same head may have been taken and given back over another rest.)
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ScratchPool
{
    private readonly int _length;
    private readonly Shelf _overflow = new();
    private ScratchBlock? _first;

    /// <summary>A pool without blocks yet.</summary>
    /// <param name="length">The floats of a block.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public ScratchPool(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _length = length;
    }

    /// <summary>A block that nobody else uses until it is given back; its content is whatever its last user left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ScratchBlock Rent() => Interlocked.Exchange(ref _first, null) ?? RentFromOverflow();

    /// <summary>Gives a block back. A block that is never given back, after an exception say, is lost to the pool and collected.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(ScratchBlock block)
    {
        ScratchBlock? before = Interlocked.Exchange(ref _first, block);
        if (before is not null)
        {
            ReturnToOverflow(before);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ScratchBlock RentFromOverflow()
    {
        for (Shelf? shelf = _overflow; shelf is not null; shelf = Volatile.Read(ref shelf.Next))
        {
            foreach (ref ScratchBlock? slot in shelf.Slots.AsSpan())
            {
                if (Volatile.Read(ref slot) is not null && Interlocked.Exchange(ref slot, null) is { } block)
                {
                    return block;
                }
            }
        }

        return new ScratchBlock(_length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReturnToOverflow(ScratchBlock block)
    {
        Shelf shelf = _overflow;
        while (true)
        {
            foreach (ref ScratchBlock? slot in shelf.Slots.AsSpan())
            {
                if (Volatile.Read(ref slot) is null && Interlocked.CompareExchange(ref slot, block, null) is null)
                {
                    return;
                }
            }

            if (Volatile.Read(ref shelf.Next) is null)
            {
                Interlocked.CompareExchange(ref shelf.Next, new Shelf(), null);
            }

            shelf = shelf.Next!;
        }
    }

    /// <summary>Slots for blocks, and where to go on when they are full.</summary>
    private sealed class Shelf
    {
        public readonly ScratchBlock?[] Slots = new ScratchBlock?[16];
        public Shelf? Next;
    }
}
