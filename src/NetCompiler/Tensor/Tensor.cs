using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>
/// A value in a <c>Forward</c> method or a loss method: one array per sample. The generator reads such methods and compiles them; they
/// are never executed, and nothing here has a body that computes. Shapes never include the batch.
/// </summary>
/// <remarks>Operators and functions of two tensors broadcast as NumPy does: shapes are aligned at the last axis, and an axis of 1 is repeated.</remarks>
public sealed partial class Tensor
{
    private Tensor()
    {
    }

    /// <summary>The shape of one sample, known at compile time.</summary>
    public TensorShape Shape => throw NeverExecuted();

    /// <summary>A number as a tensor of shape ().</summary>
    public static implicit operator Tensor(double value) => throw NeverExecuted();

    /// <summary>x + y, element by element.</summary>
    public static Tensor operator +(Tensor x, Tensor y) => throw NeverExecuted();

    /// <summary>x - y, element by element.</summary>
    public static Tensor operator -(Tensor x, Tensor y) => throw NeverExecuted();

    /// <summary>x times y, element by element.</summary>
    public static Tensor operator *(Tensor x, Tensor y) => throw NeverExecuted();

    /// <summary>x / y, element by element.</summary>
    public static Tensor operator /(Tensor x, Tensor y) => throw NeverExecuted();

    /// <summary>-x, element by element.</summary>
    public static Tensor operator -(Tensor x) => throw NeverExecuted();

    internal static InvalidOperationException NeverExecuted([CallerMemberName] string member = "") =>
        new($"{member} of Tensor, or of what works on it, was called. Methods over tensors are read by the generator and never executed: "
            + "write them inside a Forward or loss method of a [Network] class, or in a static method that one calls.");
}
