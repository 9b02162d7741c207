using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>One step of a recurrent layer.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="call">The layer with its options.</param>
/// <param name="prefix">What is before the names of the weights: nothing, or the half of a bidirectional layer.</param>
internal abstract class RecurrentCell<T>(LayerCall<T> call, string prefix)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number of states; the first is the output.</summary>
    public virtual int StateCount => 1;

    /// <summary>The units of a state.</summary>
    public int Units => RecurrentKernel.Shape[0];

    /// <summary>The layer.</summary>
    protected LayerCall<T> Call => call;

    /// <summary>(units, gates * units).</summary>
    protected Value<T> RecurrentKernel { get; } = call.RequiredWeight(prefix + "recurrent_kernel");

    /// <summary>The bias as the layer has it, or null.</summary>
    protected Value<T>? Bias { get; } = call.Weight(prefix + "bias");

    /// <summary>What is added to the input's product.</summary>
    protected virtual Value<T>? InputBias => Bias;

    /// <summary>The input's product with the kernel for all steps at once: (T, C) gives (T, gates * units).</summary>
    public Value<T> Project(Value<T> x)
    {
        Value<T> kernel = call.RequiredWeight(prefix + "kernel");
        if (x.LastAxis != kernel.Shape[0])
        {
            throw new InvalidOperationException($"{call.Layer.Name}: an input of shape ({string.Join(", ", x.Shape)}) does not fit a kernel of shape ({string.Join(", ", kernel.Shape)}).");
        }

        return Product(x, kernel, InputBias);
    }

    /// <summary>The states after a step.</summary>
    /// <param name="projected">The input's product at the step, (gates * units).</param>
    /// <param name="states">The states before it.</param>
    /// <param name="seen">The output before it as the recurrent product sees it: with recurrent dropout, values are dropped.</param>
    public abstract Value<T>[] Step(Value<T> projected, Value<T>[] states, Value<T> seen);

    /// <summary>x W + b.</summary>
    protected Value<T> Product(Value<T> x, Value<T> kernel, Value<T>? bias) =>
        bias is null ? call.Tape.Apply(new MatrixProduct<T>(), x, kernel) : call.Tape.Apply(new MatrixProduct<T>(), x, kernel, bias);

    /// <summary>The values of one gate or of several neighbouring ones.</summary>
    protected Value<T> Gates(Value<T> all, int first, int count = 1) => call.Apply(new SliceAxis<T>(-1, first * Units, count * Units), all);

    /// <summary>The activation of the candidate: Tanh unless the options say otherwise.</summary>
    protected Value<T> Activate(Value<T> x) => ActivationLayer<T>.Activate(call, x, Activation.Tanh);

    /// <summary>The activation of the gates: Sigmoid unless the options say otherwise.</summary>
    protected Value<T> ActivateGate(Value<T> x) => ActivationLayer<T>.Activate(call, x, call.Layer.Member("RecurrentActivation", Activation.Sigmoid), double.NaN);
}
