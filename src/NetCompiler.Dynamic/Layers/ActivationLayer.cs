using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>y = activation(x), elementwise or, for the softmaxes, over the last axis; or the user's scalar function.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ActivationLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Applies what a layer's options Activation, ActivationAlpha and ActivationMethod say.</summary>
    /// <param name="call">The layer.</param>
    /// <param name="x">What to activate.</param>
    /// <param name="missing">The activation of a description without one.</param>
    public static Value<T> Activate(LayerCall<T> call, Value<T> x, Activation missing = Activation.Linear)
    {
        if (call.Layer.Function is { } function)
        {
            return call.Tape.Apply(new ScalarFunction<T>(function), x);
        }

        if (call.Layer.Options.TryGetValue("ActivationMethod", out object? method) && method is string { Length: > 0 } name)
        {
            throw new InvalidOperationException($"{call.Layer.Name}: the description names the activation method \"{name}\" but carries no function.");
        }

        Activation activation = call.Layer.Member("Activation", missing);
        double alpha = call.Layer.Real("ActivationAlpha", double.NaN);
        return Activate(call, x, activation, alpha);
    }

    /// <summary>Applies an activation; alpha is NaN for its default.</summary>
    public static Value<T> Activate(LayerCall<T> call, Value<T> x, Activation activation, double alpha) =>
        activation == Activation.Linear ? x : call.Tape.Apply(Operation(activation, alpha), x);

    public override Value<T> Apply(LayerCall<T> call) => Activate(call, call.Input);

    private static Operation<T> Operation(Activation activation, double alpha) => activation switch
    {
        Activation.Step => new Step<T>(),
        Activation.Sigmoid => new Sigmoid<T>(),
        Activation.Tanh => new Tanh<T>(),
        Activation.Relu => new Relu<T>(),
        Activation.LeakyRelu => new LeakyRelu<T>(double.IsNaN(alpha) ? 0.01 : alpha),
        Activation.Elu => new Elu<T>(double.IsNaN(alpha) ? 1 : alpha),
        Activation.Selu => new Selu<T>(),
        Activation.Gelu => new Gelu<T>(),
        Activation.GeluTanh => new GeluTanh<T>(),
        Activation.Silu => new Silu<T>(),
        Activation.Mish => new Mish<T>(),
        Activation.Softplus => new Softplus<T>(),
        Activation.Softsign => new Softsign<T>(),
        Activation.HardSigmoid => new HardSigmoid<T>(),
        Activation.Exp => new Exp<T>(),
        Activation.Softmax => new Softmax<T>(),
        Activation.LogSoftmax => new LogSoftmax<T>(),
        _ => throw new NotSupportedException($"The interpreter knows no activation {activation}."),
    };
}
