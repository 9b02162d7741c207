using System.Globalization;

namespace NetCompiler;

/// <summary>A review with its judgement.</summary>
/// <param name="Label">1 for a positive review, 0 for a negative one.</param>
/// <param name="Rating">Stars, from 1 to 10.</param>
/// <param name="Id">The review's number within its part and label.</param>
/// <param name="Text">The text as written, line breaks as <c>&lt;br /&gt;</c>.</param>
public sealed record Review(int Label, int Rating, string Id, string Text);

/// <summary>
/// Reads the Large Movie Review Dataset as tab-separated text, plain or gzip: a header, then per line label, rating, id and text. Lines end in LF alone and only the
/// first three tabs of a line separate, since texts hold other Unicode line breaks.
/// </summary>
public static class Imdb
{
    private const string Header = "label\trating\tid\ttext";

    /// <summary>Reads training and test reviews: imdb-train.tsv and imdb-test.tsv, each plain or ending in .gz.</summary>
    /// <param name="folder">The folder with the files.</param>
    /// <param name="progress">Hears how far each file has been read, about a hundred times; null for nobody.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged; the message names file and line, or byte.</exception>
    /// <exception cref="OperationCanceledException">The reading was canceled.</exception>
    public static (IReadOnlyList<Review> Train, IReadOnlyList<Review> Test) Load(
        string folder, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return (Read(Find(folder, "imdb-train.tsv"), progress, cancellationToken), Read(Find(folder, "imdb-test.tsv"), progress, cancellationToken));
    }

    /// <summary>Reads the reviews of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Hears how far each file has been read, about a hundred times; null for nobody.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file has another header, a line has fewer than four columns, a label or rating is none, or the bytes are no UTF-8.</exception>
    /// <exception cref="OperationCanceledException">The reading was canceled.</exception>
    public static IReadOnlyList<Review> Read(string path, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using Stream stream = DataFile.Open(path, progress, cancellationToken);
        return Read(stream, path);
    }

    /// <inheritdoc cref="Read(string, IProgress{ReadProgress}?, CancellationToken)"/>
    /// <param name="stream">The text; unpacked where it is gzip and can seek.</param>
    /// <param name="name">What error messages call the text.</param>
    public static IReadOnlyList<Review> Read(Stream stream, string name = "Reviews")
    {
        string[] lines = Utf8Text.Read(stream, name).Split('\n');
        if (lines[0] != Header)
        {
            throw new InvalidDataException($"{name}, line 1: \"{lines[0][..Math.Min(lines[0].Length, 60)]}\" is not the header \"{Header.Replace('\t', ' ')}\" with tabs.");
        }

        List<Review> reviews = new(lines.Length);
        for (int i = 1; i < lines.Length; i++)
        {
            // What follows the last line feed is nothing.
            if (i < lines.Length - 1 || lines[i].Length > 0)
            {
                reviews.Add(ReadLine(lines[i], $"{name}, line {i + 1}"));
            }
        }

        return reviews;
    }

    private static Review ReadLine(string line, string place)
    {
        string[] columns = line.Split('\t', 4);
        if (columns.Length < 4)
        {
            throw new InvalidDataException($"{place} has {columns.Length} columns; label, rating, id and text were expected, with tabs between them.");
        }

        int label = ReadNumber(columns[0], "label", 0, 1, place), rating = ReadNumber(columns[1], "rating", 1, 10, place);
        return new Review(label, rating, columns[2], columns[3]);
    }

    private static int ReadNumber(string text, string column, int least, int most, string place) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw new InvalidDataException($"{place}: the {column} \"{text}\" is not a whole number from {least} to {most}.");

    private static string Find(string folder, string name)
    {
        string plain = Path.Combine(folder, name), packed = plain + ".gz";
        return File.Exists(plain) ? plain : File.Exists(packed) ? packed : throw new FileNotFoundException($"\"{folder}\" has neither {name} nor {name}.gz.", plain);
    }
}
