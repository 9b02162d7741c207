using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>Copies all trained weights at once: to and from one span in logical order, and from network to network.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ParameterTransfer
{
    /// <summary>Copies the trained weights in the order of the declaration, each in its Keras shape, row-major.</summary>
    /// <param name="weights">The weights of a network, trained ones first.</param>
    /// <param name="count">The number of trained weights among them.</param>
    /// <param name="destination">As many floats as the trained weights have values.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public static void ExportParameters(WeightCollection weights, int count, Span<float> destination)
    {
        Arguments.RequireLength(destination.Length, Length(weights, count), nameof(destination), "one for each parameter");
        for (int i = 0; i < count; i++)
        {
            WeightView view = weights[i];
            view.CopyTo(destination[..view.Length]);
            destination = destination[view.Length..];
        }
    }

    /// <summary>Overwrites the trained weights with values in the order of <see cref="ExportParameters"/>.</summary>
    /// <param name="weights">The weights of a network, trained ones first.</param>
    /// <param name="count">The number of trained weights among them.</param>
    /// <param name="source">As many floats as the trained weights have values.</param>
    /// <exception cref="ArgumentException">The source has another length; nothing was changed.</exception>
    public static void ImportParameters(WeightCollection weights, int count, ReadOnlySpan<float> source)
    {
        Arguments.RequireLength(source.Length, Length(weights, count), nameof(source), "one for each parameter");
        for (int i = 0; i < count; i++)
        {
            WeightView view = weights[i];
            view.CopyFrom(source[..view.Length]);
            source = source[view.Length..];
        }
    }

    /// <summary>Polyak averaging: target += fraction (source - target), for every value of an arena. A fraction of 1 copies exactly.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException">The arenas differ in length.</exception>
    public static void Blend(WeightArena target, WeightArena source, double fraction)
    {
        if (!(fraction >= 0 && fraction <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The fraction must lie between 0 and 1.");
        }

        Arguments.RequireLength(source.Length, target.Length, nameof(source), "both arenas must come from one network class");
        if (fraction == 1)
        {
            source.Span.CopyTo(target.Span);
        }
        else
        {
            Blend(target.Span, source.Span, (float)fraction);
        }

        target.Touch();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blend(Span<float> target, ReadOnlySpan<float> source, float fraction)
    {
        // Arenas are padded, yet any length is right: what is left after the vectors goes one by one, with the same roundings.
        Vector<float> factor = new(fraction);
        int i = 0;
        for (; i + Vector<float>.Count <= target.Length; i += Vector<float>.Count)
        {
            Vector<float> t = new(target[i..]);
            (t + (factor * (new Vector<float>(source[i..]) - t))).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] += fraction * (source[i] - target[i]);
        }
    }

    private static int Length(WeightCollection weights, int count)
    {
        int length = 0;
        for (int i = 0; i < count; i++)
        {
            length += weights[i].Length;
        }

        return length;
    }
}
