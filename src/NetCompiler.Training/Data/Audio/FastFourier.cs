namespace NetCompiler;

/// <summary>
/// The discrete Fourier transform of real values whose number is a power of two: Cooley and Tukey's radix-2 algorithm (1965), in double. The base class library has
/// none.
/// </summary>
internal sealed class FastFourier
{
    private readonly double[] _cosines;
    private readonly double[] _sines;
    private readonly double[] _real;
    private readonly double[] _imaginary;

    /// <summary>Prepares transforms of one size, a power of two.</summary>
    public FastFourier(int size)
    {
        Size = size;
        _real = new double[size];
        _imaginary = new double[size];
        _cosines = new double[size / 2];
        _sines = new double[size / 2];
        for (int i = 0; i < size / 2; i++)
        {
            (_sines[i], _cosines[i]) = Math.SinCos(-2 * Math.PI * i / size);
        }
    }

    /// <summary>The number of values.</summary>
    public int Size { get; }

    /// <summary>Writes |X[k]|^2 for k from 0 to half the size, where X[k] = sum over n of x[n] exp(-2 pi i k n / size); what is missing of x counts as zeros.</summary>
    public void PowerSpectrum(ReadOnlySpan<double> x, Span<double> powers)
    {
        _imaginary.AsSpan().Clear();
        _real.AsSpan().Clear();
        for (int i = 0, reversed = 0; i < x.Length; i++)
        {
            _real[reversed] = x[i];

            // Counts up in reversed bits: the carry runs from the highest bit down.
            int bit = Size >> 1;
            for (; (reversed & bit) != 0; bit >>= 1)
            {
                reversed ^= bit;
            }

            reversed |= bit;
        }

        for (int half = 1; half < Size; half *= 2)
        {
            Combine(half);
        }

        for (int k = 0; k < powers.Length; k++)
        {
            powers[k] = (_real[k] * _real[k]) + (_imaginary[k] * _imaginary[k]);
        }
    }

    // Two transforms of `half` values make one of twice as many: X[k] = E[k] + w O[k], X[k + half] = E[k] - w O[k].
    private void Combine(int half)
    {
        int step = Size / (2 * half);
        for (int start = 0; start < Size; start += 2 * half)
        {
            for (int k = 0; k < half; k++)
            {
                int even = start + k, odd = even + half;
                double c = _cosines[k * step], s = _sines[k * step];
                double real = (c * _real[odd]) - (s * _imaginary[odd]), imaginary = (c * _imaginary[odd]) + (s * _real[odd]);
                (_real[odd], _imaginary[odd]) = (_real[even] - real, _imaginary[even] - imaginary);
                (_real[even], _imaginary[even]) = (_real[even] + real, _imaginary[even] + imaginary);
            }
        }
    }
}
