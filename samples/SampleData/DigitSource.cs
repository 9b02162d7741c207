using NetCompiler;

namespace Samples.Data;

/// <summary>Where a sample's digits come from: real ones where they can be had, otherwise drawn ones. Says which.</summary>
public static class DigitSource
{
    /// <summary>The digits that a command line asks for: --data FOLDER of MNIST, else the shared folder's; --images N takes the first of them.</summary>
    /// <exception cref="ArgumentException">--images is no number of images.</exception>
    /// <exception cref="InvalidDataException">A file is there, but damaged.</exception>
    public static DigitImages Load(SampleArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        (int train, int test) = arguments.Parts("images");
        return Load(arguments.Text("data"), useShared: true, mayDownload: false).Take(train, test);
    }

    /// <summary>
    /// MNIST in <paramref name="dataFolder"/>, in the shared folder where <paramref name="useShared"/>, in the user's cache, or from the
    /// network where <paramref name="mayDownload"/>; otherwise drawn digits.
    /// </summary>
    /// <exception cref="InvalidDataException">A file is there, but damaged.</exception>
    public static DigitImages Load(string? dataFolder, bool useShared, bool mayDownload)
    {
        string? shared = useShared && SharedFolder.Find() is { } root ? Path.Combine(root, "data", "mnist") : null;
        string[] folders = [.. new[] { dataFolder, shared, MnistFiles.CacheFolder }.OfType<string>()];
        foreach (string folder in folders)
        {
            if (MnistFiles.AreIn(folder))
            {
                return Read(folder);
            }

            if (folder == dataFolder)
            {
                Console.WriteLine($"{folder} does not have the four files of MNIST; looking elsewhere.");
            }
        }

        if (mayDownload)
        {
            Console.WriteLine($"Downloading MNIST (11 MB) to {MnistFiles.CacheFolder} ...");
            string? problem = Download();
            if (problem is null)
            {
                return Read(MnistFiles.CacheFolder);
            }

            Console.WriteLine($"MNIST could not be downloaded ({problem}).");
        }

        Console.WriteLine(WhyDrawn(folders));
        return DigitImages.Draw();
    }

    /// <summary>What is said before digits are drawn.</summary>
    /// <param name="folders">The folders that do not have MNIST.</param>
    public static string WhyDrawn(IReadOnlyList<string> folders) =>
        $"there is no MNIST in {string.Join(" or ", folders)}; drawing digits: outlines under random slants, sizes, pens and specks. Figures for real MNIST differ";

    // Ctrl+C ends the download, not the program.
    private static string? Download()
    {
        using var cancellation = new CancellationTokenSource();
        void Cancel(object? sender, ConsoleCancelEventArgs pressed)
        {
            pressed.Cancel = true;
            cancellation.Cancel();
        }

        Console.CancelKeyPress += Cancel;
        try
        {
            return MnistDownload.RunAsync(MnistFiles.CacheFolder, cancellationToken: cancellation.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return "canceled";
        }
        finally
        {
            Console.CancelKeyPress -= Cancel;
        }
    }

    private static DigitImages Read(string folder)
    {
        (LabeledImages train, LabeledImages test) = Mnist.Load(folder);
        return new DigitImages(train.Images, train.Labels, test.Images, test.Labels, $"MNIST in {folder}") { IsMnist = true };
    }
}
