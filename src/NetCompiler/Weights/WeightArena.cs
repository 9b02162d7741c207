using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetCompiler;

/// <summary>One block of managed, pinned, 64-byte aligned memory that holds all weights of one kind; zero until written.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WeightArena
{
    private const int Alignment = 64;
    private const int PageFloats = 4096 / sizeof(float);

    private readonly float[] _storage;
    private readonly int _start;
    private int _version;

    /// <summary>Allocates <paramref name="length"/> floats of zero.</summary>
    public WeightArena(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _storage = GC.AllocateArray<float>(length + (Alignment / sizeof(float)), pinned: true);

        // The address of an array that never moves, by what is no call: every method that is one would be compiled before the first prediction.
        nint address = Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref _storage[0]);
        _start = (int)(-address & (Alignment - 1)) / sizeof(float);
        Length = length;
    }

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>Counts the writes that derived data must follow: whoever writes calls <see cref="Touch"/>.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>All floats.</summary>
    public Span<float> Span => new(_storage, _start, Length);

    /// <summary>All floats.</summary>
    public Memory<float> Memory => _storage.AsMemory(_start, Length);

    /// <summary>The first float, on a 64-byte boundary. The memory never moves.</summary>
    public ref float Origin
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_storage), _start);
    }

    /// <summary>Lets the operating system make all pages now: fresh memory is otherwise made page by page when it is first written. Before anything is written.</summary>
    public void Commit()
    {
        Span<float> floats = Span;
        for (int i = 0; i < floats.Length; i += PageFloats)
        {
            floats[i] = 0;
        }
    }

    /// <summary>Says that the weights changed.</summary>
    public void Touch() => Interlocked.Increment(ref _version);
}
