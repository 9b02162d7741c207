namespace NetCompiler;

/// <summary>The shape of one sample of a tensor, whose axes are compile-time integers inside <c>Forward</c> and loss methods.</summary>
public sealed class TensorShape
{
    private TensorShape()
    {
    }

    /// <summary>The number of axes, without the batch.</summary>
    public int Length => throw Tensor.NeverExecuted();

    /// <summary>The size of an axis, counted from 0; the batch is never an axis. Use <c>^1</c> for the last.</summary>
    public int this[int axis] => throw Tensor.NeverExecuted();
}
