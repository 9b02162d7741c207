using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

/// <summary>
/// Random blocks of (rows, columns) floats, one row per sample, from <see cref="Philox"/>: a number depends on (seed, purpose, layer), the key, and on (step, sample,
/// element), the counter, and on nothing else: not on the block's size, the vector width or the thread. Element e of a sample is word e % 64 / 16 of the counter
/// whose lowest word is 16 * (e / 64) + e % 16, so that 16 counters give four whole vectors; then come the sample and the step, low word first.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class RandomKernel
{
    private const int Lanes = 16;

    /// <summary>Fills with numbers from [0, 1): the upper 24 bits of a word, times 2^-24.</summary>
    /// <param name="destination">The first float of the first row.</param>
    /// <param name="rows">The number of samples.</param>
    /// <param name="columns">The numbers of a sample.</param>
    /// <param name="stride">From row to row: a multiple of 16, at least <paramref name="columns"/>; what is between becomes 0.</param>
    /// <param name="seed">The seed of the network or the training.</param>
    /// <param name="purpose">What the numbers are for: two purposes share no numbers.</param>
    /// <param name="layer">The layer that uses them: two layers share no numbers.</param>
    /// <param name="step">The step of the training.</param>
    /// <param name="firstSample">The number of the first row's sample in its batch.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Uniform(
        ref float destination, int rows, int columns, int stride, ulong seed, uint purpose, uint layer, long step, int firstSample)
    {
        ulong key = Philox.Key(seed, purpose, layer);
        for (int row = 0; row < rows; row++)
        {
            ref float origin = ref Unsafe.Add(ref destination, (nint)row * stride);
            FillRow(ref origin, columns, (uint)(firstSample + row), (ulong)step, key);
            ClearPadding(ref origin, columns, stride);
        }
    }

    /// <summary>
    /// Fills with u >= rate ? scale : 0, u as <see cref="Uniform"/> gives it: a mask that drops the fraction <paramref name="rate"/>; a <paramref name="scale"/> of
    /// 1 / (1 - rate) keeps the mean. The other parameters are those of <see cref="Uniform"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DropoutMask(
        ref float destination, int rows, int columns, int stride, ulong seed, uint purpose, uint layer, long step, int firstSample, float rate, float scale)
    {
        ulong key = Philox.Key(seed, purpose, layer);
        for (int row = 0; row < rows; row++)
        {
            ref float origin = ref Unsafe.Add(ref destination, (nint)row * stride);
            FillRow(ref origin, columns, (uint)(firstSample + row), (ulong)step, key);
            KeepAbove(ref origin, columns, rate, scale);
            ClearPadding(ref origin, columns, stride);
        }
    }

    /// <summary>
    /// Fills with numbers of the standard normal distribution, by Box and Muller: elements i and i + 8 of every 16 are sqrt(-2 ln(1 - u)) times cos and sin of
    /// 2 pi v, where u and v are what <see cref="Uniform"/> gives for the two. At most 5.8 in size, as u has 24 bits. The parameters are
    /// those of <see cref="Uniform"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normal(
        ref float destination, int rows, int columns, int stride, ulong seed, uint purpose, uint layer, long step, int firstSample)
    {
        ulong key = Philox.Key(seed, purpose, layer);
        for (int row = 0; row < rows; row++)
        {
            ref float origin = ref Unsafe.Add(ref destination, (nint)row * stride);
            FillRow(ref origin, columns, (uint)(firstSample + row), (ulong)step, key);
            BoxMuller(ref origin, columns);
            ClearPadding(ref origin, columns, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ClearPadding(ref float row, int columns, int stride)
    {
        for (int column = columns; column < stride; column++)
        {
            Unsafe.Add(ref row, column) = 0;
        }
    }

    /// <summary>In place, whole vectors of 16; the row is still in the first cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void KeepAbove(ref float row, int columns, float rate, float scale)
    {
        for (nint column = 0; column < columns; column += Lanes)
        {
            ref float sixteen = ref Unsafe.Add(ref row, column);
            if (Vector512.IsHardwareAccelerated)
            {
                Vector512<float> keep = Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref sixteen), Vector512.Create(rate));
                (keep & Vector512.Create(scale)).StoreUnsafe(ref sixteen);
                continue;
            }

            for (nuint part = 0; part < Lanes; part += 4)
            {
                Vector128<float> keep = Vector128.GreaterThanOrEqual(Vector128.LoadUnsafe(ref sixteen, part), Vector128.Create(rate));
                (keep & Vector128.Create(scale)).StoreUnsafe(ref sixteen, part);
            }
        }
    }

    /// <summary>In place, whole vectors of 16: the first eight are u, the others v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BoxMuller(ref float row, int columns)
    {
        for (nint column = 0; column < columns; column += Lanes)
        {
            ref float u = ref Unsafe.Add(ref row, column);
            ref float v = ref Unsafe.Add(ref row, column + (Lanes / 2));
            if (Vector256.IsHardwareAccelerated)
            {
                VectorMath.BoxMuller(Vector256.LoadUnsafe(ref u), Vector256.LoadUnsafe(ref v), out Vector256<float> first, out Vector256<float> second);
                first.StoreUnsafe(ref u);
                second.StoreUnsafe(ref v);
                continue;
            }

            for (nuint part = 0; part < Lanes / 2; part += 4)
            {
                VectorMath.BoxMuller(Vector128.LoadUnsafe(ref u, part), Vector128.LoadUnsafe(ref v, part), out Vector128<float> first, out Vector128<float> second);
                first.StoreUnsafe(ref u, part);
                second.StoreUnsafe(ref v, part);
            }
        }
    }
}
