using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetCompiler;

public static partial class Int8Rows
{
    private static bool HasVector512 => Avx512F.IsSupported && Vector512.IsHardwareAccelerated;

    // As with other vectors; one instruction brings 16 integers into bytes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool RoundWide(ref float source, int columns, float inverse, int zero, ref byte bytes)
    {
        Vector512<float> factor = Vector512.Create(inverse), lowest = Vector512.Create((float)-zero), highest = Vector512.Create((float)(MostLevel - zero));
        Vector512<float> check0 = default, check1 = default;
        int block = 2 * Vector512<float>.Count;
        for (int i = 0; ; i = Math.Min(i + block, columns - block))
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref source, (nuint)i), b = Vector512.LoadUnsafe(ref source, (nuint)(i + Vector512<float>.Count));
            check0 = Vector512.FusedMultiplyAdd(a, Vector512<float>.Zero, check0);
            check1 = Vector512.FusedMultiplyAdd(b, Vector512<float>.Zero, check1);
            Vector512<int> first = Rounding.ToInteger(Vector512.MinNative(Vector512.MaxNative(a * factor, lowest), highest), zero);
            Vector512<int> second = Rounding.ToInteger(Vector512.MinNative(Vector512.MaxNative(b * factor, lowest), highest), zero);
            Avx512F.ConvertToVector128Byte(first).StoreUnsafe(ref bytes, (nuint)i);
            Avx512F.ConvertToVector128Byte(second).StoreUnsafe(ref bytes, (nuint)(i + Vector512<float>.Count));
            if (i == columns - block)
            {
                return VectorMath.Sum(check0 + check1) == 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float Least, float Most) RangeWide(ref float source, int columns)
    {
        Vector512<float> least0 = default, least1 = default, most0 = default, most1 = default;
        int block = 2 * Vector512<float>.Count;
        for (int i = 0; ; i = Math.Min(i + block, columns - block))
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref source, (nuint)i), b = Vector512.LoadUnsafe(ref source, (nuint)(i + Vector512<float>.Count));
            (least0, least1, most0, most1) = (Vector512.MinNative(a, least0), Vector512.MinNative(b, least1), Vector512.MaxNative(a, most0), Vector512.MaxNative(b, most1));
            if (i == columns - block)
            {
                break;
            }
        }

        return (-VectorMath.Max(-Vector512.MinNative(least0, least1)), VectorMath.Max(Vector512.MaxNative(most0, most1)));
    }
}
