using NetCompiler;

namespace Samples.Data;

/// <summary>Labelled images for training and for testing.</summary>
/// <param name="Train">For training.</param>
/// <param name="Test">For judging.</param>
/// <param name="Source">Where the images come from, for people.</param>
public sealed record ImageSplit(LabeledImages Train, LabeledImages Test, string Source)
{
    /// <summary>Digits in the form of other images.</summary>
    public static ImageSplit From(DigitImages digits) => new(
        new LabeledImages(digits.TrainImages, digits.TrainLabels, 28, 28),
        new LabeledImages(digits.TestImages, digits.TestLabels, 28, 28),
        digits.Source);

    /// <summary>The ten kinds of clothing of Fashion-MNIST; null, and a line that says so, where the files are not there.</summary>
    /// <param name="folder">The folder of the files, or null for the shared one.</param>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static ImageSplit? LoadFashion(string? folder) => Load(folder, "fashion-mnist", "train-images-idx3-ubyte.gz", "Fashion-MNIST", files => Mnist.Load(files));

    /// <summary>CIFAR-10, or the part of it that the folder has; null, and a line that says so, where the files are not there.</summary>
    /// <param name="folder">The folder of the files, or null for the shared one.</param>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static ImageSplit? LoadCifar10(string? folder) => Load(folder, "cifar10", "data_batch_1.bin.gz", "CIFAR-10", files => Cifar10.Load(files));

    /// <summary>The first images only, for short runs.</summary>
    public ImageSplit Take(int trainCount, int testCount) => this with { Train = Take(Train, trainCount), Test = Take(Test, testCount) };

    /// <summary>The first images only where a command line has --images N.</summary>
    /// <exception cref="ArgumentException">--images is no number of images.</exception>
    public ImageSplit Take(SampleArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        (int train, int test) = arguments.Parts("images");
        return Take(train, test);
    }

    private static ImageSplit? Load(string? given, string name, string file, string title, Func<string, (LabeledImages Train, LabeledImages Test)> load)
    {
        string? found = SharedFolder.FindFile(given, $"data/{name}/{file}", out string reason);
        if (found is null)
        {
            Console.WriteLine($"{title} is left out: {reason}.");
            return null;
        }

        string folder = Path.GetDirectoryName(found)!;
        (LabeledImages train, LabeledImages test) = load(folder);
        return new ImageSplit(train, test, $"{title} in {folder}");
    }

    private static LabeledImages Take(LabeledImages images, int count)
    {
        int taken = Math.Min(count, images.Labels.Length), length = images.Images.Length / Math.Max(1, images.Labels.Length);
        return images with { Images = images.Images[..(taken * length)], Labels = images.Labels[..taken] };
    }
}
