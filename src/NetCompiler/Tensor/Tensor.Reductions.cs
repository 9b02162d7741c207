namespace NetCompiler;

/// <content>Sums, means and maxima: over a sample's axes, or over the batch.</content>
public sealed partial class Tensor
{
    /// <summary>The sum over all axes of a sample; the shape becomes ().</summary>
    public Tensor Sum() => throw NeverExecuted();

    /// <summary>The sum over one axis, which goes; negative axes count from the end.</summary>
    public Tensor Sum(int axis) => throw NeverExecuted();

    /// <summary>The mean over all axes of a sample; the shape becomes ().</summary>
    public Tensor Mean() => throw NeverExecuted();

    /// <summary>The mean over one axis, which goes; negative axes count from the end.</summary>
    public Tensor Mean(int axis) => throw NeverExecuted();

    /// <summary>The largest value over all axes of a sample; the shape becomes (). Its gradient is shared evenly by all values that are as large, as Keras's is.</summary>
    public Tensor Max() => throw NeverExecuted();

    /// <summary>The largest value over one axis, which goes; negative axes count from the end.</summary>
    public Tensor Max(int axis) => throw NeverExecuted();

    /// <summary>The sum over the samples of a batch, element by element: one value for the batch. Only in loss methods.</summary>
    public Tensor BatchSum() => throw NeverExecuted();

    /// <summary>The mean over the samples of a batch, element by element: one value for the batch. Only in loss methods.</summary>
    public Tensor BatchMean() => throw NeverExecuted();
}
