namespace NetCompiler;

/// <summary>An input or a target of floats: on a class the input of a sequential network, on a parameter that tensor.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Parameter, Inherited = false)]
public sealed class InputAttribute : Attribute
{
    /// <summary>Declares the shape of one sample, channels last: (F), (T, F) or (H, W, C). The batch is never an axis.</summary>
    public InputAttribute(params int[] shape) => Shape = shape;

    /// <summary>The shape of one sample.</summary>
    public int[] Shape { get; }
}
