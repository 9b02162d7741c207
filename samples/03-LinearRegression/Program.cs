using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What gradient descent found, beside the solution in closed form.</summary>
/// <param name="Slope">The trained weight; the data was made with 4.</param>
/// <param name="Intercept">The trained bias; the data was made with 3.</param>
/// <param name="ExactSlope">The weight of least squares.</param>
/// <param name="ExactIntercept">The bias of least squares.</param>
public sealed record LineResult(double Slope, double Intercept, double ExactSlope, double ExactIntercept);

/// <summary>Linear regression by gradient descent on 3 + 4 x + noise.</summary>
public static class LineSample
{
    private const int Points = 100;

    /// <summary>Options: --epochs N, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() =>
    {
        var arguments = new SampleArguments(args, ["epochs", "output"]);
        Run(arguments.Count("epochs", 200), arguments.Folder("output", "artifacts/03-LinearRegression"));
    });

    /// <summary>Draws points, trains, and solves the same problem exactly.</summary>
    public static LineResult Run(int epochs, string output)
    {
        (float[] x, float[] y) = DrawPoints();
        var line = new Line(seed: 1);
        History history = line.Fit(Dataset.Create<Line>(x, y), new FitOptions
        {
            Epochs = epochs,
            BatchSize = Points,
            Optimizer = new Sgd(learningRate: 0.3),
            Verbosity = Verbosity.Silent,
        });

        (double slope, double intercept) = LeastSquares(x, y);
        var result = new LineResult(line.Weights.Dense1Kernel[0, 0], line.Weights.Dense1Bias[0], slope, intercept);
        Console.WriteLine(FormattableString.Invariant($"gradient descent: y = {result.Intercept:0.0000} + {result.Slope:0.0000} x, loss {history.Last("loss"):0.0000}"));
        Console.WriteLine(FormattableString.Invariant($"least squares:    y = {result.ExactIntercept:0.0000} + {result.ExactSlope:0.0000} x"));
        Console.WriteLine("the points were drawn around y = 3 + 4 x");
        new Plot("least squares by gradient descent", "x", "y")
            .AddPoints("points", [.. x.Select(value => (double)value)], [.. y.Select(value => (double)value)])
            .AddLine("gradient descent", [0, 2], [result.Intercept, result.Intercept + (2 * result.Slope)])
            .AddDashes("drawn around", [0, 2], [3, 11])
            .SaveTo(output, "line");
        Console.WriteLine($"pictures are in {output}");
        return result;
    }

    private static (float[] X, float[] Y) DrawPoints()
    {
        var random = new Random(42);
        float[] x = new float[Points], y = new float[Points];
        for (int i = 0; i < Points; i++)
        {
            x[i] = 2 * random.NextSingle();

            // Box and Muller: two uniform numbers give a normal one.
            double noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            y[i] = 3 + (4 * x[i]) + (0.5f * (float)noise);
        }

        return (x, y);
    }

    private static (double Slope, double Intercept) LeastSquares(float[] x, float[] y)
    {
        double meanX = x.Average(v => (double)v), meanY = y.Average(v => (double)v);
        double covariance = x.Zip(y).Sum(point => (point.First - meanX) * (point.Second - meanY));
        double slope = covariance / x.Sum(v => (v - meanX) * (v - meanX));
        return (slope, meanY - (slope * meanX));
    }
}
