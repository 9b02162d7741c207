namespace NetCompiler.Dynamic.Layers;

/// <summary>Which steps of a sequence count: Keras's mask, with 1 for a step that does and 0 for padding. The steps are the first axis of the values it belongs to.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="kept">Ones and zeros, (samples, steps).</param>
/// <param name="samples">The number of samples.</param>
internal sealed class StepMask<T>(T[] kept, int samples)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number of samples.</summary>
    public int Samples => samples;

    /// <summary>The number of steps of a sample.</summary>
    public int Steps { get; } = samples == 0 ? 0 : kept.Length / samples;

    /// <summary>The mask of an input of tokens, or null where it has no padding.</summary>
    public static StepMask<T>? Of(InputDescription input, T[] tokens, int samples)
    {
        if (!input.IsTokens || input.Padding < 0)
        {
            return null;
        }

        T padding = T.CreateChecked(input.Padding);
        return new StepMask<T>(Array.ConvertAll(tokens, token => token == padding ? T.Zero : T.One), samples);
    }

    /// <summary>Whether a step counts.</summary>
    public bool Keeps(int sample, int step) => kept[(sample * Steps) + step] != T.Zero;

    /// <summary>The ones and zeros of a sample.</summary>
    public ReadOnlySpan<T> Of(int sample) => kept.AsSpan(sample * Steps, Steps);

    /// <summary>The ones and zeros of one step, a number per sample.</summary>
    public T[] At(int step)
    {
        T[] result = new T[samples];
        for (int sample = 0; sample < samples; sample++)
        {
            result[sample] = kept[(sample * Steps) + step];
        }

        return result;
    }

    /// <summary>The steps that count in both.</summary>
    public StepMask<T> And(StepMask<T> other)
    {
        T[] both = new T[kept.Length];
        for (int sample = 0; sample < samples; sample++)
        {
            TensorPrimitives.Multiply(Of(sample), other.Of(sample), both.AsSpan(sample * Steps, Steps));
        }

        return new StepMask<T>(both, samples);
    }

    /// <summary>Some neighbouring steps.</summary>
    public StepMask<T> Slice(int start, int length)
    {
        T[] part = new T[samples * length];
        for (int sample = 0; sample < samples; sample++)
        {
            Of(sample).Slice(start, length).CopyTo(part.AsSpan(sample * length));
        }

        return new StepMask<T>(part, samples);
    }

    /// <summary>The steps of several sequences one after the other; all steps count where there is no mask.</summary>
    /// <param name="parts">The masks with the number of their steps; one of them is there.</param>
    public static StepMask<T> Join(IReadOnlyList<(StepMask<T>? Mask, int Steps)> parts)
    {
        int samples = parts.First(part => part.Mask is not null).Mask!.Samples, steps = parts.Sum(part => part.Steps), start = 0;
        T[] joined = new T[samples * steps];
        Array.Fill(joined, T.One);
        foreach ((StepMask<T>? mask, int length) in parts)
        {
            for (int sample = 0; mask is not null && sample < samples; sample++)
            {
                mask.Of(sample).CopyTo(joined.AsSpan((sample * steps) + start));
            }

            start += length;
        }

        return new StepMask<T>(joined, samples);
    }

    /// <summary>The last step first.</summary>
    public StepMask<T> Reversed()
    {
        T[] result = [.. kept];
        for (int sample = 0; sample < samples; sample++)
        {
            result.AsSpan(sample * Steps, Steps).Reverse();
        }

        return new StepMask<T>(result, samples);
    }

    /// <summary>
    /// Factors 1 / (steps that count times <paramref name="divisor"/>), 0 at the others: the products with values of <paramref name="length"/> per step sum to a mean over the steps that count.
    /// A sample without any such step has zeros only.
    /// </summary>
    public T[] MeanFactors(int divisor, int length)
    {
        T[] factors = new T[kept.Length * length];
        for (int sample = 0; sample < samples; sample++)
        {
            T count = TensorPrimitives.Sum(Of(sample));
            for (int step = 0; step < Steps; step++)
            {
                if (Keeps(sample, step))
                {
                    factors.AsSpan(((sample * Steps) + step) * length, length).Fill(T.One / (count * T.CreateChecked(divisor)));
                }
            }
        }

        return factors;
    }
}
