using Xunit;

namespace NetCompiler.Tests.Training.Data.Audio;

public sealed class MfccTests
{
    // Results are floats of sizes up to 30.
    private const double Tolerance = 2e-5;

    // What mfcc_reference.py, beside this file, prints.
    private static readonly double[][] Defaults =
    [
        [-30.747735, -9.047537, -3.938557, -2.944705, -1.519316, -9.391513, -2.331593, 5.985035, 3.741019, 1.672522, -1.873700, 1.555563, -3.258248],
        [-30.255261, -8.339905, -3.180282, -2.214132, -0.858953, -8.930519, -2.117175, 6.092274, 3.894984, 1.910624, -1.648803, 1.576445, -3.401347],
        [-30.558311, -8.864549, -3.787994, -2.741357, -1.251215, -9.212488, -2.288331, 6.047971, 3.816513, 1.699606, -1.831390, 1.564776, -3.293966],
        [-31.527090, -10.361751, -5.634330, -4.571812, -2.617433, -10.117628, -3.024006, 5.206829, 3.052854, 1.201804, -2.215983, 1.319361, -3.331697],
    ];

    private static readonly double[][] Other =
    [
        [-19.162059, -0.214727, -1.104905, -0.461515, 2.960871, -8.025211],
        [-19.149594, -0.208142, -1.112365, -0.465987, 2.960743, -8.034372],
    ];

    private static readonly MfccOptions OtherOptions = new()
    {
        FrameLength = 400,
        Hop = 300,
        FftSize = 512,
        PreEmphasis = 0,
        Window = FrameWindow.Hann,
        Bands = 20,
        LowFrequency = 100,
        HighFrequency = 3800,
        Coefficients = 6,
    };

    [Fact]
    public void Coefficients_EqualThoseOfNumPy()
    {
        Compare(Defaults, new Mfcc().Compute(Sound(480)));
        Compare(Other, new Mfcc(OtherOptions).Compute(Sound(700)));
    }

