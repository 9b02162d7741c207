using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>The same values under another shape; the memory is shared.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Reshape<T>(int[] shape) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands) => operands[0].Like(operands[0].Data, shape);

    // f = x, dx = df
    public override void Backward(Value<T>[] operands, Value<T> result) =>
        TensorPrimitives.Add<T>(operands[0].Gradient, result.Gradient, operands[0].Gradient);
}
