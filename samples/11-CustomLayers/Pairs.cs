using NetCompiler;
using Samples.Data.Drawing;

namespace Samples;

/// <summary>Pairs of images, every other pair of the same digit.</summary>
/// <param name="Left">784 pixels per pair.</param>
/// <param name="Right">784 pixels per pair.</param>
/// <param name="Same">1 where both show the same digit, otherwise 0.</param>
public sealed record Pairs(float[] Left, float[] Right, float[] Same)
{
    /// <summary>Gives every image a partner at random, of the same digit or of another by turns.</summary>
    public static Pairs Draw(float[] images, int[] labels, int seed)
    {
        var random = new Random(seed);
        int[][] byDigit = [.. Enumerable.Range(0, 10).Select(digit => Enumerable.Range(0, labels.Length).Where(i => labels[i] == digit).ToArray())];
        float[] right = new float[images.Length], same = new float[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            same[i] = i % 2 == 0 ? 1 : 0;
            int digit = i % 2 == 0 ? labels[i] : (labels[i] + random.Next(1, 10)) % 10;
            int partner = byDigit[digit][random.Next(byDigit[digit].Length)];
            images.AsSpan(partner * DigitPainter.PixelCount, DigitPainter.PixelCount).CopyTo(right.AsSpan(i * DigitPainter.PixelCount));
        }

        return new Pairs(images, right, same);
    }

    /// <summary>The pairs for training.</summary>
    public Dataset ToDataset() => new DatasetBuilder<SameDigit>().Input("left", Left).Input("right", Right).Target("target", Same).Build();
}
