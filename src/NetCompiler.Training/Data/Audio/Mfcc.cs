using System.Globalization;

namespace NetCompiler;

/// <summary>
/// Mel-frequency cepstral coefficients (Davis and Mermelstein, 1980): what the spectrum of a short piece of sound looks like, in a few numbers per frame.
/// </summary>
/// <remarks>
/// With the options' names, per frame of FrameLength samples that starts at every multiple of Hop and lies within the sound:
/// <list type="number">
/// <item>pre-emphasis over the whole sound: y[n] = x[n] - PreEmphasis x[n - 1], y[0] = x[0];</item>
/// <item>the frame times its window, filled up with zeros to FftSize values;</item>
/// <item>the power spectrum P[k] = |X[k]|^2 / FftSize for k from 0 to FftSize / 2, X being the discrete Fourier transform;</item>
/// <item>the energy of each of Bands triangular filters: sum of w[k] P[k]. Their Bands + 2 corners are equally spaced in mel from LowFrequency to HighFrequency, mel(f) =
/// 2595 log10(1 + f / 700) (HTK); w rises linearly in Hz from 0 at a filter's first corner to 1 at its second and falls to 0 at its third, taken at the
/// frequencies k SampleRate / FftSize;</item>
/// <item>the natural logarithm of the energy, of Floor where the energy is less;</item>
/// <item>the orthonormal DCT-II: c[i] = s sum over b of log-energy[b] cos(pi i (b + 1/2) / Bands), s = sqrt(1 / Bands) for i = 0, else sqrt(2 / Bands); the first
/// Coefficients are kept.</item>
/// </list>
/// An instance is for one thread at a time.
/// </remarks>
public sealed class Mfcc
{
    private readonly MfccOptions _options;
    private readonly FastFourier _fourier;
    private readonly double[] _window;
    private readonly double[] _filters;
    private readonly double[] _cosines;
    private readonly double[] _frame;
    private readonly double[] _powers;
    private readonly double[] _energies;

    /// <summary>Prepares the tables; null means all defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or a filter is so narrow that it holds no frequency of the transform.</exception>
    public Mfcc(MfccOptions? options = null)
    {
        _options = options ?? new MfccOptions();
        _options.Check();
        _fourier = new FastFourier(_options.FftSize);
        _window = CreateWindow(_options);
        _filters = MelFilters.Create(_options);
        _cosines = CreateCosines(_options);
        _frame = new double[_options.FrameLength];
        _powers = new double[(_options.FftSize / 2) + 1];
        _energies = new double[_options.Bands];
    }

    /// <summary>The number of coefficients of a frame.</summary>
    public int Coefficients => _options.Coefficients;

    /// <summary>The number of frames that lie within a number of samples.</summary>
    public int FrameCount(int samples) => samples < _options.FrameLength ? 0 : 1 + ((samples - _options.FrameLength) / _options.Hop);

    /// <summary>The coefficients of all frames, one frame after another.</summary>
    /// <exception cref="ArgumentException">The sound is shorter than one frame, or a sample is not finite.</exception>
    public float[] Compute(ReadOnlySpan<float> samples)
    {
        int frames = FrameCount(samples.Length);
        return frames > 0
            ? Compute(samples, frames)
            : throw new ArgumentException($"The sound has {samples.Length} samples, but one frame needs {_options.FrameLength}.", nameof(samples));
    }

    /// <summary>The coefficients of a number of frames: of the first ones where there are more, filled up with zeros where there are fewer.</summary>
    /// <param name="samples">The sound, mono.</param>
    /// <param name="frames">The number of frames; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no frames.</exception>
    /// <exception cref="ArgumentException">A sample is not finite.</exception>
    public float[] Compute(ReadOnlySpan<float> samples, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        float[] coefficients = new float[checked(frames * Coefficients)];
        Compute(samples, coefficients);
        return coefficients;
    }

    /// <summary>As <see cref="Compute(ReadOnlySpan{float}, int)"/>, into memory of the caller's, without allocating: as many frames as have room.</summary>
    /// <exception cref="ArgumentException">The destination is no whole number of frames, or a sample is not finite; nothing was written.</exception>
    public void Compute(ReadOnlySpan<float> samples, Span<float> destination)
    {
        if (destination.Length % Coefficients != 0)
        {
            throw new ArgumentException($"The destination has {destination.Length} values, which are no whole number of frames of {Coefficients}.", nameof(destination));
        }

        for (int i = 0; i < samples.Length; i++)
        {
            if (!float.IsFinite(samples[i]))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Sample {i} is {samples[i]}; finite samples were expected."), nameof(samples));
            }
        }

        int frames = Math.Min(FrameCount(samples.Length), destination.Length / Coefficients);
        for (int frame = 0; frame < frames; frame++)
        {
            ComputeFrame(samples, frame * _options.Hop, destination.Slice(frame * Coefficients, Coefficients));
        }

        destination[(frames * Coefficients)..].Clear();
    }

    private void ComputeFrame(ReadOnlySpan<float> samples, int start, Span<float> coefficients)
    {
        for (int i = 0; i < _frame.Length; i++)
        {
            int place = start + i;
            double before = place > 0 ? samples[place - 1] : 0;
            _frame[i] = (samples[place] - (_options.PreEmphasis * before)) * _window[i];
        }

        _fourier.PowerSpectrum(_frame, _powers);
        for (int band = 0; band < _energies.Length; band++)
        {
            ReadOnlySpan<double> filter = _filters.AsSpan(band * _powers.Length, _powers.Length);
            double energy = 0;
            for (int k = 0; k < filter.Length; k++)
            {
                energy += filter[k] * _powers[k];
            }

            _energies[band] = Math.Log(Math.Max(energy / _options.FftSize, _options.Floor));
        }

        for (int i = 0; i < coefficients.Length; i++)
        {
            double sum = 0;
            for (int band = 0; band < _energies.Length; band++)
            {
                sum += _cosines[(i * _energies.Length) + band] * _energies[band];
            }

            coefficients[i] = (float)sum;
        }
    }

    private static double[] CreateWindow(MfccOptions options)
    {
        double constant = options.Window switch { FrameWindow.Hamming => 0.54, FrameWindow.Hann => 0.5, _ => 1 };
        return [.. Enumerable.Range(0, options.FrameLength).Select(n => constant - ((1 - constant) * Math.Cos(2 * Math.PI * n / (options.FrameLength - 1))))];
    }

    private static double[] CreateCosines(MfccOptions options)
    {
        int bands = options.Bands;
        return [.. Enumerable.Range(0, options.Coefficients * bands).Select(index =>
        {
            int i = index / bands, band = index % bands;
            return Math.Sqrt((i == 0 ? 1.0 : 2.0) / bands) * Math.Cos(Math.PI * i * (band + 0.5) / bands);
        })];
    }
}
