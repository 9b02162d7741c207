using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Benchmarks.Measuring;

namespace Benchmarks.Machine;

/// <summary>How fast one thread reads a block of floats again and again: what bounds a prediction of one sample.</summary>
internal sealed unsafe class ReadBandwidth : IDisposable
{
    private const int FloatsPerRound = 128;

    private readonly float* _block;
    private readonly long _floats;

    /// <summary>Allocates and touches a block of <paramref name="bytes"/>, rounded down to whole rounds of the loop.</summary>
    public ReadBandwidth(long bytes)
    {
        _floats = bytes / sizeof(float) / FloatsPerRound * FloatsPerRound;
        _block = (float*)NativeMemory.AlignedAlloc((nuint)(_floats * sizeof(float)), 64);
        new Span<float>(_block, checked((int)_floats)).Fill(0.5f);
    }

    /// <summary>Bytes per second.</summary>
    public double Measure()
    {
        double seconds = TimedLoop.SecondsPerCall(Run);
        return _floats * sizeof(float) / seconds;
    }

    public void Dispose() => NativeMemory.AlignedFree(_block);

    private void Run(long passes)
    {
        for (long pass = 0; pass < passes; pass++)
        {
            Consumed.Take(Vector512.IsHardwareAccelerated ? Wide(_block, _floats) : Medium(_block, _floats));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Wide(float* block, long count)
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
        for (float* end = block + count; block < end; block += FloatsPerRound)
        {
            a0 += Vector512.Load(block);
            a1 += Vector512.Load(block + 16);
            a2 += Vector512.Load(block + 32);
            a3 += Vector512.Load(block + 48);
            a4 += Vector512.Load(block + 64);
            a5 += Vector512.Load(block + 80);
            a6 += Vector512.Load(block + 96);
            a7 += Vector512.Load(block + 112);
        }

        return Vector512.Sum(((a0 + a1) + (a2 + a3)) + ((a4 + a5) + (a6 + a7)));
    }

    /// <summary>Vector of T is as wide as the machine's below 512 bits: 256, or 128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Medium(float* block, long count)
    {
        int lanes = Vector<float>.Count;
        Vector<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
        for (float* end = block + count; block < end; block += 8 * lanes)
        {
            a0 += Vector.Load(block);
            a1 += Vector.Load(block + lanes);
            a2 += Vector.Load(block + (2 * lanes));
            a3 += Vector.Load(block + (3 * lanes));
            a4 += Vector.Load(block + (4 * lanes));
            a5 += Vector.Load(block + (5 * lanes));
            a6 += Vector.Load(block + (6 * lanes));
            a7 += Vector.Load(block + (7 * lanes));
        }

        return Vector.Sum(((a0 + a1) + (a2 + a3)) + ((a4 + a5) + (a6 + a7)));
    }
}
