using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetCompiler;

public static partial class TransposeKernel
{
    /// <summary>4 by 4: interleave rows 0 and 2, 1 and 3, then the results, so that each vector holds one column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlock4(ref float source, nint sourceStride, ref float destination, nint destinationStride)
    {
        Vector128<float> r0 = Vector128.LoadUnsafe(ref source);
        Vector128<float> r1 = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, sourceStride));
        Vector128<float> r2 = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 2 * sourceStride));
        Vector128<float> r3 = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 3 * sourceStride));

        // Columns 0, 1 and 2, 3 of the even rows, then of the odd rows.
        Vector128<float> even01 = InterleaveLower(r0, r2);
        Vector128<float> even23 = InterleaveUpper(r0, r2);
        Vector128<float> odd01 = InterleaveLower(r1, r3);
        Vector128<float> odd23 = InterleaveUpper(r1, r3);

        InterleaveLower(even01, odd01).StoreUnsafe(ref destination);
        InterleaveUpper(even01, odd01).StoreUnsafe(ref Unsafe.Add(ref destination, destinationStride));
        InterleaveLower(even23, odd23).StoreUnsafe(ref Unsafe.Add(ref destination, 2 * destinationStride));
        InterleaveUpper(even23, odd23).StoreUnsafe(ref Unsafe.Add(ref destination, 3 * destinationStride));
    }

    /// <summary>a0, b0, a1, b1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLower(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1]);

    /// <summary>a2, b2, a3, b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveUpper(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a[2], b[2], a[3], b[3]);
}
