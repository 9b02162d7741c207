using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>How near the functions came to the golden tensors.</summary>
/// <param name="WorstRatios">The largest difference of a value or a derivative as a part of its tolerance, by function; at most 1 is right.</param>
/// <param name="Compared">Whether the golden tensors were found.</param>
public sealed record ActivationsResult(IReadOnlyDictionary<string, double> WorstRatios, bool Compared);

/// <summary>Every activation function with its derivative: compared with golden tensors, and plotted.</summary>
public static class ActivationsSample
{
    private const double RelativeTolerance = 1e-5, AbsoluteTolerance = 1e-6;

    /// <summary>Options: --data FOLDER with the golden tensors, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() =>
    {
        var arguments = new SampleArguments(args, ["data", "output"]);
        Run(arguments.Text("data"), arguments.Folder("output", "artifacts/05-Activations"));
    });

    /// <summary>Compares and plots.</summary>
    public static ActivationsResult Run(string? goldenFolder, string output)
    {
        goldenFolder ??= SharedFolder.Find() is { } shared ? Path.Combine(shared, "reference") : null;
        bool compared = goldenFolder is not null && Directory.Exists(goldenFolder);
        if (!compared)
        {
            Console.WriteLine("there are no golden tensors (shared/reference beside the repository): only the step function is compared, with its formula");
        }

        var ratios = new Dictionary<string, double>();
        foreach (CurveCase curve in CurveCase.All)
        {
            double? ratio = curve.Golden is null ? CompareStep(curve) : compared ? CompareGolden(curve, goldenFolder!) : null;
            if (ratio is { } worst)
            {
                ratios[curve.Name] = worst;
                Console.WriteLine(FormattableString.Invariant($"{curve.Name,-12} values and derivatives within {worst:0.00} of the tolerance"));
            }
        }

        Directory.CreateDirectory(output);
        var panels = new PictureGrid([.. CurveCase.All.Select(DrawPanel)], 6, "activation functions: f(x) in blue, the derivative f'(x) dashed in orange");
        panels.Save(Path.Combine(output, "activations.svg"));
        panels.Save(Path.Combine(output, "activations.png"));
        Console.WriteLine($"all functions and their derivatives are drawn in {Path.Combine(output, "activations.svg")} and .png");
        return new ActivationsResult(ratios, compared);
    }

    private static double CompareStep(CurveCase step)
    {
        float[] inputs = [-2, -1e-30f, 0, 1e-30f, 3];
        (float[] values, float[] gradients) = step.Evaluate(inputs, [1, 1, 1, 1, 1]);
        return values.AsSpan().SequenceEqual([0f, 0f, 1f, 1f, 1f]) && gradients.All(gradient => gradient == 0) ? 0 : double.PositiveInfinity;
    }

    private static double CompareGolden(CurveCase curve, string folder)
    {
        IReadOnlyDictionary<string, float[]> golden = GoldenFile.Read(Path.Combine(folder, curve.Golden + ".safetensors"));
        (float[] values, float[] gradients) = curve.Evaluate(golden["input"], golden["cotangent"]);
        return Math.Max(WorstRatio(values, golden["output"]), WorstRatio(gradients, golden["grad.input"]));
    }

    private static double WorstRatio(float[] found, float[] expected) =>
        found.Zip(expected).Max(pair => Math.Abs(pair.First - pair.Second) / (AbsoluteTolerance + (RelativeTolerance * Math.Abs(pair.Second))));

    /// <summary>A function over -3.5 to 3.5 with its derivative. A softmax shows its first output over its first input, the others being 0.</summary>
    private static Plot DrawPanel(CurveCase curve)
    {
        const int Points = 43;
        const double Reach = 3.5;
        float[] inputs = new float[Points * curve.Width], selected = new float[Points * curve.Width];
        for (int i = 0; i < Points; i++)
        {
            inputs[i * curve.Width] = (float)((2 * Reach * i / (Points - 1)) - Reach);
            selected[i * curve.Width] = 1;
        }

        (float[] values, float[] gradients) = curve.Evaluate(inputs, selected);
        double[] First(float[] rows) => [.. Enumerable.Range(0, Points).Select(i => (double)rows[i * curve.Width])];
        return new Plot(curve.Name, "x") { Size = (220, 210), XRange = (-Reach, Reach), YRange = (-2.2, 3.2) }
            .AddLine("", First(inputs), First(values))
            .AddDashes("", First(inputs), First(gradients));
    }
}

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
        new("Linear", 1, "activation-linear", static (inputs, gradient) =>
        {
            using LinearCurve.Training curve = new LinearCurve().CreateTraining(inputs.Length, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
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
        new("GeluTanh", 1, "activation-gelu_tanh", static (inputs, gradient) =>
        {
            using GeluTanhCurve.Training curve = new GeluTanhCurve().CreateTraining(inputs.Length, threads: 1);
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
        new("Softsign", 1, "activation-softsign", static (inputs, gradient) =>
        {
            using SoftsignCurve.Training curve = new SoftsignCurve().CreateTraining(inputs.Length, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
        new("HardSigmoid", 1, "activation-hard_sigmoid", static (inputs, gradient) =>
        {
            using HardSigmoidCurve.Training curve = new HardSigmoidCurve().CreateTraining(inputs.Length, threads: 1);
            return Differentiate(inputs, gradient, curve.Forward, curve.Backward, () => curve.InputGradients.ToArray());
        }),
        new("Exp", 1, "activation-exp", static (inputs, gradient) =>
        {
            using ExpCurve.Training curve = new ExpCurve().CreateTraining(inputs.Length, threads: 1);
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
