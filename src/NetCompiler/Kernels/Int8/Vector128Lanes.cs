using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetCompiler;

/// <summary>Four sums, on any machine: as <see cref="Avx2Lanes"/>, or where there is no product of pairs, in integers of 32 bits.</summary>
internal readonly struct Vector128Lanes : IInt8Lanes<Vector128<int>>
{
    public static int Count => Vector128<int>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load(ref int source, int offset) => Vector128.LoadUnsafe(ref source, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Spread(int value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(Vector128<int> left, Vector128<int> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Multiply(Vector128<int> left, Vector128<int> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyAdd(Vector128<int> sum, Vector128<int> bytes, Vector128<int> signed)
    {
        if (!Sse2.IsSupported)
        {
            return OneByOne(sum, bytes, signed);
        }

        Vector128<short> even = bytes.AsInt16() & Vector128.Create((short)0xFF), odd = bytes.AsInt16() >>> 8;
        return sum + Sse2.MultiplyAddAdjacent(even, (signed.AsInt16() << 8) >> 8) + Sse2.MultiplyAddAdjacent(odd, signed.AsInt16() >> 8);
    }

    /// <summary>The same without instructions of one kind of machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> OneByOne(Vector128<int> sum, Vector128<int> bytes, Vector128<int> signed)
    {
        Vector128<int> mask = Vector128.Create(0xFF);
        sum += (bytes & mask) * ((signed << 24) >> 24);
        sum += ((bytes >>> 8) & mask) * ((signed << 16) >> 24);
        sum += ((bytes >>> 16) & mask) * ((signed << 8) >> 24);
        return sum + ((bytes >>> 24) * (signed >> 24));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> sum, float step, ref float units, int offset, ref float destination) =>
        (Vector128.ConvertToSingle(sum) * (Vector128.Create(step) * Vector128.LoadUnsafe(ref units, (nuint)offset))).StoreUnsafe(ref destination, (nuint)offset);
}
