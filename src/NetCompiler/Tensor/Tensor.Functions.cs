namespace NetCompiler;

/// <content>Functions of every element.</content>
public sealed partial class Tensor
{
    /// <summary>The smaller of x and y, element by element; NaN if either is.</summary>
    public static Tensor Minimum(Tensor x, Tensor y) => throw NeverExecuted();

    /// <summary>x^2.</summary>
    public Tensor Square() => throw NeverExecuted();

    /// <summary>The square root of x.</summary>
    public Tensor Sqrt() => throw NeverExecuted();

    /// <summary>e^x.</summary>
    public Tensor Exp() => throw NeverExecuted();

    /// <summary>The natural logarithm of x.</summary>
    public Tensor Log() => throw NeverExecuted();

    /// <summary>|x|; its derivative at 0 is 0.</summary>
    public Tensor Abs() => throw NeverExecuted();

    /// <summary>x^exponent.</summary>
    public Tensor Pow(double exponent) => throw NeverExecuted();

    /// <summary>x held between two numbers; its derivative outside them is 0.</summary>
    public Tensor Clip(double min, double max) => throw NeverExecuted();

    /// <summary>1 / (1 + e^-x); 0 below x = -87.3, where that would be a denormal.</summary>
    public Tensor Sigmoid() => throw NeverExecuted();

    /// <summary>The hyperbolic tangent of x.</summary>
    public Tensor Tanh() => throw NeverExecuted();

    /// <summary>max(0, x).</summary>
    public Tensor Relu() => throw NeverExecuted();

    /// <summary>log(1 + e^x).</summary>
    public Tensor Softplus() => throw NeverExecuted();

    /// <summary>e^x / sum e^x over the last axis.</summary>
    public Tensor Softmax() => throw NeverExecuted();

    /// <summary>x - log(sum e^x) over the last axis.</summary>
    public Tensor LogSoftmax() => throw NeverExecuted();

    /// <summary>A scalar function of the user's, read, vectorised and differentiated symbolically.</summary>
    public Tensor Map(Func<float, float> function) => throw NeverExecuted();
}
