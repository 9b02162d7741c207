namespace NetCompiler;

/// <summary>The contents of an IDX file.</summary>
/// <param name="Shape">The size of every dimension, the number of items first.</param>
/// <param name="Values">All values, row-major, unscaled.</param>
public sealed record IdxArray(IReadOnlyList<int> Shape, float[] Values)
{
    /// <summary>The number of items: the first dimension.</summary>
    public int Count => Shape[0];
}

/// <summary>Images and the class of each.</summary>
/// <param name="Images">Count times Height times Width times Channels values between 0 and 1, channels last.</param>
/// <param name="Labels">One class per image.</param>
/// <param name="Height">The number of rows of an image.</param>
/// <param name="Width">The number of columns of an image.</param>
public sealed record LabeledImages(float[] Images, int[] Labels, int Height, int Width)
{
    /// <summary>The number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>The number of values of one pixel: 1 for grey, 3 for red, green and blue.</summary>
    public int Channels { get; init; } = 1;
}
