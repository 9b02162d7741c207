using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>Moves values between row-major layouts whose rows have different lengths and padding.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PackedRows
{
    /// <summary>Copies <paramref name="length"/> values of each of <paramref name="samples"/> samples in row-major order; what lies between rows of the destination becomes 0.</summary>
    /// <param name="source">The first value.</param>
    /// <param name="sourceSampleStride">The floats between samples of the source.</param>
    /// <param name="sourceRowStride">The floats between rows of the source.</param>
    /// <param name="sourceColumns">The values in a row of the source.</param>
    /// <param name="destination">Where the first value goes.</param>
    /// <param name="destinationSampleStride">The floats between samples of the destination.</param>
    /// <param name="destinationRowStride">The floats between rows of the destination.</param>
    /// <param name="destinationColumns">The values in a row of the destination.</param>
    /// <param name="length">The values of a sample.</param>
    /// <param name="samples">The number of samples.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(
        ref float source, int sourceSampleStride, int sourceRowStride, int sourceColumns,
        ref float destination, int destinationSampleStride, int destinationRowStride, int destinationColumns, int length, int samples)
    {
        for (int sample = 0; sample < samples; sample++)
        {
            ref float from = ref Unsafe.Add(ref source, (nint)sample * sourceSampleStride);
            ref float to = ref Unsafe.Add(ref destination, (nint)sample * destinationSampleStride);
            int fromColumn = 0;
            for (int done = 0; done < length; done += destinationColumns)
            {
                for (int column = 0; column < destinationColumns; column++)
                {
                    Unsafe.Add(ref to, column) = Unsafe.Add(ref from, fromColumn);
                    if (++fromColumn == sourceColumns)
                    {
                        fromColumn = 0;
                        from = ref Unsafe.Add(ref from, sourceRowStride);
                    }
                }

                for (int column = destinationColumns; column < destinationRowStride; column++)
                {
                    Unsafe.Add(ref to, column) = 0;
                }

                to = ref Unsafe.Add(ref to, destinationRowStride);
            }
        }
    }
}
