using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetCompiler;

/// <summary>
/// The checks at the entry of every generated method. Each inlines to a few instructions; the texts are made in methods of their own,
/// only when something is wrong.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Arguments
{
    /// <summary>Asks for an exact length.</summary>
    /// <param name="actual">The length given.</param>
    /// <param name="expected">The length needed.</param>
    /// <param name="argument">The argument's name.</param>
    /// <param name="what">What the length follows from, as "8 samples of 10 values".</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequireLength(int actual, int expected, string argument, string what)
    {
        if (actual != expected)
        {
            ThrowLength(actual, expected, argument, what);
        }
    }

    /// <summary>Asks that a state has seen fewer steps than a sequence has.</summary>
    /// <exception cref="ArgumentException">It has seen as many, or holds something else.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequirePlace(float place, int steps, string argument)
    {
        // A NaN is no place either.
        if (!(place >= 0 && place < steps))
        {
            ThrowPlace(place, steps, argument);
        }
    }

    /// <summary>Asks for the length of <paramref name="count"/> samples of <paramref name="unit"/> values each.</summary>
    /// <exception cref="ArgumentException">The length is another.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequireSamples(int actual, int count, int unit, string argument)
    {
        if (actual != (long)count * unit)
        {
            ThrowSamples(actual, count, unit, argument);
        }
    }

    /// <summary>Asks for a whole number of samples and returns it; 0 for an empty span.</summary>
    /// <param name="length">The length given.</param>
    /// <param name="unit">The number of values of one sample.</param>
    /// <param name="argument">The argument's name.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the unit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RequireMultiple(int length, int unit, string argument)
    {
        int count = (int)((uint)length / (uint)unit);
        if (count * unit != length)
        {
            ThrowMultiple(length, unit, argument);
        }

        return count;
    }

    /// <summary>The values of the results of all samples, in one array.</summary>
    /// <param name="samples">The number of samples.</param>
    /// <param name="length">The values of one sample's result.</param>
    /// <param name="argument">The name of the input.</param>
    /// <exception cref="ArgumentException">An array does not hold so many.</exception>
    public static int RequireResult(int samples, int length, string argument)
    {
        long values = (long)samples * length;
        return values <= Array.MaxLength ? (int)values
            : throw new ArgumentException($"{argument} has {samples} samples, whose outputs have {values} values, but an array holds at most {Array.MaxLength}: predict fewer at once.", argument);
    }

    /// <summary>Refuses an output that shares memory with an input: writing one would change the other.</summary>
    /// <exception cref="ArgumentException">The spans overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequireNoOverlap(ReadOnlySpan<float> input, ReadOnlySpan<float> output, string inputArgument, string outputArgument)
    {
        // Unsigned differences of addresses: the start of one lies inside the other, or neither does. An empty span overlaps nothing.
        nint distance = Unsafe.ByteOffset(ref MemoryMarshal.GetReference(input), ref MemoryMarshal.GetReference(output));
        if (!input.IsEmpty && !output.IsEmpty
            && ((nuint)distance < (nuint)input.Length * sizeof(float) || (nuint)(-distance) < (nuint)output.Length * sizeof(float)))
        {
            ThrowOverlap(inputArgument, outputArgument);
        }
    }

    /// <summary>Refuses an output that shares memory with tokens: what was checked would be read again after it was written over.</summary>
    /// <exception cref="ArgumentException">The spans overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequireNoOverlap(ReadOnlySpan<int> input, ReadOnlySpan<float> output, string inputArgument, string outputArgument) =>
        RequireNoOverlap(AsFloats(input), output, inputArgument, outputArgument);

    /// <summary>Refuses classes that share memory with an input.</summary>
    /// <exception cref="ArgumentException">The spans overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequireNoOverlap(ReadOnlySpan<float> input, ReadOnlySpan<int> output, string inputArgument, string outputArgument) =>
        RequireNoOverlap(input, AsFloats(output), inputArgument, outputArgument);

    /// <summary>Refuses classes that share memory with tokens.</summary>
    /// <exception cref="ArgumentException">The spans overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequireNoOverlap(ReadOnlySpan<int> input, ReadOnlySpan<int> output, string inputArgument, string outputArgument) =>
        RequireNoOverlap(AsFloats(input), AsFloats(output), inputArgument, outputArgument);

    private static ReadOnlySpan<float> AsFloats(ReadOnlySpan<int> integers) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<int, float>(ref MemoryMarshal.GetReference(integers)), integers.Length);

    /// <summary>Asks for class indices from 0 to <paramref name="count"/> - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One lies outside; the message names its position and value.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RequireClasses(ReadOnlySpan<int> classes, int count, string argument)
    {
        for (int i = 0; i < classes.Length; i++)
        {
            if ((uint)classes[i] >= (uint)count)
            {
                ThrowClass(classes[i], i, count, argument);
            }
        }
    }

    /// <summary>Asks for at most as many samples as a training was planned for.</summary>
    /// <param name="n">The number of samples given; 0 is an empty batch, which does nothing.</param>
    /// <param name="batchSize">The number of samples planned for.</param>
    /// <param name="argument">The argument's name.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or above the planned one.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequireBatch(int n, int batchSize, string argument)
    {
        if ((uint)n > (uint)batchSize)
        {
            ThrowBatch(n, batchSize, argument);
        }
    }

    /// <summary>Asks for a batch size of at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is zero or negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequireBatchSize(int batchSize, string argument)
    {
        if (batchSize < 1)
        {
            ThrowBatchSize(batchSize, argument);
        }
    }

    /// <summary>Asks for a number of threads of at least 0, and returns it with 0 replaced by the number of cores.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RequireThreads(int threads, string argument)
    {
        if (threads < 0)
        {
            ThrowThreads(threads, argument);
        }

        return threads == 0 ? Environment.ProcessorCount : threads;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowLength(int actual, int expected, string argument, string what) =>
        throw new ArgumentException($"{argument} has {Count(actual)}, but needs {expected}: {what}.", argument);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowPlace(float place, int steps, string argument) => throw new ArgumentException(
        place == steps ? $"{argument} has seen all {steps} steps that a sequence has; the next sequence begins with zeros." : $"{argument} says that it has seen {place} steps of {steps}: it is no state of this network's.", argument);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowSamples(int actual, int count, int unit, string argument) =>
        throw new ArgumentException(
            $"{argument} has {Count(actual)}, but needs {(long)count * unit}: {count} {(count == 1 ? "sample" : "samples")} of {Count(unit)}.", argument);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowMultiple(int length, int unit, string argument) =>
        throw new ArgumentException($"{argument} has {Count(length)}, but needs a multiple of {unit}: a sample has {Count(unit)}.", argument);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowOverlap(string input, string output) =>
        throw new ArgumentException($"{output} shares memory with {input}: writing one would change the other.", output);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowClass(int value, int position, int count, string argument) =>
        throw new ArgumentOutOfRangeException(argument, value, $"{argument}[{position}] is {value}, but classes go from 0 to {count - 1}.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowBatch(int n, int batchSize, string argument) =>
        throw new ArgumentOutOfRangeException(argument, n, $"{argument} holds {n} samples, but this training was planned for 0 to {batchSize}.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowBatchSize(int batchSize, string argument) =>
        throw new ArgumentOutOfRangeException(argument, batchSize, $"{argument} is {batchSize}, but a batch needs at least 1 sample.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowThreads(int threads, string argument) =>
        throw new ArgumentOutOfRangeException(argument, threads, $"{argument} is {threads}, but needs to be 0 (all cores) or more.");

    private static string Count(int values) => values == 1 ? "1 value" : $"{values} values";
}
