using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetCompiler;

public static partial class TransposeKernel
{
    /// <summary>
    /// 16 by 16 in four rounds of 16 shuffles. Rows are named r0 to r15. Interleaving rows by single floats (a), then by pairs (b), gives in each 128-bit quarter q
    /// four rows' values of one column; the last two rounds (c, d) move quarters until each vector holds one column of all rows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeBlock16(ref float source, nint sourceStride, ref float destination, nint destinationStride)
    {
        Vector512<float> r0 = Vector512.LoadUnsafe(ref source);
        Vector512<float> r1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, sourceStride));
        Vector512<float> r2 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, 2 * sourceStride));
        Vector512<float> r3 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, 3 * sourceStride));
        Vector512<float> r4 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, 4 * sourceStride));
        Vector512<float> r5 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, 5 * sourceStride));
        Vector512<float> r6 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, 6 * sourceStride));
        Vector512<float> r7 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, 7 * sourceStride));
        Vector512<float> r8 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, 8 * sourceStride));
        Vector512<float> r9 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, 9 * sourceStride));
        Vector512<float> r10 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, 10 * sourceStride));
        Vector512<float> r11 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, 11 * sourceStride));
        Vector512<float> r12 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, 12 * sourceStride));
        Vector512<float> r13 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, 13 * sourceStride));
        Vector512<float> r14 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, 14 * sourceStride));
        Vector512<float> r15 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, 15 * sourceStride));

        // a: quarter q of a(4g), a(4g+1) holds columns 4q, 4q+1 and 4q+2, 4q+3 of rows 4g, 4g+1; a(4g+2), a(4g+3) of rows 4g+2, 4g+3.
        Vector512<double> a0 = Avx512F.UnpackLow(r0, r1).AsDouble();
        Vector512<double> a1 = Avx512F.UnpackHigh(r0, r1).AsDouble();
        Vector512<double> a2 = Avx512F.UnpackLow(r2, r3).AsDouble();
        Vector512<double> a3 = Avx512F.UnpackHigh(r2, r3).AsDouble();
        Vector512<double> a4 = Avx512F.UnpackLow(r4, r5).AsDouble();
        Vector512<double> a5 = Avx512F.UnpackHigh(r4, r5).AsDouble();
        Vector512<double> a6 = Avx512F.UnpackLow(r6, r7).AsDouble();
        Vector512<double> a7 = Avx512F.UnpackHigh(r6, r7).AsDouble();
        Vector512<double> a8 = Avx512F.UnpackLow(r8, r9).AsDouble();
        Vector512<double> a9 = Avx512F.UnpackHigh(r8, r9).AsDouble();
        Vector512<double> a10 = Avx512F.UnpackLow(r10, r11).AsDouble();
        Vector512<double> a11 = Avx512F.UnpackHigh(r10, r11).AsDouble();
        Vector512<double> a12 = Avx512F.UnpackLow(r12, r13).AsDouble();
        Vector512<double> a13 = Avx512F.UnpackHigh(r12, r13).AsDouble();
        Vector512<double> a14 = Avx512F.UnpackLow(r14, r15).AsDouble();
        Vector512<double> a15 = Avx512F.UnpackHigh(r14, r15).AsDouble();

        // b: quarter q of b(4g+j) holds column 4q+j of rows 4g to 4g+3.
        Vector512<float> b0 = Avx512F.UnpackLow(a0, a2).AsSingle();
        Vector512<float> b1 = Avx512F.UnpackHigh(a0, a2).AsSingle();
        Vector512<float> b2 = Avx512F.UnpackLow(a1, a3).AsSingle();
        Vector512<float> b3 = Avx512F.UnpackHigh(a1, a3).AsSingle();
        Vector512<float> b4 = Avx512F.UnpackLow(a4, a6).AsSingle();
        Vector512<float> b5 = Avx512F.UnpackHigh(a4, a6).AsSingle();
        Vector512<float> b6 = Avx512F.UnpackLow(a5, a7).AsSingle();
        Vector512<float> b7 = Avx512F.UnpackHigh(a5, a7).AsSingle();
        Vector512<float> b8 = Avx512F.UnpackLow(a8, a10).AsSingle();
        Vector512<float> b9 = Avx512F.UnpackHigh(a8, a10).AsSingle();
        Vector512<float> b10 = Avx512F.UnpackLow(a9, a11).AsSingle();
        Vector512<float> b11 = Avx512F.UnpackHigh(a9, a11).AsSingle();
        Vector512<float> b12 = Avx512F.UnpackLow(a12, a14).AsSingle();
        Vector512<float> b13 = Avx512F.UnpackHigh(a12, a14).AsSingle();
        Vector512<float> b14 = Avx512F.UnpackLow(a13, a15).AsSingle();
        Vector512<float> b15 = Avx512F.UnpackHigh(a13, a15).AsSingle();

        // c: quarters 0 and 2 (0x88) or 1 and 3 (0xDD) of two groups of rows: columns j, 8+j or 4+j, 12+j of rows 0 to 7 or 8 to 15.
        Vector512<float> c0 = Avx512F.Shuffle4x128(b0, b4, 0x88);
        Vector512<float> c4 = Avx512F.Shuffle4x128(b0, b4, 0xDD);
        Vector512<float> c8 = Avx512F.Shuffle4x128(b8, b12, 0x88);
        Vector512<float> c12 = Avx512F.Shuffle4x128(b8, b12, 0xDD);
        Vector512<float> c1 = Avx512F.Shuffle4x128(b1, b5, 0x88);
        Vector512<float> c5 = Avx512F.Shuffle4x128(b1, b5, 0xDD);
        Vector512<float> c9 = Avx512F.Shuffle4x128(b9, b13, 0x88);
        Vector512<float> c13 = Avx512F.Shuffle4x128(b9, b13, 0xDD);
        Vector512<float> c2 = Avx512F.Shuffle4x128(b2, b6, 0x88);
        Vector512<float> c6 = Avx512F.Shuffle4x128(b2, b6, 0xDD);
        Vector512<float> c10 = Avx512F.Shuffle4x128(b10, b14, 0x88);
        Vector512<float> c14 = Avx512F.Shuffle4x128(b10, b14, 0xDD);
        Vector512<float> c3 = Avx512F.Shuffle4x128(b3, b7, 0x88);
        Vector512<float> c7 = Avx512F.Shuffle4x128(b3, b7, 0xDD);
        Vector512<float> c11 = Avx512F.Shuffle4x128(b11, b15, 0x88);
        Vector512<float> c15 = Avx512F.Shuffle4x128(b11, b15, 0xDD);

        // d: the same once more brings the 16 rows of one column together.
        Avx512F.Shuffle4x128(c0, c8, 0x88).StoreUnsafe(ref destination);
        Avx512F.Shuffle4x128(c1, c9, 0x88).StoreUnsafe(ref Unsafe.Add(ref destination, destinationStride));
        Avx512F.Shuffle4x128(c2, c10, 0x88).StoreUnsafe(ref Unsafe.Add(ref destination, 2 * destinationStride));
        Avx512F.Shuffle4x128(c3, c11, 0x88).StoreUnsafe(ref Unsafe.Add(ref destination, 3 * destinationStride));
        Avx512F.Shuffle4x128(c4, c12, 0x88).StoreUnsafe(ref Unsafe.Add(ref destination, 4 * destinationStride));
        Avx512F.Shuffle4x128(c5, c13, 0x88).StoreUnsafe(ref Unsafe.Add(ref destination, 5 * destinationStride));
        Avx512F.Shuffle4x128(c6, c14, 0x88).StoreUnsafe(ref Unsafe.Add(ref destination, 6 * destinationStride));
        Avx512F.Shuffle4x128(c7, c15, 0x88).StoreUnsafe(ref Unsafe.Add(ref destination, 7 * destinationStride));
        Avx512F.Shuffle4x128(c0, c8, 0xDD).StoreUnsafe(ref Unsafe.Add(ref destination, 8 * destinationStride));
        Avx512F.Shuffle4x128(c1, c9, 0xDD).StoreUnsafe(ref Unsafe.Add(ref destination, 9 * destinationStride));
        Avx512F.Shuffle4x128(c2, c10, 0xDD).StoreUnsafe(ref Unsafe.Add(ref destination, 10 * destinationStride));
        Avx512F.Shuffle4x128(c3, c11, 0xDD).StoreUnsafe(ref Unsafe.Add(ref destination, 11 * destinationStride));
        Avx512F.Shuffle4x128(c4, c12, 0xDD).StoreUnsafe(ref Unsafe.Add(ref destination, 12 * destinationStride));
        Avx512F.Shuffle4x128(c5, c13, 0xDD).StoreUnsafe(ref Unsafe.Add(ref destination, 13 * destinationStride));
        Avx512F.Shuffle4x128(c6, c14, 0xDD).StoreUnsafe(ref Unsafe.Add(ref destination, 14 * destinationStride));
        Avx512F.Shuffle4x128(c7, c15, 0xDD).StoreUnsafe(ref Unsafe.Add(ref destination, 15 * destinationStride));
    }
}
