using System.ComponentModel;

namespace NetCompiler;

/// <summary>The gradients of a training in logical order, by weight and by input: what gradient checks compare. Every generated training has it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IWeightGradients
{
    /// <summary>The gradients of the last call, one view per trained weight, in the order of the trained weights.</summary>
    IReadOnlyList<WeightView> WeightGradients { get; }

    /// <summary>The gradients of float input <paramref name="input"/> for the samples of the last call that computed them, row-major, at least their number times the input's length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input, or it holds tokens.</exception>
    ReadOnlySpan<float> InputGradients(int input);
}
