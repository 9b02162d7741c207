namespace NetCompiler;

/// <summary>Cuts a series into samples for forecasting.</summary>
public static class Windows
{
    /// <summary>
    /// Takes windows of consecutive values and what follows each: sample i has the inputs series[i stride], ... and the targets after them. Only whole samples are
    /// taken.
    /// </summary>
    /// <param name="series">The values in order of time.</param>
    /// <param name="inputLength">The number of values that a forecast sees; at least 1.</param>
    /// <param name="horizon">The number of values to forecast; at least 1.</param>
    /// <param name="stride">The distance from a window to the next; at least 1.</param>
    /// <exception cref="ArgumentException">The series is shorter than one sample, or a value is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static SeriesWindows Create(ReadOnlySpan<float> series, int inputLength, int horizon = 1, int stride = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        long length = (long)inputLength + horizon;
        if (series.Length < length)
        {
            throw new ArgumentException($"The series has {series.Length} values, but one sample needs {length}: {inputLength} to see and {horizon} to forecast.", nameof(series));
        }

        for (int i = 0; i < series.Length; i++)
        {
            if (float.IsNaN(series[i]))
            {
                throw new ArgumentException($"Value {i} of the series is NaN.", nameof(series));
            }
        }

        int count = 1 + (int)((series.Length - length) / stride);
        float[] inputs = new float[checked(count * inputLength)], targets = new float[checked(count * horizon)];
        for (int i = 0; i < count; i++)
        {
            series.Slice(i * stride, inputLength).CopyTo(inputs.AsSpan(i * inputLength));
            series.Slice((i * stride) + inputLength, horizon).CopyTo(targets.AsSpan(i * horizon));
        }

        return new SeriesWindows(inputs, targets, inputLength, horizon);
    }
}

/// <summary>Windows of a series: columns for a data set.</summary>
/// <param name="Inputs">Count times InputLength values, the earliest of a window first; for a network of shape (InputLength, 1).</param>
/// <param name="Targets">Count times Horizon values: what follows each window.</param>
/// <param name="InputLength">The number of values of a window.</param>
/// <param name="Horizon">The number of values to forecast.</param>
public sealed record SeriesWindows(float[] Inputs, float[] Targets, int InputLength, int Horizon)
{
    /// <summary>The number of samples.</summary>
    public int Count => Inputs.Length / InputLength;

    /// <summary>
    /// The naive forecast that any model has to beat: every value is the one a whole number of periods before it, the last one seen. With a period of 1 it is the last
    /// value; with 12, for months, the same month of the year before.
    /// </summary>
    /// <param name="period">The length of a season in values.</param>
    /// <returns>As many values as <see cref="Targets"/>, to be compared with them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The period is below 1 or longer than a window.</exception>
    public float[] NaiveForecast(int period = 1)
    {
        if (period < 1 || period > InputLength)
        {
            throw new ArgumentOutOfRangeException(nameof(period), period, $"The period must be from 1 to {InputLength}, the number of values of a window.");
        }

        float[] forecast = new float[Targets.Length];
        for (int i = 0; i < forecast.Length; i++)
        {
            int window = i / Horizon, step = i % Horizon;
            forecast[i] = Inputs[(window * InputLength) + InputLength - period + (step % period)];
        }

        return forecast;
    }

    /// <summary>The mean of |forecast - target|.</summary>
    /// <exception cref="ArgumentException">The forecast has another number of values than the targets.</exception>
    public double MeanAbsoluteError(ReadOnlySpan<float> forecast)
    {
        if (forecast.Length != Targets.Length)
        {
            throw new ArgumentException($"The forecast has {forecast.Length} values, but there are {Targets.Length} targets.", nameof(forecast));
        }

        double sum = 0;
        for (int i = 0; i < forecast.Length; i++)
        {
            sum += Math.Abs((double)forecast[i] - Targets[i]);
        }

        return sum / forecast.Length;
    }

    /// <summary>The samples before and after a moment: the last <paramref name="count"/> windows are the second part.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A part would be empty.</exception>
    public (SeriesWindows Earlier, SeriesWindows Later) SplitLast(int count)
    {
        if (count < 1 || count >= Count)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"{count} of {Count} windows leave a part empty.");
        }

        int first = Count - count;
        return (this with { Inputs = Inputs[..(first * InputLength)], Targets = Targets[..(first * Horizon)] },
            this with { Inputs = Inputs[(first * InputLength)..], Targets = Targets[(first * Horizon)..] });
    }
}
