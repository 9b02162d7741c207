namespace NetCompiler;

/// <summary>What a shifted image shows where nothing was.</summary>
public enum ImageFill
{
    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>The nearest pixel of the image.</summary>
    Edge,
}

/// <summary>Mirrors images and moves them, each by chance: for training on few images.</summary>
public sealed record ImageAugmentation : BatchTransform
{
    /// <summary>The name of the input that holds the images, without case; null means the only one of shape (height, width) or (height, width, channels).</summary>
    public string? Input { get; init; }

    /// <summary>Whether every other image, by chance, is mirrored left to right.</summary>
    public bool HorizontalFlip { get; init; }

    /// <summary>The most pixels that an image is moved up or down; every whole number up to it is as likely.</summary>
    public int VerticalShift { get; init; }

    /// <summary>The most pixels that an image is moved left or right.</summary>
    public int HorizontalShift { get; init; }

    /// <summary>What a shifted image shows where nothing was.</summary>
    public ImageFill Fill { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A shift is negative, or as large as the image.</exception>
    public override BatchTransformState CreateState(NetworkDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        int[] found = [.. Enumerable.Range(0, description.Inputs.Count).Where(i => IsMeant(description.Inputs[i]))];
        if (found.Length != 1)
        {
            string known = string.Join(", ", description.Inputs.Select(input => $"{input.Name} ({string.Join(", ", input.Shape)}){(input.IsTokens ? " of tokens" : "")}"));
            throw new ArgumentException(Input is null
                ? $"{description.Name} has {found.Length} inputs of images, (height, width) or (height, width, channels): name one. It has {known}."
                : $"{description.Name} has no input \"{Input}\" of images, (height, width) or (height, width, channels); it has {known}.");
        }

        IReadOnlyList<int> shape = description.Inputs[found[0]].Shape;
        RequireShift(nameof(VerticalShift), VerticalShift, shape[0]);
        RequireShift(nameof(HorizontalShift), HorizontalShift, shape[1]);
        return new State(this, found[0], shape[0], shape[1], shape.Count > 2 ? shape[2] : 1);
    }

    private bool IsMeant(InputDescription input) =>
        !input.IsTokens && input.Shape.Count is 2 or 3 && (Input is null || string.Equals(input.Name, Input, StringComparison.OrdinalIgnoreCase));

    private static void RequireShift(string name, int shift, int size)
    {
        if (shift < 0 || shift >= size)
        {
            throw new ArgumentOutOfRangeException(name, shift, $"The shift must be from 0 to {size - 1}: the image has {size} pixels in that direction.");
        }
    }

    private sealed class State(ImageAugmentation options, int input, int height, int width, int channels) : BatchTransformState
    {
        // Keeps the stream apart from those of the same seed with another purpose ("AUGM").
        private const uint Purpose = 0x4155_474D;

        private readonly float[] _image = new float[height * width * channels];

        public override void Apply(ITraining training, ReadOnlySpan<int> samples, int seed, int epoch)
        {
            Span<float> images = training.FloatInput(input);
            for (int i = 0; i < samples.Length; i++)
            {
                (uint flip, uint vertical, uint horizontal, _) = Philox.Block((uint)samples[i], (uint)epoch, 0, 0, (uint)seed, Purpose);
                bool isFlipped = options.HorizontalFlip && (flip >> 31) == 1;
                int down = Draw(vertical, options.VerticalShift), right = Draw(horizontal, options.HorizontalShift);
                if (isFlipped || down != 0 || right != 0)
                {
                    Move(images.Slice(i * _image.Length, _image.Length), isFlipped, down, right);
                }
            }
        }

        // A whole number from -most to most: 32 random bits times their number, the bias is below 2^-24 for images of any size in use.
        private static int Draw(uint bits, int most) => (int)(((ulong)bits * (uint)((2 * most) + 1)) >> 32) - most;

        private void Move(Span<float> image, bool isFlipped, int down, int right)
        {
            image.CopyTo(_image);
            for (int row = 0; row < height; row++)
            {
                for (int column = 0; column < width; column++)
                {
                    int fromRow = row - down, fromColumn = column - right;
                    Span<float> pixel = image.Slice(((row * width) + column) * channels, channels);
                    if (options.Fill == ImageFill.Zero && ((uint)fromRow >= (uint)height || (uint)fromColumn >= (uint)width))
                    {
                        pixel.Clear();
                        continue;
                    }

                    fromRow = Math.Clamp(fromRow, 0, height - 1);
                    fromColumn = Math.Clamp(fromColumn, 0, width - 1);
                    fromColumn = isFlipped ? width - 1 - fromColumn : fromColumn;
                    _image.AsSpan(((fromRow * width) + fromColumn) * channels, channels).CopyTo(pixel);
                }
            }
        }
    }
}
