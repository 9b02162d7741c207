using NetCompiler;
using Samples.Data;
using Samples.Data.Drawing;
using Spectre.Console;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="Epochs">Epochs of the network that reads digits.</param>
/// <param name="Output">The folder for pictures.</param>
/// <param name="Threads">The threads at most; 0 means one per core. The figures are the same for any number.</param>
public sealed record SaliencyOptions(int Epochs = 2, string Output = "artifacts/24-Saliency", int Threads = 0);

/// <summary>The pixels that decide on one digit.</summary>
/// <param name="Digit">What it shows.</param>
/// <param name="Winner">What it is taken for.</param>
/// <param name="Map">The gradient of the winner's logit with respect to each pixel.</param>
/// <param name="Rise">How much the logit rises per unit of a small step along the map.</param>
/// <param name="RandomRise">The same along a random direction.</param>
public sealed record SaliencyMap(int Digit, int Winner, float[] Map, double Rise, double RandomRise)
{
    /// <summary>The length of the gradient: how fast the logit rises along it.</summary>
    public double Steepness => Math.Sqrt(Map.Sum(value => (double)value * value));
}

/// <summary>What the sample found.</summary>
/// <param name="Accuracy">Of the network on the test images.</param>
/// <param name="Maps">One for the first test image of each digit.</param>
public sealed record SaliencyResult(double Accuracy, IReadOnlyList<SaliencyMap> Maps);

/// <summary>Which pixels decide: the gradient of the winning class with respect to the image (Simonyan, Vedaldi and Zisserman 2013).</summary>
public static class SaliencySample
{
    // Small enough that hardly a unit changes sides on the way, large enough for the differences of floats.
    private const float Step = 0.01f;
    private const float Shade = 0.3f;

