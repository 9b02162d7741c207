using System.Diagnostics;
using NetCompiler;
using Samples.Data;
using Samples.Data.Drawing;
using Spectre.Console;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="Epochs">Passes over the real images.</param>
/// <param name="SheetEvery">The number of epochs between two sheets of drawn digits.</param>
/// <param name="Output">The folder for pictures.</param>
public sealed record GanOptions(int Epochs = 40, int SheetEvery = 5, string Output = "artifacts/23-Gan");

/// <summary>What the two networks came to.</summary>
/// <param name="DiscriminatorLosses">The mean loss of the discriminator by epoch.</param>
/// <param name="GeneratorLosses">The mean loss of the generator by epoch.</param>
/// <param name="Variety">How much the digits differ that are drawn at the end.</param>
/// <param name="ReaderAccuracy">The accuracy, on real test images, of the network that reads what is drawn.</param>
public sealed record GanResult(IReadOnlyList<double> DiscriminatorLosses, IReadOnlyList<double> GeneratorLosses, SampleVariety Variety, double ReaderAccuracy);

/// <summary>Two networks against each other: one draws digits, the other tells them from real ones.</summary>
public static class GanSample
{
    private const int BatchSize = 64;
    private const int SheetSize = 24;
    private const int Judged = 1000;

    /// <summary>Options: --data FOLDER, --images N at most, --epochs N, --every N epochs a sheet, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static GanResult Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["data", "images", "epochs", "every", "output"]);
        var options = new GanOptions();
        options = new GanOptions(arguments.Count("epochs", options.Epochs), arguments.Count("every", options.SheetEvery), arguments.Text("output") ?? options.Output);
        return Run(DigitSource.Load(arguments), options);
    }

    /// <summary>Trains both networks in turn, draws sheets on the way, and measures at the end whether the digits differ.</summary>
    public static GanResult Run(DigitImages digits, GanOptions options)
    {
        Console.WriteLine($"{digits.TrainLabels.Length} images: {digits.Source}");
        Console.WriteLine(DigitGenerator.Description);
        Console.WriteLine(DigitDiscriminator.Description);
        float[] real = [.. digits.TrainImages.Select(pixel => (2 * pixel) - 1)];
        var generator = new DigitGenerator(seed: 1);
        var losses = Train(generator, real, options);
        double[] epochs = [.. Enumerable.Range(1, options.Epochs).Select(epoch => (double)epoch)];
        new Plot("both losses by epoch", "epoch", "loss") { HasWholeX = true }
            .AddLine("discriminator", epochs, losses.Discriminator)
            .AddLine("generator", epochs, losses.Generator)
            .SaveTo(options.Output, "losses");

        var reader = new DigitReader(seed: 1);
        reader.Fit(Dataset.Create<DigitReader>(digits.TrainImages, digits.TrainLabels), new FitOptions { Epochs = 4, Verbosity = Verbosity.Silent });
        double accuracy = reader.Evaluate(Dataset.Create<DigitReader>(digits.TestImages, digits.TestLabels)).Accuracy;
        SampleVariety variety = SampleVariety.Measure(Draw(generator, Judged, seed: 3), real[..(Math.Min(Judged, digits.TrainLabels.Length) * DigitPainter.PixelCount)], reader);
        Report(variety, accuracy, options.Output);
        return new GanResult(losses.Discriminator, losses.Generator, variety, accuracy);
    }

    private static (double[] Discriminator, double[] Generator) Train(DigitGenerator generator, float[] real, GanOptions options)
    {
        using var training = new GanTraining(generator, new DigitDiscriminator(seed: 2), BatchSize, new Adam(0.0002, beta1: 0.5), seed: 1);
        int[] order = [.. Enumerable.Range(0, real.Length / DigitPainter.PixelCount)];
        float[] batch = new float[BatchSize * DigitPainter.PixelCount];
        double[] discriminator = new double[options.Epochs], generated = new double[options.Epochs];
        var random = new Random(2);
        var watch = Stopwatch.StartNew();
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            random.Shuffle(order);
            int batches = order.Length / BatchSize;
            for (int start = 0; start < batches * BatchSize; start += BatchSize)
            {
                for (int i = 0; i < BatchSize; i++)
                {
                    real.AsSpan(order[start + i] * DigitPainter.PixelCount, DigitPainter.PixelCount).CopyTo(batch.AsSpan(i * DigitPainter.PixelCount));
                }

                (float ofDiscriminator, float ofGenerator) = training.Step(batch);
                discriminator[epoch] += ofDiscriminator / batches;
                generated[epoch] += ofGenerator / batches;
            }

            TimeSpan left = watch.Elapsed / (epoch + 1) * (options.Epochs - epoch - 1);
            Console.WriteLine(FormattableString.Invariant($"  epoch {epoch + 1} of {options.Epochs}: discriminator {discriminator[epoch]:0.000}, generator {generated[epoch]:0.000}, {left.TotalSeconds:0} s left"));
            if ((epoch + 1) % options.SheetEvery == 0 || epoch + 1 == options.Epochs)
            {
                float[] drawn = [.. Draw(generator, SheetSize, seed: 4).Select(pixel => (pixel + 1) / 2)];
                new ImageGrid(drawn, DigitPainter.Size, DigitPainter.Size, title: $"drawn after epoch {epoch + 1}").SaveTo(options.Output, FormattableString.Invariant($"digits-{epoch + 1:000}"));
            }
        }

        return (discriminator, generated);
    }

    private static float[] Draw(DigitGenerator generator, int count, int seed)
    {
        float[] noise = new float[count * DigitGenerator.InputLength];
        GanTraining.FillWithNoise(new Random(seed), noise);
        return generator.Predict(noise);
    }

    private static void Report(SampleVariety variety, double accuracy, string output)
    {
        var table = new Table();
        table.AddColumns([.. Enumerable.Range(0, 10).Select(digit => FormattableString.Invariant($"{digit}"))]);
        table.AddRow([.. variety.Histogram.Select(count => FormattableString.Invariant($"{count}"))]);
        table.Show(FormattableString.Invariant($"{Judged} drawn digits, as read by a network with a test accuracy of {accuracy:0.000}"));
        Console.WriteLine(FormattableString.Invariant($"mean distance of two drawn images: {variety.MeanDistance:0.00}, of two real ones: {variety.RealDistance:0.00}")
            + FormattableString.Invariant($"; as varied as {variety.EffectiveDigits:0.0} digits equally often; pictures are in {output}"));
    }
}
