using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetCompiler;

/// <summary>Working memory of one call: pinned, on a 64-byte boundary, zero when made and never cleared afterwards.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ScratchBlock
{
    private const int Alignment = 64;

    private readonly float[] _storage;
    private readonly int _start;

    internal ScratchBlock(int length)
    {
        _storage = GC.AllocateArray<float>(checked(length + (Alignment / sizeof(float))), pinned: true);
        nint address = Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref _storage[0]);
        _start = (int)(-address & (Alignment - 1)) / sizeof(float);
        Length = length;
    }

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>The first float, on a 64-byte boundary. The memory never moves.</summary>
    public ref float Origin
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_storage), _start);
    }
}
