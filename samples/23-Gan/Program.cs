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
        options = new GanOptions(arguments.Count("epochs", options.Epochs), arguments.Count("every", options.SheetEvery), arguments.Folder("output", options.Output));
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

        Console.WriteLine("a network that reads what is drawn:");
        var reader = new DigitReader(seed: 1);
        reader.Fit(Dataset.Create<DigitReader>(digits.TrainImages, digits.TrainLabels), new FitOptions { Epochs = 4, Verbosity = Verbosity.Lines });
        double accuracy = reader.Evaluate(Dataset.Create<DigitReader>(digits.TestImages, digits.TestLabels)).Accuracy;
        SampleVariety variety = SampleVariety.Measure(Draw(generator, Judged, seed: 3), real[..(Math.Min(Judged, digits.TrainLabels.Length) * DigitPainter.PixelCount)], reader);
        Report(variety, accuracy, options.Output);
        Console.WriteLine($"pictures are in {options.Output}");
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

/// <summary>
/// Trains a generator and a discriminator in turn (Goodfellow et al. 2014). The generator learns through the discriminator: the gradient of the discriminator's
/// loss with respect to its input is, without a copy, the gradient of the generator's output. The discriminator stays as it is meanwhile because nothing updates it.
/// </summary>
public sealed class GanTraining : IDisposable
{
    // A discriminator that is never quite sure leaves the generator a gradient (Salimans et al. 2016, one-sided label smoothing).
    private const float RealTarget = 0.9f;

    private readonly DigitGenerator.Training _generator;
    private readonly DigitDiscriminator.Training _discriminator;
    private readonly OptimizerState _generatorOptimizer;
    private readonly OptimizerState _discriminatorOptimizer;
    private readonly Random _random;
    private readonly float[] _noise;
    private readonly float[] _images;
    private readonly float[] _real;
    private readonly float[] _drawn;
    private readonly float[] _wanted;

    /// <summary>Makes a training with room for a batch.</summary>
    public GanTraining(DigitGenerator generator, DigitDiscriminator discriminator, int batchSize, Optimizer optimizer, int seed)
    {
        _generator = generator.CreateTraining(batchSize);
        _discriminator = discriminator.CreateTraining(batchSize);
        _generatorOptimizer = optimizer.CreateState(_generator);
        _discriminatorOptimizer = optimizer.CreateState(_discriminator);
        _random = new Random(seed);
        _noise = new float[batchSize * DigitGenerator.InputLength];
        _images = new float[batchSize * DigitGenerator.OutputLength];
        _real = [.. Enumerable.Repeat(RealTarget, batchSize)];
        _drawn = new float[batchSize];
        _wanted = [.. Enumerable.Repeat(1f, batchSize)];
    }

    /// <summary>One step of each network on as many real images as the batch has. Allocates nothing.</summary>
    /// <param name="realImages">A whole batch, 784 pixels from -1 to 1 per image.</param>
    /// <returns>The loss of the discriminator, the mean of real and drawn images, and that of the generator: what the discriminator would lose were its images real.</returns>
    public (float Discriminator, float Generator) Step(ReadOnlySpan<float> realImages)
    {
        FillWithNoise(_random, _noise);
        _generator.Forward(_noise, _images);
        float onReal = _discriminator.ComputeGradients(realImages, _real);
        float onDrawn = _discriminator.ComputeGradients(_images, _drawn, accumulate: true);
        _discriminatorOptimizer.Update(_discriminator.Parameters, _discriminator.Gradients);

        float loss = _discriminator.ComputeGradients(_images, _wanted, GradientTargets.Inputs);
        _generator.Backward(_discriminator.InputGradients);
        _generatorOptimizer.Update(_generator.Parameters, _generator.Gradients);
        return ((onReal + onDrawn) / 2, loss);
    }

    /// <summary>Normal random numbers, by the method of Box and Muller.</summary>
    public static void FillWithNoise(Random random, Span<float> noise)
    {
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _generator.Dispose();
        _discriminator.Dispose();
    }
}

/// <summary>Whether drawn images differ from each other as real ones do, or have collapsed to a few.</summary>
/// <param name="MeanDistance">The mean Euclidean distance between two drawn images.</param>
/// <param name="RealDistance">The same of real ones.</param>
/// <param name="Histogram">How many drawn images are read as each digit.</param>
public sealed record SampleVariety(double MeanDistance, double RealDistance, int[] Histogram)
{
    /// <summary>The number of equally frequent digits that would be as varied: e to the entropy of the histogram, from 1 to 10.</summary>
    public double EffectiveDigits
    {
        get
        {
            double total = Histogram.Sum();
            return Math.Exp(-Histogram.Where(count => count > 0).Sum(count => count / total * Math.Log(count / total)));
        }
    }

    /// <summary>Compares drawn images with as many real ones.</summary>
    public static SampleVariety Measure(float[] drawn, float[] real, DigitReader reader)
    {
        int[] digits = new int[drawn.Length / DigitReader.InputLength];

        // The reader knows pixels from 0 to 1.
        reader.Classify([.. drawn.Select(pixel => (pixel + 1) / 2)], digits);
        int[] histogram = new int[10];
        foreach (int digit in digits)
        {
            histogram[digit]++;
        }

        return new SampleVariety(MeanPairDistance(drawn), MeanPairDistance(real), histogram);
    }

    /// <summary>Over neighbours in order, which are independent.</summary>
    private static double MeanPairDistance(float[] images)
    {
        float[][] all = [.. images.Chunk(DigitReader.InputLength)];
        return all.Zip(all.Skip(1)).Average(pair => Math.Sqrt(pair.First.Zip(pair.Second).Sum(pixel => (pixel.First - pixel.Second) * (double)(pixel.First - pixel.Second))));
    }
}
