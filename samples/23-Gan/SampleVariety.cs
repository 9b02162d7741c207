namespace Samples;

/// <summary>Whether drawn images differ from each other as real ones do, or have collapsed to a few.</summary>
/// <param name="MeanDistance">The mean Euclidean distance between two drawn images.</param>
/// <param name="RealDistance">The same of real ones.</param>
/// <param name="Histogram">How many drawn images are read as each digit.</param>
public sealed record SampleVariety(double MeanDistance, double RealDistance, int[] Histogram)
{
    /// <summary>The number of equally frequent digits that would be as varied: e to the entropy of the histogram, from 1 to 10.</summary>
    public double EffectiveDigits
    {
        get
        {
            double total = Histogram.Sum();
            return Math.Exp(-Histogram.Where(count => count > 0).Sum(count => count / total * Math.Log(count / total)));
        }
    }

    /// <summary>Compares drawn images with as many real ones.</summary>
    public static SampleVariety Measure(float[] drawn, float[] real, DigitReader reader)
    {
        int[] digits = new int[drawn.Length / DigitReader.InputLength];

        // The reader knows pixels from 0 to 1.
        reader.Classify([.. drawn.Select(pixel => (pixel + 1) / 2)], digits);
        int[] histogram = new int[10];
        foreach (int digit in digits)
        {
            histogram[digit]++;
        }

        return new SampleVariety(MeanPairDistance(drawn), MeanPairDistance(real), histogram);
    }

    /// <summary>Over neighbours in order, which are independent.</summary>
    private static double MeanPairDistance(float[] images)
    {
        float[][] all = [.. images.Chunk(DigitReader.InputLength)];
        return all.Zip(all.Skip(1)).Average(pair => Math.Sqrt(pair.First.Zip(pair.Second).Sum(pixel => (pixel.First - pixel.Second) * (double)(pixel.First - pixel.Second))));
    }
}
