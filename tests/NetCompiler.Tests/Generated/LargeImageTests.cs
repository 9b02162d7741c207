using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>An image whose values between the layers, times the rows of a usual block, no buffer could hold.</summary>
[Network]
[Input(516, 516, 1)]
[Conv2D(1, 3, Activation = Activation.Relu)]
[Conv2D(128, 3, Activation = Activation.Relu)]
[GlobalAveragePool2D]
[Dense(1)]
public partial class VeryLargeImage;

/// <summary>Classes of every pixel of an image.</summary>
[Network]
[Input(256, 256, 3)]
[Conv2D(19, 1, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class PixelClasses;

/// <summary>Batches of large images: taken a few at a time, in memory of a few.</summary>
[Trait("Category", "Numeric")]
public sealed class LargeImageTests
{
    private const double Tolerance = 1e-4;

    [Fact]
    public void Batch_GivesWhatSingleImagesGive_InTheMemoryOfOne()
    {
        VeryLargeImage network = new(1);
        float[] images = Numbers.Normal(2 * VeryLargeImage.InputLength, 1), together = new float[2], alone = new float[2];
        network.Predict(images.AsSpan(0, VeryLargeImage.InputLength), alone.AsSpan(0, 1));
        network.Predict(images.AsSpan(VeryLargeImage.InputLength), alone.AsSpan(1, 1));
        long before = GC.GetAllocatedBytesForCurrentThread();
        network.Predict(images, together);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
        Assert.Equal(alone, together, (a, b) => Math.Abs(a - b) <= Tolerance * (1 + Math.Abs(a)));
        Assert.NotEqual(together[0], together[1]);
    }

    [Fact]
    public void Pixels_AreClassifiedImageByImage()
    {
        const int Pixels = 256 * 256, Classes = 19;
        PixelClasses network = new(1);
        float[] images = Numbers.Normal(9 * PixelClasses.InputLength, 1), probabilities = network.Predict(images);
        int[] classes = new int[9 * Pixels];
        network.Classify(images, classes);
        for (int pixel = 0; pixel < classes.Length; pixel += 997)
        {
            float[] own = probabilities[(pixel * Classes)..((pixel + 1) * Classes)];
            Assert.Equal(Array.IndexOf(own, own.Max()), classes[pixel]);
        }
    }
}
