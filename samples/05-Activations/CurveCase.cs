using NetCompiler;

namespace Samples;

/// <summary>One activation function: its network, and the golden case that it is compared with.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Width">The numbers that one sample has: the softmaxes look at ten together.</param>
/// <param name="Golden">The golden file without its ending, or null where the function is checked against its formula.</param>
/// <param name="Evaluate">From inputs and the gradient of the result to values and the gradient of the inputs.</param>
public sealed record CurveCase(string Name, int Width, string? Golden, Func<float[], float[], (float[] Values, float[] Gradients)> Evaluate)
{
    private delegate void ForwardCall(ReadOnlySpan<float> input, Span<float> output, bool training);

    private delegate void BackwardCall(ReadOnlySpan<float> outputGradients, GradientTargets gradients, bool accumulate);

    /// <summary>All functions in the order of the plot.</summary>
    public static IReadOnlyList<CurveCase> All { get; } =
    [
        new("Step", 1, null, static (inputs, gradient) =>
        {
            using StepCurve.Training curve = new StepCurve().CreateTraining(inputs.Length, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
        new("Sigmoid", 1, "activation-sigmoid", static (inputs, gradient) =>
        {
            using SigmoidCurve.Training curve = new SigmoidCurve().CreateTraining(inputs.Length, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
        new("Tanh", 1, "activation-tanh", static (inputs, gradient) =>
        {
            using TanhCurve.Training curve = new TanhCurve().CreateTraining(inputs.Length, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
        new("Relu", 1, "activation-relu", static (inputs, gradient) =>
        {
            using ReluCurve.Training curve = new ReluCurve().CreateTraining(inputs.Length, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
        new("LeakyRelu", 1, "activation-leaky_relu", static (inputs, gradient) =>
        {
            using LeakyReluCurve.Training curve = new LeakyReluCurve().CreateTraining(inputs.Length, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
        new("Elu", 1, "activation-elu", static (inputs, gradient) =>
        {
            using EluCurve.Training curve = new EluCurve().CreateTraining(inputs.Length, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
        new("Selu", 1, "activation-selu", static (inputs, gradient) =>
        {
            using SeluCurve.Training curve = new SeluCurve().CreateTraining(inputs.Length, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
        new("Gelu", 1, "activation-gelu", static (inputs, gradient) =>
        {
            using GeluCurve.Training curve = new GeluCurve().CreateTraining(inputs.Length, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
        new("Silu", 1, "activation-silu", static (inputs, gradient) =>
        {
            using SiluCurve.Training curve = new SiluCurve().CreateTraining(inputs.Length, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
        new("Mish", 1, "activation-mish", static (inputs, gradient) =>
        {
            using MishCurve.Training curve = new MishCurve().CreateTraining(inputs.Length, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
        new("Softplus", 1, "activation-softplus", static (inputs, gradient) =>
        {
            using SoftplusCurve.Training curve = new SoftplusCurve().CreateTraining(inputs.Length, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
        new("HardSigmoid", 1, "activation-hard_sigmoid", static (inputs, gradient) =>
        {
            using HardSigmoidCurve.Training curve = new HardSigmoidCurve().CreateTraining(inputs.Length, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
        new("Softmax", SoftmaxCurve.InputLength, "activation-softmax-2x10", static (inputs, gradient) =>
        {
            using SoftmaxCurve.Training curve = new SoftmaxCurve().CreateTraining(inputs.Length / SoftmaxCurve.InputLength, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
        new("LogSoftmax", LogSoftmaxCurve.InputLength, "activation-log_softmax-2x10", static (inputs, gradient) =>
        {
            using LogSoftmaxCurve.Training curve = new LogSoftmaxCurve().CreateTraining(inputs.Length / LogSoftmaxCurve.InputLength, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
    ];

    private static (float[] Values, float[] Gradients) Differentiate(float[] inputs, float[] gradient, ForwardCall forward, BackwardCall backward, Func<float[]> inputGradients)
    {
        float[] values = new float[inputs.Length];
        forward(inputs, values, training: false);
        backward(gradient, GradientTargets.Inputs, accumulate: false);
        return (values, inputGradients());
    }
}
