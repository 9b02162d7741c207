namespace NetCompiler;

/// <content>The poolings, with the options of their attributes and the layer's name last.</content>
public sealed partial class Tensor
{
    /// <summary>The maximum of each window along time: (T, C) becomes (T', C). The options and sizes are those of <see cref="MaxPool1DAttribute"/>.</summary>
    /// <param name="poolSize">The number of steps in a window, at least 1.</param>
    /// <param name="strides">The step from one window to the next; 0 for <paramref name="poolSize"/>.</param>
    /// <param name="padding">What happens at the borders, Valid or Same.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor MaxPool1D(int poolSize = 2, int strides = 0, Padding padding = Padding.Valid, string? name = null) => throw NeverExecuted();

    /// <summary>The mean of each window along time: (T, C) becomes (T', C). The options and sizes are those of <see cref="AveragePool1DAttribute"/>.</summary>
    /// <param name="poolSize">The number of steps in a window, at least 1.</param>
    /// <param name="strides">The step from one window to the next; 0 for <paramref name="poolSize"/>.</param>
    /// <param name="padding">What happens at the borders, Valid or Same.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor AveragePool1D(int poolSize = 2, int strides = 0, Padding padding = Padding.Valid, string? name = null) => throw NeverExecuted();

    /// <summary>The maximum of each window of an image: (H, W, C) becomes (H', W', C). The options and sizes are those of <see cref="MaxPool2DAttribute"/>.</summary>
    /// <param name="poolSize">The height and width of a window, at least 1.</param>
    /// <param name="poolHeight">The height of a window where it is not square; 0 for <paramref name="poolSize"/>.</param>
    /// <param name="poolWidth">The width of a window where it is not square; 0 for <paramref name="poolSize"/>.</param>
    /// <param name="strides">The step from one window to the next, in both directions; 0 for the size of the window.</param>
    /// <param name="strideHeight">The step downwards where it differs; 0 for <paramref name="strides"/>.</param>
    /// <param name="strideWidth">The step to the right where it differs; 0 for <paramref name="strides"/>.</param>
    /// <param name="padding">What happens at the borders, Valid or Same.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor MaxPool2D(
        int poolSize = 2,
        int poolHeight = 0,
        int poolWidth = 0,
        int strides = 0,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        string? name = null) => throw NeverExecuted();

    /// <summary>The mean of each window of an image: (H, W, C) becomes (H', W', C). The options and sizes are those of <see cref="AveragePool2DAttribute"/>.</summary>
    /// <param name="poolSize">The height and width of a window, at least 1.</param>
    /// <param name="poolHeight">The height of a window where it is not square; 0 for <paramref name="poolSize"/>.</param>
    /// <param name="poolWidth">The width of a window where it is not square; 0 for <paramref name="poolSize"/>.</param>
    /// <param name="strides">The step from one window to the next, in both directions; 0 for the size of the window.</param>
    /// <param name="strideHeight">The step downwards where it differs; 0 for <paramref name="strides"/>.</param>
    /// <param name="strideWidth">The step to the right where it differs; 0 for <paramref name="strides"/>.</param>
    /// <param name="padding">What happens at the borders, Valid or Same.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor AveragePool2D(
        int poolSize = 2,
        int poolHeight = 0,
        int poolWidth = 0,
        int strides = 0,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        string? name = null) => throw NeverExecuted();

    /// <summary>The maximum over time of each channel: (T, C) becomes (C). Masked steps do not count.</summary>
    /// <param name="keepDims">Whether the axes that are pooled over stay, with one place: the result is then (1, C).</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor GlobalMaxPool1D(bool keepDims = false, string? name = null) => throw NeverExecuted();

    /// <summary>The mean over time of each channel: (T, C) becomes (C). Masked steps do not count.</summary>
    /// <param name="keepDims">Whether the axes that are pooled over stay, with one place: the result is then (1, C).</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor GlobalAveragePool1D(bool keepDims = false, string? name = null) => throw NeverExecuted();

    /// <summary>The maximum over the image of each channel: (H, W, C) becomes (C).</summary>
    /// <param name="keepDims">Whether the axes that are pooled over stay, with one place: the result is then (1, 1, C).</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor GlobalMaxPool2D(bool keepDims = false, string? name = null) => throw NeverExecuted();

    /// <summary>The mean over the image of each channel: (H, W, C) becomes (C).</summary>
    /// <param name="keepDims">Whether the axes that are pooled over stay, with one place: the result is then (1, 1, C).</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor GlobalAveragePool2D(bool keepDims = false, string? name = null) => throw NeverExecuted();
}
