using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetCompiler;

/// <summary>One step's formula of an optimizer over a vector of parameters. Its numbers are vectors too, made once per step: the loop reads them as they are.</summary>
internal interface IUpdateFormula<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>The number of slots that the formula reads and writes: 0, 1 or 2.</summary>
    static abstract int SlotCount { get; }

    /// <summary>Updates one vector.</summary>
    /// <param name="parameter">The parameters.</param>
    /// <param name="gradient">Their gradients, clipped.</param>
    /// <param name="first">The first slot.</param>
    /// <param name="second">The second slot.</param>
    void Apply(ref TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second);
}

/// <summary>
/// Runs an update formula over a slice. A tail shorter than a vector goes through a small buffer and the same vector code, so that
/// every element gets the same bits however the parameters are sliced.
/// </summary>
internal static class UpdateLoop
{
    /// <summary>What is smaller is zero to a slot.</summary>
    public const float Negligible = 1e-30f;

    private const int WidestVector = 16;

    /// <summary>Updates a slice.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="scale">The factor of every gradient.</param>
    /// <param name="limit">The largest size of a gradient after it; infinite for none.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradients">As many gradients.</param>
    /// <param name="first">As many values of the first slot, or nothing.</param>
    /// <param name="second">As many values of the second slot, or nothing.</param>
    public static void Run<TFormula, TLanes>(in TFormula formula, float scale, float limit, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second)
        where TFormula : struct, IUpdateFormula<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        int whole = parameters.Length - (parameters.Length % TLanes.Width);
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradients);
        ref float a = ref MemoryMarshal.GetReference(first);
        ref float b = ref MemoryMarshal.GetReference(second);
        if (scale == 1 && float.IsPositiveInfinity(limit))
        {
            RunWhole<TFormula, TLanes>(formula, ref p, ref g, ref a, ref b, whole);
        }
        else
        {
            RunClipped<TFormula, TLanes>(formula, TLanes.Create(scale), TLanes.Create(limit), ref p, ref g, ref a, ref b, whole);
        }

        if (whole < parameters.Length)
        {
            RunTail<TFormula, TLanes>(formula, scale, limit, parameters[whole..], gradients[whole..], TailOf(first, whole), TailOf(second, whole));
        }
    }

    /// <summary>Zeroes what is smaller than <see cref="Negligible"/> in a slice of a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Flush<TLanes>(Span<float> slot)
        where TLanes : struct, ILanes<TLanes>
    {
        int whole = slot.Length - (slot.Length % TLanes.Width);
        ref float first = ref MemoryMarshal.GetReference(slot);
        for (nint i = 0; i < whole; i += TLanes.Width)
        {
            TLanes.Store(TLanes.Flush(TLanes.Load(ref Unsafe.Add(ref first, i))), ref Unsafe.Add(ref first, i));
        }

        foreach (ref float value in slot[whole..])
        {
            value = Math.Abs(value) < Negligible ? 0 : value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunWhole<TFormula, TLanes>(in TFormula formula, ref float p, ref float g, ref float a, ref float b, nint length)
        where TFormula : struct, IUpdateFormula<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        // A local, so that the numbers stay in registers.
        TFormula numbers = formula;
        for (nint i = 0; i < length; i += TLanes.Width)
        {
            Step(numbers, TLanes.Load(ref Unsafe.Add(ref g, i)), ref Unsafe.Add(ref p, i), ref Unsafe.Add(ref a, i), ref Unsafe.Add(ref b, i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunClipped<TFormula, TLanes>(in TFormula formula, TLanes scale, TLanes limit, ref float p, ref float g, ref float a, ref float b, nint length)
        where TFormula : struct, IUpdateFormula<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        TFormula numbers = formula;
        for (nint i = 0; i < length; i += TLanes.Width)
        {
            TLanes gradient = TLanes.Clamp(TLanes.Load(ref Unsafe.Add(ref g, i)) * scale, limit);
            Step(numbers, gradient, ref Unsafe.Add(ref p, i), ref Unsafe.Add(ref a, i), ref Unsafe.Add(ref b, i));
        }
    }

    private static void RunTail<TFormula, TLanes>(in TFormula formula, float scale, float limit, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second)
        where TFormula : struct, IUpdateFormula<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> buffer = stackalloc float[4 * WidestVector];
        buffer.Clear();
        parameters.CopyTo(buffer);
        gradients.CopyTo(buffer[WidestVector..]);
        first.CopyTo(buffer[(2 * WidestVector)..]);
        second.CopyTo(buffer[(3 * WidestVector)..]);
        RunClipped<TFormula, TLanes>(
            formula,
            TLanes.Create(scale),
            TLanes.Create(limit),
            ref buffer[0],
            ref buffer[WidestVector],
            ref buffer[2 * WidestVector],
            ref buffer[3 * WidestVector],
            TLanes.Width);
        buffer[..parameters.Length].CopyTo(parameters);
        buffer.Slice(2 * WidestVector, first.Length).CopyTo(first);
        buffer.Slice(3 * WidestVector, second.Length).CopyTo(second);
    }

    private static Span<float> TailOf(Span<float> slot, int start) => slot.IsEmpty ? default : slot[start..];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TFormula, TLanes>(in TFormula formula, TLanes gradient, ref float p, ref float a, ref float b)
        where TFormula : struct, IUpdateFormula<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes parameter = TLanes.Load(ref p);
        TLanes first = TFormula.SlotCount > 0 ? TLanes.Load(ref a) : default;
        TLanes second = TFormula.SlotCount > 1 ? TLanes.Load(ref b) : default;
        formula.Apply(ref parameter, gradient, ref first, ref second);
        TLanes.Store(parameter, ref p);
        if (TFormula.SlotCount > 0)
        {
            TLanes.Store(first, ref a);
        }

        if (TFormula.SlotCount > 1)
        {
            TLanes.Store(second, ref b);
        }
    }
}
