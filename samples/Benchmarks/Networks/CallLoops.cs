using System.Runtime.CompilerServices;

namespace Benchmarks.Networks;

/// <summary>The prediction of one generated class. Implemented by structs, so that the loops below call the class directly.</summary>
internal interface IPredictCalls
{
    void Predict(ReadOnlySpan<float> input, Span<float> output);
}

/// <summary>Loops over calls; outputs are written to arrays, so no call can be left out.</summary>
internal static class CallLoops
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Independent<TCalls>(TCalls calls, float[] input, float[] output, long count)
        where TCalls : struct, IPredictCalls
    {
        for (long i = 0; i < count; i++)
        {
            calls.Predict(input, output);
        }
    }

    /// <summary>Each call reads, as its first input, a value that the last call wrote.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dependent<TCalls>(TCalls calls, float[] input, float[] output, long count)
        where TCalls : struct, IPredictCalls
    {
        for (long i = 0; i < count; i++)
        {
            input[0] = output[0];
            calls.Predict(input, output);
        }
    }
}
