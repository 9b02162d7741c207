namespace NetCompiler;

/// <content>Blocks: methods that are inlined, share their weights or run over time; and weights of one's own.</content>
public sealed partial class Tensor
{
    /// <summary>One set of weights for every call: the layers of all calls of the result have the weights of the first one.</summary>
    /// <typeparam name="TBlock">The method's delegate, which C# finds by itself, optional parameters included.</typeparam>
    /// <param name="block">A static method of the same project. Every call must give its layers the same shapes of weights.</param>
    /// <returns>The method, to be called as often as wanted.</returns>
    public static TBlock Share<TBlock>(TBlock block)
        where TBlock : Delegate => throw NeverExecuted();

    /// <summary>A trained weight of one's own.</summary>
    /// <param name="name">Its name in files and members, behind that of its block.</param>
    /// <param name="shape">Its shape; it has no batch, and is the same for every sample.</param>
    /// <param name="initializer">How it starts.</param>
    /// <param name="scale">The number of its initializer; NaN for its default.</param>
    /// <param name="l1">The factor in the loss of the sum of its absolute values.</param>
    /// <param name="l2">The factor in the loss of the sum of its squares.</param>
    /// <param name="formerNames">Names under which older weight files hold it.</param>
    public static Tensor Parameter(
        string name,
        ReadOnlySpan<int> shape,
        Initializer initializer = Initializer.GlorotUniform,
        double scale = double.NaN,
        double l1 = 0,
        double l2 = 0,
        string[]? formerNames = null) => throw NeverExecuted();

    /// <summary>The block applied to each step, with the same weights: (T, ..) becomes (T, ..).</summary>
    /// <param name="block">A static method from one step to one step.</param>
    public Tensor TimeDistributed(Func<Tensor, Tensor> block) => throw NeverExecuted();

    /// <summary>A part of one axis.</summary>
    /// <param name="axis">The axis of <see cref="Shape"/>, counted from 0, the batch not among them; negative ones count from the end.</param>
    /// <param name="start">The first place that is kept, counted from 0.</param>
    /// <param name="length">The number of places that are kept.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public Tensor Slice(int axis, int start, int length, string? name = null) => throw NeverExecuted();
}
