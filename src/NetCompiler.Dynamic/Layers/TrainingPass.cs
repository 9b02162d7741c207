namespace NetCompiler.Dynamic.Layers;

/// <summary>What layers do in training only: random numbers, and the statistics that a pass moves.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="masks">Masks given from outside, or null for own ones.</param>
/// <param name="noise">Noise given from outside, or null for own numbers.</param>
/// <param name="seed">The seed of own numbers.</param>
/// <param name="step">The step of own numbers.</param>
internal sealed class TrainingPass<T>(DropoutMask? masks, NoiseValues? noise, int seed, long step)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Moved statistics by the weight's name; they count only when the pass belongs to a training step.</summary>
    public Dictionary<string, T[]> Statistics { get; } = [];

    /// <summary>Factors 0 and 1 / (1 - rate).</summary>
    /// <param name="name">The layer's name, with what the mask is for where the layer has several.</param>
    /// <param name="length">The number of factors.</param>
    /// <param name="rate">The share of zeros.</param>
    /// <exception cref="InvalidOperationException">The mask from outside has another length.</exception>
    public T[] DropoutFactors(string name, int length, double rate)
    {
        float[] mask;
        if (masks is null)
        {
            Random random = Generator(name);
            mask = new float[length];
            for (int i = 0; i < length; i++)
            {
                mask[i] = random.NextDouble() < rate ? 0 : 1;
            }
        }
        else
        {
            mask = masks(name, length);
            if (mask.Length != length)
            {
                throw new InvalidOperationException($"The dropout mask of \"{name}\" has {mask.Length} values, but needs {length}.");
            }
        }

        T[] factors = new T[length];
        TensorPrimitives.ConvertChecked<float, T>(mask, factors);
        TensorPrimitives.Divide(factors, T.CreateChecked(1 - rate), factors);
        return factors;
    }

    /// <summary>Numbers of the standard normal distribution.</summary>
    /// <exception cref="InvalidOperationException">The noise from outside has another length.</exception>
    public T[] Noise(string name, int length)
    {
        T[] values = new T[length];
        if (noise is null)
        {
            Random random = Generator(name);
            for (int i = 0; i < length; i++)
            {
                // Box and Muller (1958); 1 - u lies in (0, 1].
                double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
                values[i] = T.CreateChecked(radius * Math.Cos(2 * Math.PI * random.NextDouble()));
            }

            return values;
        }

        float[] given = noise(name, length);
        if (given.Length != length)
        {
            throw new InvalidOperationException($"The noise of \"{name}\" has {given.Length} values, but needs {length}.");
        }

        TensorPrimitives.ConvertChecked<float, T>(given, values);
        return values;
    }

    // string.GetHashCode differs from process to process.
    private Random Generator(string name)
    {
        int hash = 17;
        foreach (char letter in name)
        {
            hash = unchecked((hash * 31) + letter);
        }

        return new Random(unchecked((int)((((seed * 1_000_003L) + step) * 1_000_003L) + hash)));
    }
}
