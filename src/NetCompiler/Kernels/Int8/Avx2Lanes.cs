using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetCompiler;

/// <summary>Eight sums. Bytes become integers of 16 bits, the even ones and the odd ones, whose products are added in pairs (vpmaddwd): products of bytes (vpmaddubsw) would be cut off.</summary>
internal readonly struct Avx2Lanes : IInt8Lanes<Vector256<int>>
{
    public static int Count => Vector256<int>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(ref int source, int offset) => Vector256.LoadUnsafe(ref source, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Spread(int value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> left, Vector256<int> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Multiply(Vector256<int> left, Vector256<int> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAdd(Vector256<int> sum, Vector256<int> bytes, Vector256<int> signed)
    {
        Vector256<short> even = bytes.AsInt16() & Vector256.Create((short)0xFF), odd = bytes.AsInt16() >>> 8;
        return sum + Avx2.MultiplyAddAdjacent(even, (signed.AsInt16() << 8) >> 8) + Avx2.MultiplyAddAdjacent(odd, signed.AsInt16() >> 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> sum, float step, ref float units, int offset, ref float destination) =>
        (Vector256.ConvertToSingle(sum) * (Vector256.Create(step) * Vector256.LoadUnsafe(ref units, (nuint)offset))).StoreUnsafe(ref destination, (nuint)offset);
}
