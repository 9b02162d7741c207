using Samples.Data.Drawing;

namespace Samples.Data;

/// <summary>Images of digits for training and for testing: 28 x 28 pixels from 0 (paper) to 1 (ink), one after another.</summary>
/// <param name="TrainImages">784 pixels per image.</param>
/// <param name="TrainLabels">The digit on each image.</param>
/// <param name="TestImages">784 pixels per image.</param>
/// <param name="TestLabels">The digit on each image.</param>
/// <param name="Source">Where the images come from, for people.</param>
public sealed record DigitImages(float[] TrainImages, int[] TrainLabels, float[] TestImages, int[] TestLabels, string Source)
{
    private const int TrainSeed = 1_000_000, TestSeed = 9_000_000;

    /// <summary>Whether these are images of MNIST, and not drawn ones.</summary>
    public bool IsMnist { get; init; }

    /// <summary>Draws digits: all ten equally often. No test image is a training image.</summary>
    public static DigitImages Draw(int trainCount = 20_000, int testCount = 4_000)
    {
        (float[] trainImages, int[] trainLabels) = DrawSet(trainCount, TrainSeed);
        (float[] testImages, int[] testLabels) = DrawSet(testCount, TestSeed);
        return new DigitImages(trainImages, trainLabels, testImages, testLabels, $"{trainCount + testCount} digits drawn by this program");
    }

    /// <summary>The first images only, for short runs.</summary>
    public DigitImages Take(int trainCount, int testCount)
    {
        int train = Math.Min(trainCount, TrainLabels.Length), test = Math.Min(testCount, TestLabels.Length);
        return this with
        {
            TrainImages = TrainImages[..(train * DigitPainter.PixelCount)],
            TrainLabels = TrainLabels[..train],
            TestImages = TestImages[..(test * DigitPainter.PixelCount)],
            TestLabels = TestLabels[..test],
        };
    }

    private static (float[] Images, int[] Labels) DrawSet(int count, int seed)
    {
        float[] images = new float[count * DigitPainter.PixelCount];
        int[] labels = new int[count];
        Parallel.For(0, count, i =>
        {
            // Every ten images have all ten digits, in an order that no batch size divides evenly into.
            labels[i] = (i + (i / 10)) % 10;
            DigitPainter.Draw(labels[i], seed + i, images.AsSpan(i * DigitPainter.PixelCount, DigitPainter.PixelCount));
        });
        return (images, labels);
    }
}
