using System.Runtime.CompilerServices;

namespace Benchmarks.Measuring;

/// <summary>Where loops leave their results: a result that nobody takes lets the JIT drop the work.</summary>
internal static class Consumed
{
    private static float _value;

    /// <summary>Takes a result.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Take(float value) => Volatile.Write(ref _value, value);
}
