using NetCompiler;

namespace Samples;

/// <summary>One activation function: its network, and the golden case that it is compared with.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Width">The numbers that one sample has: the softmaxes look at ten together.</param>
/// <param name="Golden">The golden file without its ending, or null where the function is checked against its formula.</param>
/// <param name="Evaluate">From inputs and the gradient of the result to values and the gradient of the inputs.</param>
public sealed record CurveCase(string Name, int Width, string? Golden, Func<float[], float[], (float[] Values, float[] Gradients)> Evaluate)
{
    /// <summary>All functions in the order of the plot.</summary>
    public static IReadOnlyList<CurveCase> All { get; } =
    [
        new("Step", 1, null, static (inputs, gradient) =>
        {
            using StepCurve.Training training = new StepCurve().CreateTraining(inputs.Length / 1, threads: 1);
            float[] values = new float[inputs.Length];
            training.Forward(inputs, values, training: false);
            training.Backward(gradient, GradientTargets.Inputs);
            return (values, training.InputGradients.ToArray());
        }),
        new("Sigmoid", 1, "activation-sigmoid", static (inputs, gradient) =>
        {
            using SigmoidCurve.Training training = new SigmoidCurve().CreateTraining(inputs.Length / 1, threads: 1);
            float[] values = new float[inputs.Length];
            training.Forward(inputs, values, training: false);
            training.Backward(gradient, GradientTargets.Inputs);
            return (values, training.InputGradients.ToArray());
        }),
        new("Tanh", 1, "activation-tanh", static (inputs, gradient) =>
        {
            using TanhCurve.Training training = new TanhCurve().CreateTraining(inputs.Length / 1, threads: 1);
            float[] values = new float[inputs.Length];
            training.Forward(inputs, values, training: false);
            training.Backward(gradient, GradientTargets.Inputs);
            return (values, training.InputGradients.ToArray());
        }),
        new("Relu", 1, "activation-relu", static (inputs, gradient) =>
        {
            using ReluCurve.Training training = new ReluCurve().CreateTraining(inputs.Length / 1, threads: 1);
            float[] values = new float[inputs.Length];
            training.Forward(inputs, values, training: false);
            training.Backward(gradient, GradientTargets.Inputs);
            return (values, training.InputGradients.ToArray());
        }),
        new("LeakyRelu", 1, "activation-leaky_relu", static (inputs, gradient) =>
        {
            using LeakyReluCurve.Training training = new LeakyReluCurve().CreateTraining(inputs.Length / 1, threads: 1);
            float[] values = new float[inputs.Length];
            training.Forward(inputs, values, training: false);
            training.Backward(gradient, GradientTargets.Inputs);
            return (values, training.InputGradients.ToArray());
        }),
        new("Elu", 1, "activation-elu", static (inputs, gradient) =>
        {
            using EluCurve.Training training = new EluCurve().CreateTraining(inputs.Length / 1, threads: 1);
            float[] values = new float[inputs.Length];
            training.Forward(inputs, values, training: false);
            training.Backward(gradient, GradientTargets.Inputs);
            return (values, training.InputGradients.ToArray());
        }),
        new("Selu", 1, "activation-selu", static (inputs, gradient) =>
        {
            using SeluCurve.Training training = new SeluCurve().CreateTraining(inputs.Length / 1, threads: 1);
            float[] values = new float[inputs.Length];
            training.Forward(inputs, values, training: false);
            training.Backward(gradient, GradientTargets.Inputs);
            return (values, training.InputGradients.ToArray());
        }),
        new("Gelu", 1, "activation-gelu", static (inputs, gradient) =>
        {
            using GeluCurve.Training training = new GeluCurve().CreateTraining(inputs.Length / 1, threads: 1);
            float[] values = new float[inputs.Length];
            training.Forward(inputs, values, training: false);
            training.Backward(gradient, GradientTargets.Inputs);
            return (values, training.InputGradients.ToArray());
        }),
        new("Silu", 1, "activation-silu", static (inputs, gradient) =>
        {
            using SiluCurve.Training training = new SiluCurve().CreateTraining(inputs.Length / 1, threads: 1);
            float[] values = new float[inputs.Length];
            training.Forward(inputs, values, training: false);
            training.Backward(gradient, GradientTargets.Inputs);
            return (values, training.InputGradients.ToArray());
        }),
        new("Mish", 1, "activation-mish", static (inputs, gradient) =>
        {
            using MishCurve.Training training = new MishCurve().CreateTraining(inputs.Length / 1, threads: 1);
            float[] values = new float[inputs.Length];
            training.Forward(inputs, values, training: false);
            training.Backward(gradient, GradientTargets.Inputs);
            return (values, training.InputGradients.ToArray());
        }),
        new("Softplus", 1, "activation-softplus", static (inputs, gradient) =>
        {
            using SoftplusCurve.Training training = new SoftplusCurve().CreateTraining(inputs.Length / 1, threads: 1);
            float[] values = new float[inputs.Length];
            training.Forward(inputs, values, training: false);
            training.Backward(gradient, GradientTargets.Inputs);
            return (values, training.InputGradients.ToArray());
        }),
        new("HardSigmoid", 1, "activation-hard_sigmoid", static (inputs, gradient) =>
        {
            using HardSigmoidCurve.Training training = new HardSigmoidCurve().CreateTraining(inputs.Length / 1, threads: 1);
            float[] values = new float[inputs.Length];
            training.Forward(inputs, values, training: false);
            training.Backward(gradient, GradientTargets.Inputs);
            return (values, training.InputGradients.ToArray());
        }),
        new("Softmax", 10, "activation-softmax-2x10", static (inputs, gradient) =>
        {
            using SoftmaxCurve.Training training = new SoftmaxCurve().CreateTraining(inputs.Length / 10, threads: 1);
            float[] values = new float[inputs.Length];
            training.Forward(inputs, values, training: false);
            training.Backward(gradient, GradientTargets.Inputs);
            return (values, training.InputGradients.ToArray());
        }),
        new("LogSoftmax", 10, "activation-log_softmax-2x10", static (inputs, gradient) =>
        {
            using LogSoftmaxCurve.Training training = new LogSoftmaxCurve().CreateTraining(inputs.Length / 10, threads: 1);
            float[] values = new float[inputs.Length];
            training.Forward(inputs, values, training: false);
            training.Backward(gradient, GradientTargets.Inputs);
            return (values, training.InputGradients.ToArray());
        }),
    ];
}
