using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>Gates i, f, g, o of x W + h R + b: c' = f c + i activation(g), h' = o activation(c') (Hochreiter and Schmidhuber 1997, with the forget gate of Gers 2000).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class LstmCell<T>(LayerCall<T> call, string prefix) : RecurrentCell<T>(call, prefix)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override int StateCount => 2;

    public override Value<T>[] Step(Value<T> projected, Value<T>[] states, Value<T> seen)
    {
        Value<T> gates = Call.Apply(new Add<T>(), projected, Product(seen, RecurrentKernel, null));
        Value<T> input = ActivateGate(Gates(gates, 0)), forget = ActivateGate(Gates(gates, 1)), output = ActivateGate(Gates(gates, 3));
        Value<T> kept = Call.Apply(new Multiply<T>(), forget, states[1]);
        Value<T> cell = Call.Apply(new Add<T>(), kept, Call.Apply(new Multiply<T>(), input, Activate(Gates(gates, 2))));
        return [Call.Apply(new Multiply<T>(), output, Activate(cell)), cell];
    }
}
