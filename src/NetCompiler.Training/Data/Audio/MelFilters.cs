namespace NetCompiler;

/// <summary>Triangular filters that are equally wide to the ear: on the mel scale of HTK, mel(f) = 2595 log10(1 + f / 700).</summary>
internal static class MelFilters
{
    /// <summary>One row of FftSize / 2 + 1 weights per band.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A band holds no frequency of the transform.</exception>
    public static double[] Create(MfccOptions options)
    {
        int bins = (options.FftSize / 2) + 1;
        double low = ToMel(options.LowFrequency), high = ToMel(options.HighEnd);
        double[] corners = [.. Enumerable.Range(0, options.Bands + 2).Select(i => ToHertz(low + ((high - low) * i / (options.Bands + 1))))];
        double[] filters = new double[options.Bands * bins];
        for (int band = 0; band < options.Bands; band++)
        {
            bool isEmpty = true;
            for (int k = 0; k < bins; k++)
            {
                double frequency = (double)k * options.SampleRate / options.FftSize;
                double rising = (frequency - corners[band]) / (corners[band + 1] - corners[band]);
                double falling = (corners[band + 2] - frequency) / (corners[band + 2] - corners[band + 1]);
                double weight = Math.Max(0, Math.Min(rising, falling));
                filters[(band * bins) + k] = weight;
                isEmpty &= weight == 0;
            }

            if (isEmpty)
            {
                throw new ArgumentOutOfRangeException(nameof(options), FormattableString.Invariant(
                    $"Band {band}, from {corners[band]:F1} to {corners[band + 2]:F1} Hz, holds no frequency of a transform of {options.FftSize} values at {options.SampleRate} Hz: use fewer bands or a larger FFT size."));
            }
        }

        return filters;
    }

    private static double ToMel(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));

    private static double ToHertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
}
