using NetCompiler;
using Samples.Data;
using Samples.Data.Pictures;

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

        string path = Path.Combine(output, "activations.svg");
        Plot().Save(path);
        Console.WriteLine($"all functions and their derivatives are drawn in {path}");
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

    /// <summary>One panel per function over -4 to 4: the value as a line, the derivative dashed. A softmax shows its first output over its first input.</summary>
    private static SvgPicture Plot()
    {
        const int Columns = 5, Width = 190, Height = 170;
        int rows = (CurveCase.All.Count + Columns - 1) / Columns;
        var picture = new SvgPicture(Columns * Width, rows * Height);
        for (int i = 0; i < CurveCase.All.Count; i++)
        {
            double left = (i % Columns * Width) + 15, top = (i / Columns * Height) + 25;
            DrawPanel(picture, CurveCase.All[i], left, top, Width - 30, Height - 40);
        }

        return picture;
    }

    private static void DrawPanel(SvgPicture picture, CurveCase curve, double left, double top, double width, double height)
    {
        const int Points = 161;
        const double Reach = 4, Lowest = -2.2, Highest = 3.2;
        float[] inputs = new float[Points * curve.Width], selected = new float[Points * curve.Width];
        for (int i = 0; i < Points; i++)
        {
            inputs[i * curve.Width] = (float)((2 * Reach * i / (Points - 1)) - Reach);
            selected[i * curve.Width] = 1;
        }

        (float[] values, float[] gradients) = curve.Evaluate(inputs, selected);
        double X(double x) => left + ((x + Reach) / (2 * Reach) * width);
        double Y(double y) => top + ((Highest - y) / (Highest - Lowest) * height);

        // A curve that leaves the panel ends at its edge.
        IEnumerable<(double X, double Y)> Line(float[] ys) => Enumerable.Range(0, Points)
            .Where(i => ys[i * curve.Width] is >= (float)Lowest and <= (float)Highest)
            .Select(i => (X(inputs[i * curve.Width]), Y(ys[i * curve.Width])));

        picture.Line([(X(-Reach), Y(0)), (X(Reach), Y(0))], "#bbb", 0.8);
        picture.Line([(X(0), Y(Lowest)), (X(0), Y(Highest))], "#bbb", 0.8);
        foreach (int tick in (int[])[-2, 2])
        {
            picture.Line([(X(tick), Y(0)), (X(tick), Y(0) + 4)], "#888", 0.8);
            picture.Line([(X(0), Y(tick)), (X(0) - 4, Y(tick))], "#888", 0.8);
            string label = tick.ToString(System.Globalization.CultureInfo.InvariantCulture);
            picture.Text(X(tick), Y(0) + 14, label, 9, centred: true);
            picture.Text(X(0) - 12, Y(tick) + 3, label, 9, centred: true);
        }

        picture.Line(Line(gradients), "#d1495b", 1.3, dashed: true);
        picture.Line(Line(values), "#00798c", 1.8);
        picture.Text(left + (width / 2), top - 8, curve.Name, centred: true);
    }
}
