using Xunit;

namespace NetCompiler.Tests.Training.Data;

public sealed class ImageMotionTests
{
    private const int Height = 7;
    private const int Width = 6;
    private const int Channels = 2;

    [Theory]
    [InlineData(0f, 1f, 1f)]
    [InlineData(0.3f, 1f, 1f)]
    [InlineData(-1.2f, 1.3f, 1f)]
    [InlineData(0f, 0.7f, 1f)]
    [InlineData(0f, 1f, 0.75f)]
    [InlineData(0.5f, 0.9f, 0.8f)]
    public void Motion_EqualsThePlainReference(float angle, float zoom, float part)
    {
        float[] image = Image();
        foreach (ImageFill fill in new[] { ImageFill.Zero, ImageFill.Edge })
        {
            foreach (bool flip in new[] { false, true })
            {
                ImageMotion motion = new(flip, Down: 1, Right: -2, angle, zoom, part, (1 - part) * 0.3f, (1 - part) * 0.8f);
                float[] result = new float[image.Length];
                motion.Apply(image, result, Width, Channels, fill);
                float[] expected = Reference(image, motion, fill);
                Assert.All(Enumerable.Range(0, image.Length), i => Assert.Equal(expected[i], result[i], 1e-3f));
            }
        }
    }

    [Fact]
    public void AQuarterTurn_GoesAgainstTheClock()
    {
        float[] result = new float[9];
        new ImageMotion(false, 0, 0, MathF.PI / 2, 1, 1, 0, 0).Apply([1, 2, 3, 4, 5, 6, 7, 8, 9], result, 3, 1, ImageFill.Edge);
        Assert.All(new float[] { 3, 6, 9, 2, 5, 8, 1, 4, 7 }.Zip(result), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Draws_CoverTheirRanges_AndDependOnSeedEpochAndSampleAlone()
    {
        ImageAugmentation options = new() { Rotation = 30, Zoom = 0.25, Crop = 0.4 };
        ImageAugmentationState state = (ImageAugmentationState)options.CreateState(Describe());
        ImageMotion[] motions = [.. Enumerable.Range(0, 2000).Select(sample => state.Draw((uint)sample, 3, 7))];
        Assert.All(motions, motion =>
        {
            Assert.InRange(motion.Angle, -0.5236f, 0.5236f);
            Assert.InRange(motion.Zoom, 0.75f, 1.25f);
            Assert.InRange(motion.Part, 0.6f, 1f);
            Assert.InRange(motion.Top, 0, 1 - motion.Part);
            Assert.InRange(motion.Left, 0, 1 - motion.Part);
        });

        // Uniform: the mean's deviation is the range / sqrt(12 x 2000); four of them are allowed.
        Assert.InRange(motions.Average(motion => motion.Angle), -0.028, 0.028);
        Assert.InRange(motions.Average(motion => motion.Zoom), 0.987, 1.013);
        Assert.InRange(motions.Average(motion => motion.Part), 0.79, 0.81);
        Assert.Equal(motions[5], state.Draw(5, 3, 7));
        Assert.NotEqual(motions[5], state.Draw(5, 4, 7));
        Assert.NotEqual(motions[5], state.Draw(5, 3, 8));
    }

    [Fact]
    public void Noise_IsNormal_AndRepeatable_InAnyBatch()
    {
        ManyColumns training = new(Describe(), 200);
        BatchTransformState state = new ImageAugmentation { Noise = 0.5 }.CreateState(training.Description);
        state.Apply(training, [.. Enumerable.Range(0, 200)], seed: 1, epoch: 2);
        float[] noise = training.FloatInput(0).ToArray();
        double mean = noise.Average(), deviation = Math.Sqrt(noise.Average(value => (value - mean) * (value - mean)));
        Assert.InRange(mean, -0.02, 0.02);
        Assert.InRange(deviation, 0.485, 0.515);
        Assert.InRange(noise.Count(value => Math.Abs(value) < 0.5) / (double)noise.Length, 0.66, 0.705);

        ManyColumns other = new(Describe(), 2);
        state.Apply(other, [150, 3], seed: 1, epoch: 2);
        int length = Height * Width * Channels;
        Assert.Equal([.. noise[(150 * length)..(151 * length)], .. noise[(3 * length)..(4 * length)]], other.FloatInput(0).ToArray());
    }

    [Fact]
    public void EveryTransformAtOnce_AllocatesNothing()
    {
        ManyColumns training = new(Describe(), 4);
        BatchTransformState state = new ImageAugmentation { Rotation = 20, Zoom = 0.1, Crop = 0.1, Noise = 0.1, HorizontalFlip = true, VerticalShift = 1 }.CreateState(training.Description);
        int[] samples = [0, 1, 2, 3];
        state.Apply(training, samples, 0, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        state.Apply(training, samples, 0, 1);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void NumbersOutOfRange_AreNamed()
    {
        string Message(ImageAugmentation augmentation) => Record.Exception(() => augmentation.CreateState(Describe()))!.Message;
        Assert.Contains("Rotation must be an angle from 0 to 180 degrees.", Message(new ImageAugmentation { Rotation = -1 }), StringComparison.Ordinal);
        Assert.Contains("Zoom must be at least 0 and below 1.", Message(new ImageAugmentation { Zoom = 1 }), StringComparison.Ordinal);
        Assert.Contains("Crop must be at least 0 and below 1.", Message(new ImageAugmentation { Crop = double.NaN }), StringComparison.Ordinal);
        Assert.Contains("Noise must be finite and at least 0.", Message(new ImageAugmentation { Noise = double.PositiveInfinity }), StringComparison.Ordinal);
    }

    private static float[] Image() => [.. Enumerable.Range(0, Height * Width * Channels).Select(i => 1 + (i * 37 % 50 / 10f))];

    // Forward steps in double, each undone in turn: where does a pixel of the result come from?
    private static float[] Reference(float[] image, ImageMotion motion, ImageFill fill)
    {
        float[] result = new float[image.Length];
        for (int i = 0; i < result.Length; i++)
        {
            double row = (i / Channels / Width) - motion.Down, column = (i / Channels % Width) - motion.Right;
            (double middleRow, double middleColumn) = ((Height - 1) / 2.0, (Width - 1) / 2.0);
            (double y, double x) = ((row - middleRow) / motion.Zoom, (column - middleColumn) / motion.Zoom);

            // The picture turned against the clock: a pixel looks back with the clock. Rows count downwards.
            double radius = Math.Sqrt((x * x) + (y * y)), direction = Math.Atan2(-y, x) - motion.Angle;
            (row, column) = (middleRow - (radius * Math.Sin(direction)), middleColumn + (radius * Math.Cos(direction)));
            row = (((row + 0.5) / Height * motion.Part) + motion.Top) * Height - 0.5;
            column = (((column + 0.5) / Width * motion.Part) + motion.Left) * Width - 0.5;
            column = motion.IsFlipped ? Width - 1 - column : column;
            if (fill == ImageFill.Edge)
            {
                (row, column) = (Math.Clamp(row, 0, Height - 1), Math.Clamp(column, 0, Width - 1));
            }

            // Every pixel of the image has a weight that falls to 0 at the distance of one pixel.
            double sum = 0;
            for (int r = 0; r < Height; r++)
            {
                for (int c = 0; c < Width; c++)
                {
                    sum += Math.Max(0, 1 - Math.Abs(r - row)) * Math.Max(0, 1 - Math.Abs(c - column)) * image[(((r * Width) + c) * Channels) + (i % Channels)];
                }
            }

            result[i] = (float)sum;
        }

        return result;
    }

    private static NetworkDescription Describe() => new()
    {
        Name = "Pictures",
        Inputs = [new InputDescription("picture", [Height, Width, Channels])],
        Layers = [],
        Outputs = [new OutputDescription("output", 0, [1])],
        Targets = [new TargetDescription("target", 1, 0)],
        Losses = [],
        ParameterCount = 16,
        StatisticsCount = 0,
        ArchitectureHash = "",
    };
}
