namespace NetCompiler;

/// <content>Layers of several inputs. Shapes of the elementwise ones broadcast as NumPy's do.</content>
public sealed partial class Tensor
{
    /// <summary>The inputs side by side along the last axis; their other axes are equal.</summary>
    public static Tensor Concat(params ReadOnlySpan<Tensor> inputs) => throw NeverExecuted();

    /// <summary>The inputs side by side along one axis; their other axes are equal.</summary>
    /// <param name="inputs">At least one tensor.</param>
    /// <param name="axis">The axis of <see cref="Shape"/>, counted from 0, the batch not among them; negative ones count from the end.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public static Tensor Concat(ReadOnlySpan<Tensor> inputs, int axis, string? name = null) => throw NeverExecuted();

    /// <summary>The sum of the inputs, element by element.</summary>
    public static Tensor Add(params ReadOnlySpan<Tensor> inputs) => throw NeverExecuted();

    /// <summary>The sum of the inputs, element by element.</summary>
    /// <param name="inputs">At least one tensor.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public static Tensor Add(ReadOnlySpan<Tensor> inputs, string? name) => throw NeverExecuted();

    /// <summary>The product of the inputs, element by element.</summary>
    public static Tensor Multiply(params ReadOnlySpan<Tensor> inputs) => throw NeverExecuted();

    /// <summary>The product of the inputs, element by element.</summary>
    /// <param name="inputs">At least one tensor.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public static Tensor Multiply(ReadOnlySpan<Tensor> inputs, string? name) => throw NeverExecuted();

    /// <summary>The first input minus the second, element by element.</summary>
    public static Tensor Subtract(params ReadOnlySpan<Tensor> inputs) => throw NeverExecuted();

    /// <summary>The first input minus the second, element by element.</summary>
    /// <param name="inputs">Two tensors.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public static Tensor Subtract(ReadOnlySpan<Tensor> inputs, string? name) => throw NeverExecuted();

    /// <summary>The largest of the inputs, element by element; NaN if any is.</summary>
    public static Tensor Maximum(params ReadOnlySpan<Tensor> inputs) => throw NeverExecuted();

    /// <summary>The largest of the inputs, element by element; NaN if any is.</summary>
    /// <param name="inputs">At least one tensor.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public static Tensor Maximum(ReadOnlySpan<Tensor> inputs, string? name) => throw NeverExecuted();

    /// <summary>The mean of the inputs, element by element.</summary>
    public static Tensor Average(params ReadOnlySpan<Tensor> inputs) => throw NeverExecuted();

    /// <summary>The mean of the inputs, element by element.</summary>
    /// <param name="inputs">At least one tensor.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public static Tensor Average(ReadOnlySpan<Tensor> inputs, string? name) => throw NeverExecuted();

    /// <summary>The scalar product of two inputs along the last axis, which keeps one value: (F) and (F) become (1).</summary>
    public static Tensor Dot(params ReadOnlySpan<Tensor> inputs) => throw NeverExecuted();

    /// <summary>The scalar product of two inputs along one axis, which goes: (T, F) and (T, F) along -1 become (T); two vectors become (1).</summary>
    /// <param name="inputs">Two tensors.</param>
    /// <param name="axis">The axis of <see cref="Shape"/>, counted from 0, the batch not among them; negative ones count from the end.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public static Tensor Dot(ReadOnlySpan<Tensor> inputs, int axis, string? name = null) => throw NeverExecuted();

    /// <summary>The scalar product of two inputs along one axis, which goes, or the cosine of the angle between them.</summary>
    /// <param name="inputs">Two tensors.</param>
    /// <param name="axis">The axis of <see cref="Shape"/>, counted from 0, the batch not among them; negative ones count from the end.</param>
    /// <param name="normalize">Whether both are divided by their length along the axis, at least 1e-12, first, which gives the cosine.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public static Tensor Dot(ReadOnlySpan<Tensor> inputs, int axis, bool normalize, string? name = null) => throw NeverExecuted();

    /// <summary>The matrix product over the last two axes of each sample: (.., m, k) and (.., k, n) become (.., m, n).</summary>
    /// <param name="a">The left matrices.</param>
    /// <param name="b">The right matrices.</param>
    /// <param name="name">The layer's name; null for its kind and ordinal.</param>
    public static Tensor MatMul(Tensor a, Tensor b, string? name = null) => throw NeverExecuted();
}
