namespace NetCompiler;

/// <summary>The four files of MNIST, or of a data set in its form (Fashion-MNIST), in one folder.</summary>
public static class Mnist
{
    /// <summary>Reads training and test images with their labels; every file may be plain or end in .gz.</summary>
    /// <param name="folder">The folder with the files.</param>
    /// <param name="progress">Hears how far each file has been read, about a hundred times; null for nobody.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the numbers of images and labels differ.</exception>
    /// <exception cref="OperationCanceledException">The reading was canceled.</exception>
    public static (LabeledImages Train, LabeledImages Test) Load(
        string folder, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return (LoadPart(folder, "train", progress, cancellationToken), LoadPart(folder, "t10k", progress, cancellationToken));
    }

    private static LabeledImages LoadPart(string folder, string part, IProgress<ReadProgress>? progress, CancellationToken cancellationToken) =>
        IdxFile.ReadPair(Find(folder, part + "-images-idx3-ubyte"), Find(folder, part + "-labels-idx1-ubyte"), progress, cancellationToken);

    private static string Find(string folder, string name)
    {
        string plain = Path.Combine(folder, name), packed = plain + ".gz";
        return File.Exists(plain) ? plain : File.Exists(packed) ? packed : throw new FileNotFoundException($"\"{folder}\" has neither {name} nor {name}.gz.", plain);
    }
}