    /// <summary>Options: --data FOLDER, --images N at most, --epochs N, --threads N, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static SaliencyResult Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["data", "images", "epochs", "threads", "output"]);
        var options = new SaliencyOptions();
        options = new SaliencyOptions(arguments.Count("epochs", options.Epochs), arguments.Folder("output", options.Output), arguments.Count("threads", options.Threads));
        return Run(DigitSource.Load(arguments), options);
    }

    /// <summary>Trains a network, then asks it about one image of each digit.</summary>
    public static SaliencyResult Run(DigitImages digits, SaliencyOptions options)
    {
        Console.WriteLine($"{digits.TrainLabels.Length} training and {digits.TestLabels.Length} test images: {digits.Source}");
        Console.WriteLine(SaliencyDigits.Description);
        var network = new SaliencyDigits(seed: 1);
        network.Fit(Dataset.Create<SaliencyDigits>(digits.TrainImages, digits.TrainLabels), new FitOptions { Epochs = options.Epochs, Threads = options.Threads, Verbosity = Verbosity.Lines });
        double accuracy = network.Evaluate(Dataset.Create<SaliencyDigits>(digits.TestImages, digits.TestLabels), threads: options.Threads).Accuracy;
        Console.WriteLine(FormattableString.Invariant($"test accuracy {accuracy:0.0000}"));

        int[] rows = [.. Enumerable.Range(0, 10).Select(digit => Array.IndexOf(digits.TestLabels, digit)).Where(row => row >= 0)];
        float[] images = [.. rows.SelectMany(row => digits.TestImages[(row * DigitPainter.PixelCount)..((row + 1) * DigitPainter.PixelCount)])];
        SaliencyMap[] maps = Explain(network, images, [.. rows.Select(row => digits.TestLabels[row])], options.Threads);
        Report(maps);
        Draw(images, maps, options.Output);
        Console.WriteLine($"pictures are in {options.Output}");
        return new SaliencyResult(accuracy, maps);
    }

    /// <summary>All images at once: Backward from a 1 at each winner, and only to the inputs.</summary>
    private static SaliencyMap[] Explain(SaliencyDigits network, float[] images, int[] digits, int threads)
    {
        int[] winners = new int[digits.Length];
        network.Classify(images, winners);
        using SaliencyDigits.Training training = network.CreateTraining(digits.Length, threads);
        float[] logits = new float[digits.Length * SaliencyDigits.OutputLength], ones = new float[logits.Length];
        for (int i = 0; i < winners.Length; i++)
        {
            ones[(i * SaliencyDigits.OutputLength) + winners[i]] = 1;
        }

        training.Forward(images, logits, training: false);
        training.Backward(ones, GradientTargets.Inputs);
        float[][] maps = [.. training.InputGradients.ToArray().Chunk(DigitPainter.PixelCount)];
        var random = new Random(1);
        return [.. maps.Select((map, i) =>
        {
            float[] image = images[(i * map.Length)..((i + 1) * map.Length)];
            float[] other = [.. map.Select(_ => random.NextSingle() - 0.5f)];
            return new SaliencyMap(digits[i], winners[i], map, RiseAlong(network, image, map, winners[i]), RiseAlong(network, image, other, winners[i]));
        })];
    }

    /// <summary>The change of a logit from a small step back to a small step forth, per unit of length.</summary>
    private static double RiseAlong(SaliencyDigits network, float[] image, float[] direction, int winner)
    {
        float length = MathF.Sqrt(direction.Sum(value => value * value));
        double Logit(float step) => network.Predict([.. image.Zip(direction, (pixel, value) => pixel + (step * value / length))])[winner];
        return (Logit(Step) - Logit(-Step)) / (2 * Step);
    }

    private static void Report(SaliencyMap[] maps)
    {
        var table = new Table();
        table.AddColumns("digit", "taken for", "length of the gradient", "a step along it", "a step at random");
        foreach (SaliencyMap map in maps)
        {
            table.AddRow(
                FormattableString.Invariant($"{map.Digit}"),
                FormattableString.Invariant($"{map.Winner}"),
                FormattableString.Invariant($"{map.Steepness:0.00}"),
                FormattableString.Invariant($"{map.Rise:0.00}"),
                FormattableString.Invariant($"{map.RandomRise:0.00}"));
        }

        table.Show("how fast the winner's logit rises");
    }

    /// <summary>Each digit beside its map, over a shade of the digit: orange where ink speaks for the winner, blue where it speaks against it.</summary>
    private static void Draw(float[] images, SaliencyMap[] maps, string output)
    {
        const int Pixels = DigitPainter.PixelCount;
        float[] sheet = new float[maps.Length * 2 * Pixels * 3];
        for (int i = 0; i < maps.Length; i++)
        {
            // A few pixels far above all others would leave nothing else to be seen.
            float full = maps[i].Map.Select(MathF.Abs).Order().ElementAt(Pixels * 98 / 100);
            for (int pixel = 0; pixel < Pixels; pixel++)
            {
                float ink = images[(i * Pixels) + pixel], gradient = maps[i].Map[pixel], strength = full == 0 ? 0 : MathF.Min(1, MathF.Abs(gradient) / full);
                ReadOnlySpan<float> colour = gradient > 0 ? [1, 0.6f, 0.2f] : [0.3f, 0.6f, 1];
                for (int c = 0; c < 3; c++)
                {
                    sheet[(((2 * i * Pixels) + pixel) * 3) + c] = ink;
                    sheet[(((((2 * i) + 1) * Pixels) + pixel) * 3) + c] = ((1 - strength) * Shade * ink) + (strength * colour[c]);
                }
            }
        }

        string[] captions = [.. maps.SelectMany(map => new[] { $"{map.Digit}", map.Digit == map.Winner ? "" : $"taken for {map.Winner}" })];
        new ImageGrid(sheet, DigitPainter.Size, DigitPainter.Size, channels: 3, columns: 8, captions: captions, title: "which pixels decide: orange for the digit, blue against it").SaveTo(output, "saliency");

        // One of them, the one that changes fastest, large and with its scale.
        int steepest = Enumerable.Range(0, maps.Length).MaxBy(i => maps[i].Steepness);
        new PictureGrid(
            [
                new HeatMap(images.AsSpan(steepest * Pixels, Pixels), DigitPainter.Size, title: "ink"),
                new HeatMap(maps[steepest].Map, DigitPainter.Size, HeatPalette.Signed, title: $"gradient of the logit of {maps[steepest].Winner}"),
            ],
            columns: 2).SaveTo(output, "saliency-large");
    }
}
