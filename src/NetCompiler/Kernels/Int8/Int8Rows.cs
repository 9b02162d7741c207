using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

/// <summary>
/// Rounds rows that are multiplied with <see cref="Int8Panels"/> to 8 bits by a range, each row by its own or all by one that calibration found: a value is about step * (u - zero) with u
/// from 0 to 255, where the step is 1 / 254 of the range from the least to the largest value, widened to hold 0, which is exact. A row is its integers, one byte each and filled up with
/// zeros to whole elements of 32 bits, then the step as a float, then zero.
/// </summary>
/// <remarks>
/// Rounded to the nearest, ties to even, which is off by half a step at most; what lies beyond a given range becomes 0 or 255. A row with a NaN or an infinity has the step NaN, so that all
/// its products are NaN; a range below 254 / <see cref="float.MaxValue"/> (7.5e-37) leaves zeros.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Int8Rows
{
    private const int Steps = 254, MostLevel = 255, Vectors = 4;

    /// <summary>The 32-bit elements before the step of a row of so many values.</summary>
    internal static int QuadsOf(int columns) => (columns + Int8Panels.Quad - 1) / Int8Panels.Quad;

    /// <summary>Rounds some rows.</summary>
    /// <param name="source">The first value.</param>
    /// <param name="sourceStride">The floats between rows of the source.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The values of a row.</param>
    /// <param name="destination">Where the first row goes.</param>
    /// <param name="destinationStride">The 32-bit elements between rows of the destination, at least a quarter of the values, rounded up, and 2.</param>
    /// <param name="range">A place of <see cref="Int8Ranges"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round(ref float source, int sourceStride, int rows, int columns, ref float destination, int destinationStride, ref float range)
    {
        for (int row = 0; row < rows; row++)
        {
            Round(ref source, columns, ref destination, ref range);
            source = ref Unsafe.Add(ref source, sourceStride);
            destination = ref Unsafe.Add(ref destination, destinationStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round(ref float source, int columns, ref float destination, ref float range)
    {
        bool isWide = HasVector512 && columns >= 2 * Vector512<float>.Count;
        int mode = Int8Ranges.ModeOf(ref range), quads = QuadsOf(columns);
        (float least, float most) = mode == Int8Ranges.Fixed ? Int8Ranges.Of(ref range) : isWide ? RangeWide(ref source, columns) : Range(ref source, columns);
        float step = (most / Steps) - (least / Steps), inverse = 1 / step;
        if (!float.IsFinite(inverse))
        {
            (step, inverse) = (0, 0);
        }

        int zero = Rounding.ToInteger(-least * inverse);
        ref byte bytes = ref Unsafe.As<float, byte>(ref destination);
        Unsafe.Add(ref destination, quads - 1) = 0;
        bool isFinite = isWide ? RoundWide(ref source, columns, inverse, zero, ref bytes) : Round(ref source, columns, inverse, zero, ref bytes);
        if (!isFinite)
        {
            Unsafe.InitBlockUnaligned(ref bytes, 0, (uint)(quads * Int8Panels.Quad));
            (step, zero) = (float.NaN, 0);
        }

        if (mode == Int8Ranges.Observing)
        {
            Int8Ranges.Widen(ref range, least, most, isFinite);
        }

        Unsafe.Add(ref destination, quads) = step;
        Unsafe.As<float, int>(ref Unsafe.Add(ref destination, quads + 1)) = zero;
    }

    // Four vectors at a time, the last four from the end. Whether all values are finite: times 0 they are 0, else NaN.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Round(ref float source, int columns, float inverse, int zero, ref byte bytes)
    {
        int block = Vectors * Vector<float>.Count;
        if (columns < block)
        {
            float rest = 0;
            for (int i = 0; i < columns; i++)
            {
                float value = Unsafe.Add(ref source, i);
                Unsafe.Add(ref bytes, i) = (byte)(Rounding.ToInteger(Math.Min(Math.Max(value * inverse, -zero), MostLevel - zero)) + zero);
                rest += value * 0;
            }

            return rest == 0;
        }

        Vector<float> factor = new(inverse), lowest = new(-zero), highest = new(MostLevel - zero), check = default;
        for (int i = 0; ; i = Math.Min(i + block, columns - block))
        {
            Vector<float> a = At(ref source, i, 0), b = At(ref source, i, 1), c = At(ref source, i, 2), d = At(ref source, i, 3);
            check += ((a * Vector<float>.Zero) + (b * Vector<float>.Zero)) + ((c * Vector<float>.Zero) + (d * Vector<float>.Zero));
            Vector<ushort> low = Vector.Narrow(Levels(a * factor, lowest, highest, zero), Levels(b * factor, lowest, highest, zero));
            Vector<ushort> high = Vector.Narrow(Levels(c * factor, lowest, highest, zero), Levels(d * factor, lowest, highest, zero));
            Vector.StoreUnsafe(Vector.Narrow(low, high), ref bytes, (nuint)i);
            if (i == columns - block)
            {
                return Vector.Sum(check) == 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Levels(Vector<float> value, Vector<float> lowest, Vector<float> highest, int zero) =>
        Vector.AsVectorUInt32(Rounding.ToInteger(Vector.MinNative(Vector.MaxNative(value, lowest), highest), zero));

    // The least and the largest value, 0 among them; of a row that is not finite, anything.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float Least, float Most) Range(ref float source, int columns)
    {
        int block = Vectors * Vector<float>.Count;
        float least = 0, most = 0;
        if (columns < block)
        {
            for (int i = 0; i < columns; i++)
            {
                float value = Unsafe.Add(ref source, i);
                (least, most) = (value < least ? value : least, value > most ? value : most);
            }

            return (least, most);
        }

        Vector<float> least0 = default, least1 = default, least2 = default, least3 = default, most0 = default, most1 = default, most2 = default, most3 = default;
        for (int i = 0; ; i = Math.Min(i + block, columns - block))
        {
            Vector<float> a = At(ref source, i, 0), b = At(ref source, i, 1), c = At(ref source, i, 2), d = At(ref source, i, 3);
            (least0, least1, least2, least3) = (Vector.MinNative(a, least0), Vector.MinNative(b, least1), Vector.MinNative(c, least2), Vector.MinNative(d, least3));
            (most0, most1, most2, most3) = (Vector.MaxNative(a, most0), Vector.MaxNative(b, most1), Vector.MaxNative(c, most2), Vector.MaxNative(d, most3));
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

        return (least, most);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> At(ref float source, int first, int vector) => Vector.LoadUnsafe(ref source, (nuint)(first + (vector * Vector<float>.Count)));
}
