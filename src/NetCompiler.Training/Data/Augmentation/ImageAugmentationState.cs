namespace NetCompiler;

/// <summary>Augments the staged images of a training.</summary>
internal sealed class ImageAugmentationState(ImageAugmentation options, int input, int height, int width, int channels) : BatchTransformState
{
    // Keeps the stream apart from those of the same seed with another purpose ("AUGM").
    private const uint Purpose = 0x4155_474D;

    // The last word of the counter: motions and noise never meet.
    private const uint MotionStream = 0, NoiseStream = 1;

    private readonly float[] _image = new float[height * width * channels];

    public override void Apply(ITraining training, ReadOnlySpan<int> samples, int seed, int epoch)
    {
        Span<float> images = training.FloatInput(input);
        for (int i = 0; i < samples.Length; i++)
        {
            Span<float> image = images.Slice(i * _image.Length, _image.Length);
            ImageMotion motion = Draw((uint)samples[i], (uint)epoch, (uint)seed);
            if (!motion.IsNothing)
            {
                image.CopyTo(_image);
                motion.Apply(_image, image, width, channels, options.Fill);
            }

            if (options.Noise > 0)
            {
                AddNoise(image, (uint)samples[i], (uint)epoch, (uint)seed);
            }
        }
    }

    /// <summary>What is done to a sample in an epoch.</summary>
    internal ImageMotion Draw(uint sample, uint epoch, uint seed)
    {
        (uint flip, uint vertical, uint horizontal, _) = Philox.Block(sample, epoch, 0, MotionStream, seed, Purpose);
        (uint angle, uint zoom, uint part, _) = Philox.Block(sample, epoch, 1, MotionStream, seed, Purpose);
        (uint top, uint left, _, _) = Philox.Block(sample, epoch, 2, MotionStream, seed, Purpose);
        float share = 1 - (float)(options.Crop * Unit(part));
        return new ImageMotion(
            options.HorizontalFlip && (flip >> 31) == 1,
            Whole(vertical, options.VerticalShift),
            Whole(horizontal, options.HorizontalShift),
            (float)(options.Rotation * ((2 * Unit(angle)) - 1) * Math.PI / 180),
            (float)(1 + (options.Zoom * ((2 * Unit(zoom)) - 1))),
            share,
            (float)((1 - share) * Unit(top)),
            (float)((1 - share) * Unit(left)));
    }

    // A whole number from -most to most: 32 random bits times their number, the bias is below 2^-24 for images of any size in use.
    private static int Whole(uint bits, int most) => (int)(((ulong)bits * (uint)((2 * most) + 1)) >> 32) - most;

    // From 0 to below 1.
    private static double Unit(uint bits) => bits * (1.0 / 4294967296.0);

    // Normal numbers by Box and Muller's transform, four from a block of random bits.
    private void AddNoise(Span<float> image, uint sample, uint epoch, uint seed)
    {
        for (int i = 0; i < image.Length; i += 4)
        {
            (uint a, uint b, uint c, uint d) = Philox.Block(sample, epoch, (uint)(i / 4), NoiseStream, seed, Purpose);
            AddPair(image[i..], a, b);
            if (i + 2 < image.Length)
            {
                AddPair(image[(i + 2)..], c, d);
            }
        }
    }

    private void AddPair(Span<float> values, uint first, uint second)
    {
        // Above 0, so that its logarithm is finite.
        double radius = options.Noise * Math.Sqrt(-2 * Math.Log(1 - Unit(first)));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * Unit(second));
        values[0] += (float)(radius * cosine);
        if (values.Length > 1)
        {
            values[1] += (float)(radius * sine);
        }
    }
}