    [Theory]
    [InlineData(FrameWindow.Hamming)]
    [InlineData(FrameWindow.Hann)]
    [InlineData(FrameWindow.Rectangular)]
    public void Coefficients_EqualTheDefinitionWithASlowTransform(FrameWindow window)
    {
        MfccOptions options = new() { Window = window };
        float[] sound = Sound(300), actual = new Mfcc(options).Compute(sound);
        Compare([.. Enumerable.Range(0, 2).Select(frame => Reference(sound, frame * options.Hop, options))], actual);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(64)]
    public void PowerSpectrum_EqualsTheSlowTransform(int size)
    {
        double[] x = [.. Enumerable.Range(0, size).Select(n => Math.Sin(n * n) + 0.3)], actual = new double[(size / 2) + 1];
        FastFourier fourier = new(size);
        fourier.PowerSpectrum(x, actual);
        Assert.Equal(SlowPowers(x, size), actual, (a, b) => Math.Abs(a - b) < 1e-9);
        fourier.PowerSpectrum(x.AsSpan(0, (size + 1) / 2), actual);
        Assert.Equal(SlowPowers(x[..((size + 1) / 2)], size), actual, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Frames_AreThoseThatLieWithinTheSound()
    {
        Mfcc mfcc = new();
        Assert.Equal([0, 1, 1, 2, 4], new[] { 199, 200, 279, 280, 440 }.Select(mfcc.FrameCount));
        Assert.Equal(2 * 13, mfcc.Compute(Sound(300)).Length);
        Assert.Contains("The sound has 199 samples, but one frame needs 200", Assert.Throws<ArgumentException>(() => mfcc.Compute(Sound(199))).Message);
    }

    [Fact]
    public void FixedNumberOfFrames_IsCutOrFilledWithZeros()
    {
        Mfcc mfcc = new();
        float[] all = mfcc.Compute(Sound(480));
        Assert.Equal(all[..26], mfcc.Compute(Sound(480), 2));
        Assert.Equal([.. all, .. new float[26]], mfcc.Compute(Sound(480), 6));
        Assert.Equal(new float[13], mfcc.Compute([], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => mfcc.Compute(Sound(480), 0));
        Assert.Contains("14 values, which are no whole number of frames of 13", Assert.Throws<ArgumentException>(() => mfcc.Compute(Sound(480), new float[14])).Message);
    }

    [Fact]
    public void Computing_AllocatesNothing()
    {
        Mfcc mfcc = new();
        float[] sound = Sound(480), destination = new float[4 * 13];
        mfcc.Compute(sound, destination);
        long before = GC.GetAllocatedBytesForCurrentThread();
        mfcc.Compute(sound, destination);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Silence_HasTheFloorsLogarithm()
    {
        float[] silence = new Mfcc().Compute(new float[200]);
        Assert.Equal(Math.Sqrt(26) * Math.Log(1e-10), silence[0], 3);
        Assert.All(silence[1..], value => Assert.Equal(0, value, 4));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void SampleThatIsNotFinite_IsNamed(float value)
    {
        float[] sound = Sound(400), coefficients = new float[13];
        sound[250] = value;
        Mfcc mfcc = new();
        foreach (Action compute in (Action[])[() => mfcc.Compute(sound), () => mfcc.Compute(sound, 2), () => mfcc.Compute(sound, coefficients)])
        {
            Assert.StartsWith(FormattableString.Invariant($"Sample 250 is {value}; finite samples were expected."), Assert.Throws<ArgumentException>("samples", compute).Message, StringComparison.Ordinal);
        }

        Assert.Equal(new float[13], coefficients);
    }

    [Fact]
    public void OptionsThatDoNotFit_AreNamed()
    {
        static string Message(MfccOptions options) => Assert.Throws<ArgumentOutOfRangeException>(() => new Mfcc(options)).Message;
        Assert.Contains("a power of two and at least the frame length of 200", Message(new() { FftSize = 128 }));
        Assert.Contains("a power of two and at least the frame length of 200", Message(new() { FftSize = 300 }));
        Assert.Contains("from 1 to 26, the number of bands", Message(new() { Coefficients = 27 }));
        Assert.Contains("from 1 to 26, the number of bands", Message(new() { Coefficients = 0 }));
        Assert.Contains("The filters go from 0 to 4001 Hz", Message(new() { HighFrequency = 4001 }));
        Assert.Contains("The filters go from 3000 to 200 Hz", Message(new() { LowFrequency = 3000, HighFrequency = 200 }));
        Assert.Contains("The pre-emphasis must be at least 0 and below 1", Message(new() { PreEmphasis = 1 }));
        Assert.Contains("The floor must be positive", Message(new() { Floor = 0 }));
        Assert.Contains("There is no such FrameWindow.", Message(new() { Window = (FrameWindow)9 }));
        Assert.Contains("Band 0, from 0.0 to", Message(new() { Bands = 120 }));
        Assert.Contains("holds no frequency of a transform of 256 values at 8000 Hz", Message(new() { Bands = 120 }));
        Assert.Contains(nameof(MfccOptions.Hop), Message(new() { Hop = 0 }));
        Assert.Contains(nameof(MfccOptions.FrameLength), Message(new() { FrameLength = 1 }));
    }

    private static void Compare(double[][] expected, float[] actual)
    {
        int width = expected[0].Length;
        Assert.Equal(expected.Length * width, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            double value = expected[i / width][i % width];
            Assert.True(Math.Abs(actual[i] - value) < Tolerance, $"frame {i / width}, coefficient {i % width}: {actual[i]}, expected {value}");
        }
    }

    // The sound of mfcc_reference.py.
    private static float[] Sound(int length) => [.. Enumerable.Range(0, length).Select(n =>
        (float)((0.4 * Math.Sin(2 * Math.PI * 440 * n / 8000)) + (0.3 * Math.Sin(2 * Math.PI * 1234.5 * n / 8000)) + (((n * 7919 % 101) - 50) / 500.0)))];

    private static double[] SlowPowers(double[] x, int size) => [.. Enumerable.Range(0, (size / 2) + 1).Select(k =>
    {
        double real = x.Select((value, n) => value * Math.Cos(2 * Math.PI * k * n / size)).Sum(), imaginary = x.Select((value, n) => value * Math.Sin(2 * Math.PI * k * n / size)).Sum();
        return (real * real) + (imaginary * imaginary);
    })];

    private static double[] Reference(float[] sound, int start, MfccOptions options)
    {
        int length = options.FrameLength;
        double[] frame = [.. Enumerable.Range(start, length).Select((place, n) =>
        {
            double angle = Math.Cos(2 * Math.PI * n / (length - 1));
            double window = options.Window switch { FrameWindow.Hamming => 0.54 - (0.46 * angle), FrameWindow.Hann => 0.5 - (0.5 * angle), _ => 1 };
            return (sound[place] - (place == 0 ? 0 : 0.97 * sound[place - 1])) * window;
        })];
        double[] powers = SlowPowers(frame, 256);
        double[] corners = [.. Enumerable.Range(0, 28).Select(i => 700 * (Math.Pow(10, i * Math.Log10(1 + (4000 / 700.0)) / 27) - 1))];
        double[] logs = [.. Enumerable.Range(0, 26).Select(band => Math.Log(powers.Select((power, k) =>
        {
            double f = k * 8000 / 256.0;
            double weight = f < corners[band + 1] ? (f - corners[band]) / (corners[band + 1] - corners[band]) : (corners[band + 2] - f) / (corners[band + 2] - corners[band + 1]);
            return Math.Max(0, weight) * power / 256;
        }).Sum()))];
        return [.. Enumerable.Range(0, 13).Select(i => Math.Sqrt((i == 0 ? 1.0 : 2.0) / 26) * logs.Select((value, band) => value * Math.Cos(Math.PI * i * (band + 0.5) / 26)).Sum())];
    }
}
