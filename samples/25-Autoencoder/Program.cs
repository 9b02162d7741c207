using NetCompiler;
using Samples.Data;
using Samples.Data.Drawing;
using Spectre.Console;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="Epochs">Passes over the training images.</param>
/// <param name="Output">The folder for pictures.</param>
/// <param name="Threads">The threads at most; 0 means one per core. The figures are the same for any number.</param>
public sealed record AutoencoderOptions(int Epochs = 10, string Output = "artifacts/25-Autoencoder", int Threads = 0);

/// <summary>What the autoencoder reached.</summary>
/// <param name="MeanError">The mean over test images of the mean squared error of their pixels.</param>
/// <param name="MeanImageError">The same where every image is answered by the mean of the training images.</param>
/// <param name="ClothesArea">How well the error tells clothes from digits, as the area under the receiver operating characteristic; null without clothes.</param>
public sealed record AutoencoderResult(double MeanError, double MeanImageError, double? ClothesArea);

/// <summary>Digits through 64 numbers and back, and what the error of that tells.</summary>
public static class AutoencoderSample
{
    private const int Shown = 10;
    private const int Drawn = 20;

    /// <summary>Options: --data FOLDER of digits, --images N at most, --epochs N, --threads N, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static AutoencoderResult Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["data", "images", "epochs", "threads", "output"]);
        var options = new AutoencoderOptions();
        options = new AutoencoderOptions(arguments.Count("epochs", options.Epochs), arguments.Folder("output", options.Output), arguments.Count("threads", options.Threads));
        return Run(DigitSource.Load(arguments), ImageSplit.LoadFashion(null), options);
    }

    /// <summary>Trains on digits, then restores test digits and, where there are some, clothes, which it has never seen.</summary>
    public static AutoencoderResult Run(DigitImages digits, ImageSplit? clothes, AutoencoderOptions options)
    {
        Console.WriteLine($"{digits.TrainLabels.Length} training and {digits.TestLabels.Length} test images: {digits.Source}");
        Console.WriteLine(Autoencoder.Description);
        var network = new Autoencoder(seed: 1);
        History history = network.Fit(Dataset.Create<Autoencoder>(digits.TrainImages, digits.TrainImages), new FitOptions
        {
            Epochs = options.Epochs,
            BatchSize = 64,
            Threads = options.Threads,
            Metrics = [new RootMeanSquaredError()],
            Verbosity = Verbosity.Lines,
        });
        history.ToPlot().SaveTo(options.Output, "learning-curve");

        float[] restored = network.Predict(digits.TestImages);
        double[] errors = Errors(digits.TestImages, restored);
        double meanImageError = Errors(digits.TestImages, [.. Enumerable.Repeat(MeanOf(digits.TrainImages), errors.Length).SelectMany(image => image)]).Average();
        var table = new Table();
        table.AddColumns("test image", "digit", "error");
        for (int i = 0; i < Math.Min(Shown, errors.Length); i++)
        {
            table.AddRow(FormattableString.Invariant($"{i}"), FormattableString.Invariant($"{digits.TestLabels[i]}"), FormattableString.Invariant($"{errors[i]:0.0000}"));
        }

        table.AddRow("all", "", FormattableString.Invariant($"{errors.Average():0.0000}"));
        table.AddRow("all, by the mean image", "", FormattableString.Invariant($"{meanImageError:0.0000}"));
        table.Show("mean squared error of the pixels");
        DrawPairs(digits.TestImages, restored, errors, "digits, and what 64 numbers keep of them", options.Output, "digits");
        double? area = clothes is null ? null : CompareWithClothes(network, clothes.Test, errors, options.Output);
        Console.WriteLine($"pictures are in {options.Output}");
        return new AutoencoderResult(errors.Average(), meanImageError, area);
    }

    /// <summary>What the network was not trained on comes back worse: the error finds it.</summary>
    private static double CompareWithClothes(Autoencoder network, LabeledImages clothes, double[] digitErrors, string output)
    {
        float[] restored = network.Predict(clothes.Images);
        double[] errors = Errors(clothes.Images, restored);
        DrawPairs(clothes.Images, restored, errors, "clothes, which it has never seen", output, "clothes");
        float[] scores = [.. digitErrors.Concat(errors).Select(error => (float)error)];
        float[] truth = [.. Enumerable.Repeat(0f, digitErrors.Length), .. Enumerable.Repeat(1f, errors.Length)];
        double area = new Auc().Compute(new MetricBatch(scores, truth, 1));
        Console.WriteLine(FormattableString.Invariant($"clothes come back with an error of {errors.Average():0.0000}; of a garment and a digit, the garment has the larger error in {100 * area:0.0} of 100 cases"));
        return area;
    }

    private static double[] Errors(float[] images, float[] restored)
    {
        double[] errors = new double[images.Length / DigitPainter.PixelCount];
        for (int i = 0; i < images.Length; i++)
        {
            double difference = images[i] - restored[i];
            errors[i / DigitPainter.PixelCount] += difference * difference / DigitPainter.PixelCount;
        }

        return errors;
    }

    private static float[] MeanOf(float[] images)
    {
        double[] sums = new double[DigitPainter.PixelCount];
        for (int i = 0; i < images.Length; i++)
        {
            sums[i % sums.Length] += images[i];
        }

        return [.. sums.Select(sum => (float)(sum * sums.Length / images.Length))];
    }

    /// <summary>The first images, each with its reconstruction to the right, over its error.</summary>
    private static void DrawPairs(float[] images, float[] restored, double[] errors, string title, string output, string name)
    {
        const int Size = DigitPainter.Size, Pixels = DigitPainter.PixelCount;
        int count = Math.Min(Drawn, errors.Length);
        float[] sheet = new float[count * 2 * Pixels];
        for (int i = 0; i < count; i++)
        {
            images.AsSpan(i * Pixels, Pixels).CopyTo(sheet.AsSpan(2 * i * Pixels));
            restored.AsSpan(i * Pixels, Pixels).CopyTo(sheet.AsSpan(((2 * i) + 1) * Pixels));
        }

        string[] captions = [.. errors.Take(count).SelectMany(error => new[] { "", FormattableString.Invariant($"{error:0.0000}") })];
        new ImageGrid(sheet, Size, Size, columns: 10, captions: captions, title: title).SaveTo(output, name);
    }
}
