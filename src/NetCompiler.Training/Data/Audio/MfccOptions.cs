namespace NetCompiler;

/// <summary>The shape of a frame's window.</summary>
public enum FrameWindow
{
    /// <summary>0.54 - 0.46 cos(2 pi n / (N - 1)).</summary>
    Hamming,

    /// <summary>0.5 - 0.5 cos(2 pi n / (N - 1)).</summary>
    Hann,

    /// <summary>1 everywhere.</summary>
    Rectangular,
}

/// <summary>The numbers of <see cref="Mfcc"/>. The defaults are for speech at 8,000 Hz: frames of 25 ms every 10 ms, 13 coefficients.</summary>
public sealed record MfccOptions
{
    /// <summary>Samples per second.</summary>
    public int SampleRate { get; init; } = 8000;

    /// <summary>The number of samples of a frame.</summary>
    public int FrameLength { get; init; } = 200;

    /// <summary>The number of samples from the start of a frame to that of the next.</summary>
    public int Hop { get; init; } = 80;

    /// <summary>The number of values of the Fourier transform: a power of two, at least <see cref="FrameLength"/>.</summary>
    public int FftSize { get; init; } = 256;

    /// <summary>The factor of the sample before, which is subtracted; 0 leaves the samples as they are.</summary>
    public double PreEmphasis { get; init; } = 0.97;

    /// <summary>What every frame is multiplied by.</summary>
    public FrameWindow Window { get; init; } = FrameWindow.Hamming;

    /// <summary>The number of triangular filters.</summary>
    public int Bands { get; init; } = 26;

    /// <summary>Where the first filter starts, in Hz.</summary>
    public double LowFrequency { get; init; }

    /// <summary>Where the last filter ends, in Hz; 0 means half the sample rate.</summary>
    public double HighFrequency { get; init; }

    /// <summary>The number of coefficients kept, the first one (the loudness) included: at most <see cref="Bands"/>.</summary>
    public int Coefficients { get; init; } = 13;

    /// <summary>The least energy of a band, so that silence has a logarithm.</summary>
    public double Floor { get; init; } = 1e-10;

    internal double HighEnd => HighFrequency == 0 ? SampleRate / 2.0 : HighFrequency;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(SampleRate, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FrameLength, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Hop, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Bands, 1);
        DefinedEnum.Require(Window, nameof(Window));
        if (FftSize < FrameLength || (FftSize & (FftSize - 1)) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(FftSize), FftSize, $"The FFT size must be a power of two and at least the frame length of {FrameLength}.");
        }

        if (Coefficients < 1 || Coefficients > Bands)
        {
            throw new ArgumentOutOfRangeException(nameof(Coefficients), Coefficients, $"The number of coefficients must be from 1 to {Bands}, the number of bands.");
        }

        if (!(PreEmphasis is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(PreEmphasis), PreEmphasis, "The pre-emphasis must be at least 0 and below 1.");
        }

        if (!(Floor > 0 && double.IsFinite(Floor)))
        {
            throw new ArgumentOutOfRangeException(nameof(Floor), Floor, "The floor must be positive and finite.");
        }

        if (!(LowFrequency >= 0 && LowFrequency < HighEnd && HighEnd <= SampleRate / 2.0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(HighFrequency), FormattableString.Invariant($"The filters go from {LowFrequency} to {HighEnd} Hz; they must go up, from 0 at least to {SampleRate / 2.0} Hz at most, half the sample rate."));
        }
    }
}
