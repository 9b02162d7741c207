using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

/// <summary>
/// Rounds rows that are multiplied with <see cref="Int8Panels"/> to 8 bits, each row by its own range: a value is about step * (u - zero) with u from 0 to 255, where the step is
/// 1 / 254 of the range from the row's least to its largest value, widened to hold 0, which is exact. A row is its integers, one byte each and filled up with zeros to whole elements of
/// 32 bits, then the step as a float, then zero.
/// </summary>
/// <remarks>
/// Rounded to the nearest, ties to even, which is off by half a step at most. A row with a NaN or an infinity has the step NaN, so that all its products are NaN; one whose range is
/// below 254 / <see cref="float.MaxValue"/> (7.5e-37) is zero.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Int8Rows
{
    private const int Steps = 254, Vectors = 4;

    /// <summary>The 32-bit elements before the step of a row of so many values.</summary>
    internal static int QuadsOf(int columns) => (columns + Int8Panels.Quad - 1) / Int8Panels.Quad;

    /// <summary>Rounds some rows.</summary>
    /// <param name="source">The first value.</param>
    /// <param name="sourceStride">The floats between rows of the source.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The values of a row.</param>
    /// <param name="destination">Where the first row goes.</param>
    /// <param name="destinationStride">The 32-bit elements between rows of the destination, at least a quarter of the values, rounded up, and 2.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round(ref float source, int sourceStride, int rows, int columns, ref float destination, int destinationStride)
    {
        for (int row = 0; row < rows; row++)
        {
            Round(ref source, columns, ref destination);
            source = ref Unsafe.Add(ref source, sourceStride);
            destination = ref Unsafe.Add(ref destination, destinationStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round(ref float source, int columns, ref float destination)
    {
        bool isWide = HasVector512 && columns >= 2 * Vector512<float>.Count;
        (float least, float most, bool isFinite) = isWide ? RangeWide(ref source, columns) : Range(ref source, columns);
        float step = (most / Steps) - (least / Steps), inverse = 1 / step;
        bool isZero = !float.IsFinite(inverse);
        int quads = QuadsOf(columns), zero = 0;
        ref byte bytes = ref Unsafe.As<float, byte>(ref destination);
        Unsafe.Add(ref destination, quads - 1) = 0;
        if (!isFinite || isZero)
        {
            Unsafe.InitBlockUnaligned(ref bytes, 0, (uint)(quads * Int8Panels.Quad));
        }
        else
        {
            zero = Rounding.ToInteger(-least * inverse);
            if (isWide)
            {
                RoundWide(ref source, columns, inverse, zero, ref bytes);
            }
            else
            {
                Round(ref source, columns, inverse, zero, ref bytes);
            }
        }

        Unsafe.Add(ref destination, quads) = !isFinite ? float.NaN : isZero ? 0 : step;
        Unsafe.As<float, int>(ref Unsafe.Add(ref destination, quads + 1)) = zero;
    }

    // Four vectors at a time, the last four from the end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round(ref float source, int columns, float inverse, int zero, ref byte bytes)
    {
        int block = Vectors * Vector<float>.Count;
        if (columns < block)
        {
            for (int i = 0; i < columns; i++)
            {
                Unsafe.Add(ref bytes, i) = (byte)(Rounding.ToInteger(Unsafe.Add(ref source, i) * inverse) + zero);
            }

            return;
        }

        var factor = new Vector<float>(inverse);
        for (int i = 0; ; i = Math.Min(i + block, columns - block))
        {
            Vector<int> a = Rounding.ToInteger(At(ref source, i, 0) * factor, zero), b = Rounding.ToInteger(At(ref source, i, 1) * factor, zero);
            Vector<int> c = Rounding.ToInteger(At(ref source, i, 2) * factor, zero), d = Rounding.ToInteger(At(ref source, i, 3) * factor, zero);
            Vector<ushort> low = Vector.Narrow(Vector.AsVectorUInt32(a), Vector.AsVectorUInt32(b)), high = Vector.Narrow(Vector.AsVectorUInt32(c), Vector.AsVectorUInt32(d));
            Vector.StoreUnsafe(Vector.Narrow(low, high), ref bytes, (nuint)i);
            if (i == columns - block)
            {
                return;
            }
        }
    }

    // The least and the largest value, 0 among them, and whether all are finite: a value less itself is 0, else NaN.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float Least, float Most, bool IsFinite) Range(ref float source, int columns)
    {
        int block = Vectors * Vector<float>.Count;
        float least = 0, most = 0, check = 0;
        if (columns < block)
        {
            for (int i = 0; i < columns; i++)
            {
                float value = Unsafe.Add(ref source, i);
                (least, most, check) = (value < least ? value : least, value > most ? value : most, check + (value - value));
            }

            return (least, most, check == 0);
        }

        Vector<float> least0 = default, least1 = default, least2 = default, least3 = default, most0 = default, most1 = default, most2 = default, most3 = default;
        Vector<float> check0 = default, check1 = default, check2 = default, check3 = default;
        for (int i = 0; ; i = Math.Min(i + block, columns - block))
        {
            Vector<float> a = At(ref source, i, 0), b = At(ref source, i, 1), c = At(ref source, i, 2), d = At(ref source, i, 3);
            (least0, least1, least2, least3) = (Vector.MinNative(a, least0), Vector.MinNative(b, least1), Vector.MinNative(c, least2), Vector.MinNative(d, least3));
            (most0, most1, most2, most3) = (Vector.MaxNative(a, most0), Vector.MaxNative(b, most1), Vector.MaxNative(c, most2), Vector.MaxNative(d, most3));
            (check0, check1, check2, check3) = (check0 + (a - a), check1 + (b - b), check2 + (c - c), check3 + (d - d));
            if (i == columns - block)
            {
                break;
            }
        }

        Vector<float> leasts = Vector.MinNative(Vector.MinNative(least0, least1), Vector.MinNative(least2, least3)), mosts = Vector.MaxNative(Vector.MaxNative(most0, most1), Vector.MaxNative(most2, most3));
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            (least, most) = (leasts[lane] < least ? leasts[lane] : least, mosts[lane] > most ? mosts[lane] : most);
        }

        return (least, most, Vector.Sum((check0 + check1) + (check2 + check3)) == 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> At(ref float source, int first, int vector) => Vector.LoadUnsafe(ref source, (nuint)(first + (vector * Vector<float>.Count)));
}
