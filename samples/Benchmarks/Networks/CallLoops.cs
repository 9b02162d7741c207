using System.Numerics;
using System.Runtime.CompilerServices;

namespace Benchmarks.Networks;

/// <summary>The prediction of one generated class from floats or from tokens. Implemented by structs, so that the loops below call the class directly.</summary>
internal interface IPredictCalls<TValue>
{
    void Predict(ReadOnlySpan<TValue> input, Span<float> output);
}

/// <summary>Loops over calls; outputs are written to arrays, so no call can be left out.</summary>
internal static class CallLoops
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Independent<TCalls, TValue>(TCalls calls, TValue[] input, float[] output, long count)
        where TCalls : struct, IPredictCalls<TValue>
    {
        for (long i = 0; i < count; i++)
        {
            calls.Predict(input, output);
        }
    }

    /// <summary>Each call reads, as its first input, a value that the last call wrote; a token is that value without its fraction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dependent<TCalls, TValue>(TCalls calls, TValue[] input, float[] output, long count)
        where TCalls : struct, IPredictCalls<TValue>
        where TValue : INumberBase<TValue>
    {
        for (long i = 0; i < count; i++)
        {
            input[0] = TValue.CreateTruncating(output[0]);
            calls.Predict(input, output);
        }
    }
}
