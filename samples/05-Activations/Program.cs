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
        Run(arguments.Text("data"), arguments.Text("output") ?? "artifacts/05-Activations");
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
        var panels = new PictureGrid([.. CurveCase.All.Select(DrawPanel)], 5, "activation functions, and their derivatives (dashed)");
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

    /// <summary>A function over -4 to 4 with its derivative. A softmax shows its first output over its first input, the others being 0.</summary>
    private static Plot DrawPanel(CurveCase curve)
    {
        const int Points = 65;
        const double Reach = 4;
        float[] inputs = new float[Points * curve.Width], selected = new float[Points * curve.Width];
        for (int i = 0; i < Points; i++)
        {
            inputs[i * curve.Width] = (float)((2 * Reach * i / (Points - 1)) - Reach);
            selected[i * curve.Width] = 1;
        }

        (float[] values, float[] gradients) = curve.Evaluate(inputs, selected);
        double[] First(float[] rows) => [.. Enumerable.Range(0, Points).Select(i => (double)rows[i * curve.Width])];
        return new Plot(curve.Name) { Size = (220, 190), XRange = (-Reach, Reach), YRange = (-2.2, 3.2) }
            .AddLine("", First(inputs), First(values))
            .AddDashes("", First(inputs), First(gradients));
    }
}
