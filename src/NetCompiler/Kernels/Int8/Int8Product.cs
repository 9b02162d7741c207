using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetCompiler;

/// <summary>
/// Products of <see cref="Int8Rows"/> with <see cref="Int8Panels"/>: y[r, n] = step[r] unit[n] times the sum over k of (u[r, k] - zero[r]) q[k, n], which is a sum of integers and exact.
/// The sum becomes a float, step and unit are multiplied, then both: the same bits for one row and many, at every width.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Int8Product
{
    /// <summary>Multiplies some rows with a matrix of at most 65,536 rows, the most whose sums fit 32 bits.</summary>
    /// <param name="rows">The first row.</param>
    /// <param name="rowStride">The 32-bit elements between rows.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="depth">The values of a row, which are the matrix's rows.</param>
    /// <param name="panels">The matrix.</param>
    /// <param name="result">Where the first row of results goes.</param>
    /// <param name="resultStride">The floats between rows of results.</param>
    /// <param name="width">The results of a row: the matrix's columns, and as much of the last panel's padding, which is zero, as may be written.</param>
    public static void Multiply(ref float rows, int rowStride, int count, int depth, ref float panels, ref float result, int resultStride, int width)
    {
#if NET10_0_OR_GREATER
        if (AvxVnni.IsSupported)
        {
            Multiply<VnniLanes, Vector256<int>>(ref rows, rowStride, count, depth, ref panels, ref result, resultStride, width);
            return;
        }
#endif
        if (Avx2.IsSupported)
        {
            Multiply<Avx2Lanes, Vector256<int>>(ref rows, rowStride, count, depth, ref panels, ref result, resultStride, width);
        }
        else
        {
            Multiply<Vector128Lanes, Vector128<int>>(ref rows, rowStride, count, depth, ref panels, ref result, resultStride, width);
        }
    }

    /// <summary>The same with given vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply<TLanes, TVector>(ref float rows, int rowStride, int count, int depth, ref float panels, ref float result, int resultStride, int width)
        where TLanes : IInt8Lanes<TVector>
        where TVector : struct
    {
        // Where less than a tile's columns may be written.
        Span<float> rest = stackalloc float[2 * Vectors * TLanes.Count];
        int columns = Vectors * TLanes.Count, quads = Int8Rows.QuadsOf(depth), column = 0;
        for (int two = 2 * Int8Panels.PanelWidth; count == 1 && columns == Int8Panels.PanelWidth && column + two <= width; column += two)
        {
            ref float panel = ref Unsafe.Add(ref panels, (nint)(column / Int8Panels.PanelWidth) * Int8Panels.LengthOf(depth));
            TwoPanels<TLanes, TVector>(ref rows, quads, ref panel, ref Unsafe.Add(ref panel, Int8Panels.LengthOf(depth)), ref Unsafe.Add(ref result, column));
        }

        for (; column < width; column += columns)
        {
            ref float panel = ref Unsafe.Add(ref panels, (nint)(column / Int8Panels.PanelWidth) * Int8Panels.LengthOf(depth));
            ref float header = ref Unsafe.Add(ref panel, column % Int8Panels.PanelWidth);
            int written = Math.Min(columns, width - column), row = 0;
            for (; row < count; row += 2)
            {
                ref float first = ref Unsafe.Add(ref rows, (nint)row * rowStride), to = ref Unsafe.Add(ref result, ((nint)row * resultStride) + column);
                int tile = Math.Min(2, count - row);
                bool isWhole = written == columns;
                ref float stored = ref isWhole ? ref to : ref rest[0];
                int stride = isWhole ? resultStride : columns;
                if (tile == 2)
                {
                    TwoRows<TLanes, TVector>(ref first, ref Unsafe.Add(ref first, rowStride), quads, ref header, ref stored, ref Unsafe.Add(ref stored, stride));
                }
                else
                {
                    OneRow<TLanes, TVector>(ref first, quads, ref header, ref stored);
                }

                for (int i = 0; !isWhole && i < tile; i++)
                {
                    rest.Slice(i * columns, written).CopyTo(System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref Unsafe.Add(ref to, (nint)i * resultStride), written));
                }
            }
        }
    }

    /// <summary>The vectors across a tile: 32 columns of 256 bits are a panel.</summary>
    private const int Vectors = 4;

    // Even and odd quads in sums of their own: eight of them hide the latency of a product.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRow<TLanes, TVector>(ref float row, int quads, ref float header, ref float result)
        where TLanes : IInt8Lanes<TVector>
        where TVector : struct
    {
        ref int x = ref Unsafe.As<float, int>(ref row), w = ref Unsafe.As<float, int>(ref Unsafe.Add(ref header, Int8Panels.Header));
        float step = Unsafe.Add(ref row, quads);
        int zero = Unsafe.Add(ref x, quads + 1), n = TLanes.Count;
        TVector a0 = Start<TLanes, TVector>(ref header, zero, 0), a1 = Start<TLanes, TVector>(ref header, zero, 1), a2 = Start<TLanes, TVector>(ref header, zero, 2), a3 = Start<TLanes, TVector>(ref header, zero, 3);
        TVector b0 = TLanes.Spread(0), b1 = b0, b2 = b0, b3 = b0;
        for (int pair = quads / 2; pair > 0; pair--)
        {
            TVector even = TLanes.Spread(x), odd = TLanes.Spread(Unsafe.Add(ref x, 1));
            a0 = TLanes.MultiplyAdd(a0, even, TLanes.Load(ref w, 0));
            a1 = TLanes.MultiplyAdd(a1, even, TLanes.Load(ref w, n));
            a2 = TLanes.MultiplyAdd(a2, even, TLanes.Load(ref w, 2 * n));
            a3 = TLanes.MultiplyAdd(a3, even, TLanes.Load(ref w, 3 * n));
            b0 = TLanes.MultiplyAdd(b0, odd, TLanes.Load(ref w, Int8Panels.PanelWidth));
            b1 = TLanes.MultiplyAdd(b1, odd, TLanes.Load(ref w, Int8Panels.PanelWidth + n));
            b2 = TLanes.MultiplyAdd(b2, odd, TLanes.Load(ref w, Int8Panels.PanelWidth + (2 * n)));
            b3 = TLanes.MultiplyAdd(b3, odd, TLanes.Load(ref w, Int8Panels.PanelWidth + (3 * n)));
            x = ref Unsafe.Add(ref x, 2);
            w = ref Unsafe.Add(ref w, 2 * Int8Panels.PanelWidth);
        }

        if (quads % 2 != 0)
        {
            TVector last = TLanes.Spread(x);
            a0 = TLanes.MultiplyAdd(a0, last, TLanes.Load(ref w, 0));
            a1 = TLanes.MultiplyAdd(a1, last, TLanes.Load(ref w, n));
            a2 = TLanes.MultiplyAdd(a2, last, TLanes.Load(ref w, 2 * n));
            a3 = TLanes.MultiplyAdd(a3, last, TLanes.Load(ref w, 3 * n));
        }

        TLanes.Store(TLanes.Add(a0, b0), step, ref header, 0, ref result);
        TLanes.Store(TLanes.Add(a1, b1), step, ref header, n, ref result);
        TLanes.Store(TLanes.Add(a2, b2), step, ref header, 2 * n, ref result);
        TLanes.Store(TLanes.Add(a3, b3), step, ref header, 3 * n, ref result);
    }

    // Both panels read every number of the row once. Two streams bring far weights sooner: 5408 x 128 take 4.8 us, one panel after the other 5.4.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoPanels<TLanes, TVector>(ref float row, int quads, ref float header0, ref float header1, ref float result)
        where TLanes : IInt8Lanes<TVector>
        where TVector : struct
    {
        ref int x = ref Unsafe.As<float, int>(ref row);
        ref int v = ref Unsafe.As<float, int>(ref Unsafe.Add(ref header0, Int8Panels.Header)), w = ref Unsafe.As<float, int>(ref Unsafe.Add(ref header1, Int8Panels.Header));
        float step = Unsafe.Add(ref row, quads);
        int zero = Unsafe.Add(ref x, quads + 1), n = TLanes.Count;
        TVector a0 = Start<TLanes, TVector>(ref header0, zero, 0), a1 = Start<TLanes, TVector>(ref header0, zero, 1), a2 = Start<TLanes, TVector>(ref header0, zero, 2), a3 = Start<TLanes, TVector>(ref header0, zero, 3);
        TVector b0 = Start<TLanes, TVector>(ref header1, zero, 0), b1 = Start<TLanes, TVector>(ref header1, zero, 1), b2 = Start<TLanes, TVector>(ref header1, zero, 2), b3 = Start<TLanes, TVector>(ref header1, zero, 3);
        for (int quad = quads; quad > 0; quad--)
        {
            TVector spread = TLanes.Spread(x);
            a0 = TLanes.MultiplyAdd(a0, spread, TLanes.Load(ref v, 0));
            a1 = TLanes.MultiplyAdd(a1, spread, TLanes.Load(ref v, n));
            a2 = TLanes.MultiplyAdd(a2, spread, TLanes.Load(ref v, 2 * n));
            a3 = TLanes.MultiplyAdd(a3, spread, TLanes.Load(ref v, 3 * n));
            b0 = TLanes.MultiplyAdd(b0, spread, TLanes.Load(ref w, 0));
            b1 = TLanes.MultiplyAdd(b1, spread, TLanes.Load(ref w, n));
            b2 = TLanes.MultiplyAdd(b2, spread, TLanes.Load(ref w, 2 * n));
            b3 = TLanes.MultiplyAdd(b3, spread, TLanes.Load(ref w, 3 * n));
            x = ref Unsafe.Add(ref x, 1);
            v = ref Unsafe.Add(ref v, Int8Panels.PanelWidth);
            w = ref Unsafe.Add(ref w, Int8Panels.PanelWidth);
        }

        TLanes.Store(a0, step, ref header0, 0, ref result);
        TLanes.Store(a1, step, ref header0, n, ref result);
        TLanes.Store(a2, step, ref header0, 2 * n, ref result);
        TLanes.Store(a3, step, ref header0, 3 * n, ref result);
        result = ref Unsafe.Add(ref result, Int8Panels.PanelWidth);
        TLanes.Store(b0, step, ref header1, 0, ref result);
        TLanes.Store(b1, step, ref header1, n, ref result);
        TLanes.Store(b2, step, ref header1, 2 * n, ref result);
        TLanes.Store(b3, step, ref header1, 3 * n, ref result);
    }

    // Both rows read every vector of weights once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoRows<TLanes, TVector>(ref float row0, ref float row1, int quads, ref float header, ref float result0, ref float result1)
        where TLanes : IInt8Lanes<TVector>
        where TVector : struct
    {
        ref int x = ref Unsafe.As<float, int>(ref row0), y = ref Unsafe.As<float, int>(ref row1), w = ref Unsafe.As<float, int>(ref Unsafe.Add(ref header, Int8Panels.Header));
        float step0 = Unsafe.Add(ref row0, quads), step1 = Unsafe.Add(ref row1, quads);
        int zero0 = Unsafe.Add(ref x, quads + 1), zero1 = Unsafe.Add(ref y, quads + 1), n = TLanes.Count;
        TVector a0 = Start<TLanes, TVector>(ref header, zero0, 0), a1 = Start<TLanes, TVector>(ref header, zero0, 1), a2 = Start<TLanes, TVector>(ref header, zero0, 2), a3 = Start<TLanes, TVector>(ref header, zero0, 3);
        TVector b0 = Start<TLanes, TVector>(ref header, zero1, 0), b1 = Start<TLanes, TVector>(ref header, zero1, 1), b2 = Start<TLanes, TVector>(ref header, zero1, 2), b3 = Start<TLanes, TVector>(ref header, zero1, 3);
        for (int quad = 0; quad < quads; quad++)
        {
            TVector first = TLanes.Spread(Unsafe.Add(ref x, quad)), second = TLanes.Spread(Unsafe.Add(ref y, quad)), weights = TLanes.Load(ref w, 0);
            a0 = TLanes.MultiplyAdd(a0, first, weights);
            b0 = TLanes.MultiplyAdd(b0, second, weights);
            weights = TLanes.Load(ref w, n);
            a1 = TLanes.MultiplyAdd(a1, first, weights);
            b1 = TLanes.MultiplyAdd(b1, second, weights);
            weights = TLanes.Load(ref w, 2 * n);
            a2 = TLanes.MultiplyAdd(a2, first, weights);
            b2 = TLanes.MultiplyAdd(b2, second, weights);
            weights = TLanes.Load(ref w, 3 * n);
            a3 = TLanes.MultiplyAdd(a3, first, weights);
            b3 = TLanes.MultiplyAdd(b3, second, weights);
            w = ref Unsafe.Add(ref w, Int8Panels.PanelWidth);
        }

        TLanes.Store(a0, step0, ref header, 0, ref result0);
        TLanes.Store(a1, step0, ref header, n, ref result0);
        TLanes.Store(a2, step0, ref header, 2 * n, ref result0);
        TLanes.Store(a3, step0, ref header, 3 * n, ref result0);
        TLanes.Store(b0, step1, ref header, 0, ref result1);
        TLanes.Store(b1, step1, ref header, n, ref result1);
        TLanes.Store(b2, step1, ref header, 2 * n, ref result1);
        TLanes.Store(b3, step1, ref header, 3 * n, ref result1);
    }

    // What the zero of a row is too much in each column's sum.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Start<TLanes, TVector>(ref float header, int zero, int vector)
        where TLanes : IInt8Lanes<TVector>
        where TVector : struct =>
        TLanes.Multiply(TLanes.Spread(-zero), TLanes.Load(ref Unsafe.As<float, int>(ref Unsafe.Add(ref header, Int8Panels.PanelWidth)), vector * TLanes.Count));
}
