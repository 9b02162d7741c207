using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetCompiler.Tests.Kernels;

/// <summary>The loops generated code would have around a function: optimised at once, nothing but the function inside. Lengths are multiples of 16.</summary>
internal static class ElementwiseLoops<TOperation>
    where TOperation : struct, IElementwise
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run512(ReadOnlySpan<float> source, Span<float> destination)
    {
        RequireWholeVectors(source, destination);
        ref float from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        for (nuint i = 0; i < (nuint)source.Length; i += 16)
        {
            TOperation.Invoke(Vector512.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run256(ReadOnlySpan<float> source, Span<float> destination)
    {
        RequireWholeVectors(source, destination);
        ref float from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        for (nuint i = 0; i < (nuint)source.Length; i += 8)
        {
            TOperation.Invoke(Vector256.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run128(ReadOnlySpan<float> source, Span<float> destination)
    {
        RequireWholeVectors(source, destination);
        ref float from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        for (nuint i = 0; i < (nuint)source.Length; i += 4)
        {
            TOperation.Invoke(Vector128.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunScalar(ReadOnlySpan<float> source, Span<float> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = TOperation.Invoke(source[i]);
        }
    }

    /// <summary>The widest loop the machine runs in hardware.</summary>
    public static void RunWidest(ReadOnlySpan<float> source, Span<float> destination)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run512(source, destination);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run256(source, destination);
        }
        else
        {
            Run128(source, destination);
        }
    }

    // The loops are unchecked, as generated ones: a rest would be written beyond the array.
    private static void RequireWholeVectors(ReadOnlySpan<float> source, Span<float> destination)
    {
        if (source.Length % 16 != 0 || destination.Length < source.Length)
        {
            throw new ArgumentException($"The loops take whole vectors of 16, not {source.Length} floats to {destination.Length}.", nameof(source));
        }
    }
}
