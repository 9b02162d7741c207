using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

/// <summary>One step's formula of an optimizer over a vector of parameters, with the step's numbers.</summary>
internal interface IUpdateRule
{
    /// <summary>The number of slots that the formula reads and writes: 0, 1 or 2.</summary>
    static abstract int SlotCount { get; }

    /// <summary>Updates one vector.</summary>
    /// <param name="parameter">The parameters.</param>
    /// <param name="gradient">Their gradients, clipped.</param>
    /// <param name="first">The first slot.</param>
    /// <param name="second">The second slot.</param>
    void Apply<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>
/// Runs an update rule over a slice. A tail shorter than a vector goes through a small buffer and the same vector code, so that
/// every element gets the same bits however the parameters are sliced.
/// </summary>
internal static class UpdateLoop
{
    private const int WidestVector = 16;

    /// <summary>Updates a slice with the widest vectors of the machine.</summary>
    public static void Run<TRule>(in TRule rule, float scale, float limit, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second)
        where TRule : struct, IUpdateRule
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<TRule, Lanes512>(rule, scale, limit, parameters, gradients, first, second);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<TRule, Lanes256>(rule, scale, limit, parameters, gradients, first, second);
        }
        else
        {
            Run<TRule, Lanes128>(rule, scale, limit, parameters, gradients, first, second);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TRule, TLanes>(TRule rule, float scale, float limit, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second)
        where TRule : struct, IUpdateRule
        where TLanes : struct, ILanes<TLanes>
    {
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradients);
        ref float a = ref MemoryMarshal.GetReference(first);
        ref float b = ref MemoryMarshal.GetReference(second);
        nint length = parameters.Length;
        nint whole = length - (length % TLanes.Width);
        for (nint i = 0; i < whole; i += TLanes.Width)
        {
            Step<TRule, TLanes>(rule, scale, limit, ref Unsafe.Add(ref p, i), ref Unsafe.Add(ref g, i), ref Unsafe.Add(ref a, i), ref Unsafe.Add(ref b, i));
        }

        if (whole < length)
        {
            // Apart, so that its calls cost the loop no registers.
            RunTail<TRule, TLanes>(rule, scale, limit, parameters[(int)whole..], gradients[(int)whole..], TailOf(first, whole), TailOf(second, whole));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunTail<TRule, TLanes>(TRule rule, float scale, float limit, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second)
        where TRule : struct, IUpdateRule
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> buffer = stackalloc float[4 * WidestVector];
        buffer.Clear();
        parameters.CopyTo(buffer);
        gradients.CopyTo(buffer[WidestVector..]);
        first.CopyTo(buffer[(2 * WidestVector)..]);
        second.CopyTo(buffer[(3 * WidestVector)..]);
        Step<TRule, TLanes>(rule, scale, limit, ref buffer[0], ref buffer[WidestVector], ref buffer[2 * WidestVector], ref buffer[3 * WidestVector]);
        buffer[..parameters.Length].CopyTo(parameters);
        buffer.Slice(2 * WidestVector, first.Length).CopyTo(first);
        buffer.Slice(3 * WidestVector, second.Length).CopyTo(second);
    }

    private static Span<float> TailOf(Span<float> slot, nint start) => slot.IsEmpty ? default : slot[(int)start..];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TRule, TLanes>(TRule rule, float scale, float limit, ref float p, ref float g, ref float a, ref float b)
        where TRule : struct, IUpdateRule
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes parameter = TLanes.Load(ref p);
        TLanes gradient = TLanes.Clamp(TLanes.Load(ref g) * TLanes.Create(scale), TLanes.Create(limit));
        TLanes first = TRule.SlotCount > 0 ? TLanes.Load(ref a) : default;
        TLanes second = TRule.SlotCount > 1 ? TLanes.Load(ref b) : default;
        rule.Apply(ref parameter, gradient, ref first, ref second);
        TLanes.Store(parameter, ref p);
        if (TRule.SlotCount > 0)
        {
            TLanes.Store(first, ref a);
        }

        if (TRule.SlotCount > 1)
        {
            TLanes.Store(second, ref b);
        }
    }
}
