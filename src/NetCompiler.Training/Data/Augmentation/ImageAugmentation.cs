namespace NetCompiler;

/// <summary>What a shifted image shows where nothing was.</summary>
public enum ImageFill
{
    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>The nearest pixel of the image.</summary>
    Edge,
}

/// <summary>Mirrors images, takes parts of them, zooms, turns and moves them and adds noise, each by chance: for training on few images.</summary>
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

    /// <summary>The largest angle, in degrees, that an image is turned by either way about its middle; every angle up to it is as likely.</summary>
    public double Rotation { get; init; }

    /// <summary>The largest change of an image's size, as a share of it: 0.2 draws a factor from 0.8 to 1.2. At least 0 and below 1.</summary>
    public double Zoom { get; init; }

    /// <summary>
    /// What a crop leaves out at most, as a share of height and width: 0.2 takes a part of 0.8 to 1 of either, anywhere in the image, to full size. At least 0 and below 1.
    /// </summary>
    public double Crop { get; init; }

    /// <summary>The standard deviation of normal noise that is added to every value; at least 0.</summary>
    public double Noise { get; init; }

    /// <summary>What a shifted, turned or shrunken image shows where nothing was.</summary>
    public ImageFill Fill { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A shift is negative, or as large as the image; an angle, a share or the noise is outside its range; or there is no such fill.</exception>
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
        RequireShare(nameof(Rotation), Rotation, 180, "an angle from 0 to 180 degrees");
        RequireShare(nameof(Zoom), Zoom, Math.BitDecrement(1.0), "at least 0 and below 1");
        RequireShare(nameof(Crop), Crop, Math.BitDecrement(1.0), "at least 0 and below 1");
        RequireShare(nameof(Noise), Noise, float.MaxValue, "finite and at least 0");
        DefinedEnum.Require(Fill, nameof(Fill));
        return new ImageAugmentationState(this, found[0], shape[0], shape[1], shape.Count > 2 ? shape[2] : 1);
    }

    private bool IsMeant(InputDescription input) =>
        !input.IsTokens && input.Shape.Count is 2 or 3 && (Input is null || string.Equals(input.Name, Input, StringComparison.OrdinalIgnoreCase));

    private static void RequireShare(string name, double value, double most, string range)
    {
        if (!(value >= 0 && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
        }
    }

    private static void RequireShift(string name, int shift, int size)
    {
        if (shift < 0 || shift >= size)
        {
            throw new ArgumentOutOfRangeException(name, shift, $"The shift must be from 0 to {size - 1}: the image has {size} pixels in that direction.");
        }
    }
}
