using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>h' = activation(x W + h R + b).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class SimpleRnnCell<T>(LayerCall<T> call, string prefix) : RecurrentCell<T>(call, prefix)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T>[] Step(Value<T> projected, Value<T>[] states, Value<T> seen) =>
        [Activate(Call.Apply(new Add<T>(), projected, Product(seen, RecurrentKernel, null)))];
}
