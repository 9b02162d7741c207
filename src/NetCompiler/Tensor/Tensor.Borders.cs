namespace NetCompiler;

/// <content>The layers that enlarge, frame, crop and reorder, with the options of their attributes and the layer's name last.</content>
public sealed partial class Tensor
{
    /// <summary>Repeats every step: (T, C) becomes (T x size, C).</summary>
    /// <param name="size">How often each step is repeated, at least 1.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor UpSampling1D(int size = 2, string? name = null) => throw NeverExecuted();

    /// <summary>Enlarges an image, repeating every pixel to the right and downwards or interpolating between them: (H, W, C) becomes (H x height, W x width, C).</summary>
    /// <param name="size">How often each pixel is repeated in both directions, at least 1.</param>
    /// <param name="sizeHeight">How often it is repeated downwards where that differs; 0 for <paramref name="size"/>.</param>
    /// <param name="sizeWidth">How often it is repeated to the right where that differs; 0 for <paramref name="size"/>.</param>
    /// <param name="interpolation">Whether pixels are repeated or interpolated.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor UpSampling2D(int size = 2, int sizeHeight = 0, int sizeWidth = 0, Interpolation interpolation = Interpolation.Nearest, string? name = null) => throw NeverExecuted();

    /// <summary>Adds steps of zeros in front and at the end: (T, C) becomes (T + before + after, C).</summary>
    /// <param name="padding">The number of steps added at each end, at least 0.</param>
    /// <param name="before">The number of steps added in front; -1 for <paramref name="padding"/>.</param>
    /// <param name="after">The number of steps added at the end; -1 for <paramref name="padding"/>.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor ZeroPadding1D(int padding = 1, int before = -1, int after = -1, string? name = null) => throw NeverExecuted();

    /// <summary>Puts a frame of zeros around an image: (H, W, C) becomes (H + top + bottom, W + left + right, C).</summary>
    /// <param name="padding">The number of rows and columns added on each side, at least 0.</param>
    /// <param name="top">The number of rows added at the top; -1 for <paramref name="padding"/>.</param>
    /// <param name="bottom">The number of rows added at the bottom; -1 for <paramref name="padding"/>.</param>
    /// <param name="left">The number of columns added on the left; -1 for <paramref name="padding"/>.</param>
    /// <param name="right">The number of columns added on the right; -1 for <paramref name="padding"/>.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor ZeroPadding2D(
        int padding = 1,
        int top = -1,
        int bottom = -1,
        int left = -1,
        int right = -1,
        string? name = null) => throw NeverExecuted();

    /// <summary>Removes steps in front and at the end: (T, C) becomes (T - before - after, C), of which something is left.</summary>
    /// <param name="cropping">The number of steps removed at each end, at least 0.</param>
    /// <param name="before">The number of steps removed in front; -1 for <paramref name="cropping"/>.</param>
    /// <param name="after">The number of steps removed at the end; -1 for <paramref name="cropping"/>.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor Cropping1D(int cropping = 1, int before = -1, int after = -1, string? name = null) => throw NeverExecuted();

    /// <summary>Cuts off the border of an image: (H, W, C) becomes (H - top - bottom, W - left - right, C), of which something is left.</summary>
    /// <param name="cropping">The number of rows and columns removed on each side, at least 0.</param>
    /// <param name="top">The number of rows removed at the top; -1 for <paramref name="cropping"/>.</param>
    /// <param name="bottom">The number of rows removed at the bottom; -1 for <paramref name="cropping"/>.</param>
    /// <param name="left">The number of columns removed on the left; -1 for <paramref name="cropping"/>.</param>
    /// <param name="right">The number of columns removed on the right; -1 for <paramref name="cropping"/>.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor Cropping2D(
        int cropping = 1,
        int top = -1,
        int bottom = -1,
        int left = -1,
        int right = -1,
        string? name = null) => throw NeverExecuted();

    /// <summary>Reorders the axes: axis i of the result is axis order[i] of the input.</summary>
    /// <param name="order">Every axis once, counted from 0 without the batch. Keras counts from 1, so its (2, 1) is [1, 0] here.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor Permute(ReadOnlySpan<int> order, string? name = null) => throw NeverExecuted();

    /// <summary>Repeats a vector as the steps of a sequence: (F) becomes (times, F).</summary>
    /// <param name="times">The number of steps, at least 1.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor RepeatVector(int times, string? name = null) => throw NeverExecuted();
}
