#if NET10_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetCompiler;

/// <summary>Eight sums, four products each in one instruction (vpdpbusd). .NET 9 has it as a preview only, and no version has it for 512 bits.</summary>
internal readonly struct VnniLanes : IInt8Lanes<Vector256<int>>
{
    public static int Count => Vector256<int>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(ref int source, int offset) => Avx2Lanes.Load(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Spread(int value) => Avx2Lanes.Spread(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> left, Vector256<int> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Multiply(Vector256<int> left, Vector256<int> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAdd(Vector256<int> sum, Vector256<int> bytes, Vector256<int> signed) => AvxVnni.MultiplyWideningAndAdd(sum, bytes.AsByte(), signed.AsSByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> sum, float step, ref float units, int offset, ref float destination) => Avx2Lanes.Store(sum, step, ref units, offset, ref destination);
}
#endif
