using System.Formats.Tar;
using System.Globalization;

namespace NetCompiler;

/// <summary>A recording of one digit.</summary>
/// <param name="Digit">0 to 9.</param>
/// <param name="Speaker">Who speaks.</param>
/// <param name="Index">The number of the speaker's recording of the digit; those below 5 are the usual test.</param>
/// <param name="Samples">Mono, from -1 to 1, at <see cref="SpokenDigits.SampleRate"/>.</param>
public sealed record SpokenDigit(int Digit, string Speaker, int Index, float[] Samples);

/// <summary>
/// Reads the Free Spoken Digit Dataset: a tar archive, plain or gzip, of recordings named {digit}_{speaker}_{index}.wav, mono, 16 bits, 8,000 Hz.
/// </summary>
public static class SpokenDigits
{
    /// <summary>Samples per second.</summary>
    public const int SampleRate = 8000;

    private static readonly WavExpectation Expected = new() { SampleRate = SampleRate, Channels = 1, BitsPerSample = 16 };

    /// <summary>Reads all recordings, ordered by digit, speaker and index; other files than .wav are passed over.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="progress">Hears how far each file has been read, about a hundred times; null for nobody.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged or has no recording, or a recording is named or recorded otherwise; the message names archive and recording.</exception>
    /// <exception cref="OperationCanceledException">The reading was canceled.</exception>
    public static IReadOnlyList<SpokenDigit> Read(string path, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using Stream stream = DataFile.Open(path, progress, cancellationToken);
        return Read(stream, path);
    }

    /// <inheritdoc cref="Read(string, IProgress{ReadProgress}?, CancellationToken)"/>
    /// <param name="stream">The archive; unpacked where it is gzip and can seek.</param>
    /// <param name="name">What error messages call the archive.</param>
    public static IReadOnlyList<SpokenDigit> Read(Stream stream, string name = "Recordings")
    {
        ArgumentNullException.ThrowIfNull(stream);
        List<SpokenDigit> digits = [];
        using TarReader archive = new(DataFile.Unpack(stream, name), leaveOpen: true);
        while (Next(archive, name, digits.Count) is TarEntry entry)
        {
            if (entry is { EntryType: TarEntryType.RegularFile or TarEntryType.V7RegularFile } && entry.Name.EndsWith(".wav", StringComparison.OrdinalIgnoreCase))
            {
                digits.Add(ReadEntry(entry, $"{name}: {entry.Name}"));
            }
        }

        return digits.Count > 0
            ? [.. digits.OrderBy(digit => digit.Digit).ThenBy(digit => digit.Speaker, StringComparer.Ordinal).ThenBy(digit => digit.Index)]
            : throw new InvalidDataException($"{name} has no .wav file.");
    }

    private static TarEntry? Next(TarReader archive, string name, int read)
    {
        try
        {
            return archive.GetNextEntry();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException && !exception.Message.StartsWith(name, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{name}: the tar archive is damaged or truncated after {read} recordings: {exception.Message}", exception);
        }
    }

    private static SpokenDigit ReadEntry(TarEntry entry, string place)
    {
        string[] parts = Path.GetFileNameWithoutExtension(entry.Name).Split('_');
        if (parts.Length != 3 || parts[0] is not [>= '0' and <= '9'] || parts[1].Length == 0 || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            throw new InvalidDataException($"{place} is not named digit_speaker_index.wav, as 7_jackson_32.wav.");
        }

        WavSound sound;
        try
        {
            sound = WavFile.Read(entry.DataStream ?? Stream.Null, Expected, place);
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException($"{place}: the tar archive is truncated: {exception.Message}", exception);
        }

        return new SpokenDigit(parts[0][0] - '0', parts[1], index, sound.Samples);
    }
}
