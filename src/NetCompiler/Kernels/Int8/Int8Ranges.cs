using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>
/// The ranges that rows are rounded by: each row's own, or one that calibration found in data for all rows of a place. Places lie one behind another, 16 elements each: how rows are
/// rounded, the least and the largest value, and whether any was not finite. The texts of a network keep what calibration found, so that files and copies have it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Int8Ranges
{
    /// <summary>The elements of a place.</summary>
    internal const int Stride = 16;

    /// <summary>How a place rounds its rows: each by its own range, by the range that is there, or by its own, which widens the range that is there.</summary>
    internal const int Own = 0, Fixed = 1, Observing = 2;

    private const int LeastAt = 1, MostAt = 2, SpoiledAt = 3;

    /// <summary>Lets rows widen empty ranges.</summary>
    /// <param name="ranges">The first place.</param>
    /// <param name="count">The number of places.</param>
    public static void Observe(ref float ranges, int count)
    {
        for (int place = 0; place < count; place++)
        {
            ref float range = ref Unsafe.Add(ref ranges, place * Stride);
            Set(ref range, Observing, 0, 0);
            Unsafe.Add(ref range, SpoiledAt) = 0;
        }
    }

    /// <summary>Fixes the ranges that rows have widened, and keeps them among the texts of the network.</summary>
    /// <param name="ranges">The first place.</param>
    /// <param name="keys">The key of each place's text.</param>
    /// <param name="metadata">The texts.</param>
    /// <exception cref="ArgumentException">A row was not finite; ranges and texts are as they were before.</exception>
    public static void Fix(ref float ranges, ReadOnlySpan<string> keys, IDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        for (int place = 0; place < keys.Length; place++)
        {
            if (Unsafe.Add(ref ranges, (place * Stride) + SpoiledAt) != 0)
            {
                Read(ref ranges, keys, metadata);
                throw new ArgumentException($"Some of these samples bring a NaN or an infinity to the place \"{keys[place]}\", but a range has finite ends. The ranges are as they were before.");
            }
        }

        for (int place = 0; place < keys.Length; place++)
        {
            ref float range = ref Unsafe.Add(ref ranges, place * Stride);
            (float least, float most) = Of(ref range);
            metadata[keys[place]] = string.Create(CultureInfo.InvariantCulture, $"{least:R} {most:R}");
            Set(ref range, Fixed, least, most);
        }
    }

    /// <summary>Takes calibration back: every row by its own range.</summary>
    /// <param name="ranges">The first place.</param>
    /// <param name="keys">The key of each place's text.</param>
    /// <param name="metadata">The texts.</param>
    public static void Forget(ref float ranges, ReadOnlySpan<string> keys, IDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        foreach (string key in keys)
        {
            metadata.Remove(key);
        }

        Read(ref ranges, keys, metadata);
    }

    /// <summary>Takes the ranges from the texts of the network; a place that has none rounds every row by its own.</summary>
    /// <param name="ranges">The first place.</param>
    /// <param name="keys">The key of each place's text.</param>
    /// <param name="metadata">The texts.</param>
    /// <exception cref="InvalidOperationException">A text is no range.</exception>
    public static void Read(ref float ranges, ReadOnlySpan<string> keys, IDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        for (int place = 0; place < keys.Length; place++)
        {
            ref float range = ref Unsafe.Add(ref ranges, place * Stride);
            if (!metadata.TryGetValue(keys[place], out string? text))
            {
                Set(ref range, Own, 0, 0);
                continue;
            }

            if (!TryParse(text, out float least, out float most))
            {
                throw new InvalidOperationException($"Metadata[\"{keys[place]}\"] is \"{text}\", but must be the range that Calibrate found: two finite numbers, the first at most 0, the second at least 0.");
            }

            Set(ref range, Fixed, least, most);
        }
    }

    /// <summary>How a place rounds its rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ModeOf(ref float range) => Unsafe.As<float, int>(ref range);

    /// <summary>The ends of a range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (float Least, float Most) Of(ref float range) => (Unsafe.Add(ref range, LeastAt), Unsafe.Add(ref range, MostAt));

    /// <summary>Widens a range by that of a row.</summary>
    internal static void Widen(ref float range, float least, float most, bool isFinite)
    {
        if (!isFinite)
        {
            Unsafe.Add(ref range, SpoiledAt) = 1;
            return;
        }

        (float knownLeast, float knownMost) = Of(ref range);
        Set(ref range, Observing, Math.Min(least, knownLeast), Math.Max(most, knownMost));
    }

    private static void Set(ref float range, int mode, float least, float most)
    {
        Unsafe.As<float, int>(ref range) = mode;
        (Unsafe.Add(ref range, LeastAt), Unsafe.Add(ref range, MostAt)) = (least, most);
    }

    private static bool TryParse(ReadOnlySpan<char> text, out float least, out float most)
    {
        (least, most) = (0, 0);
        int space = text.IndexOf(' ');
        return space > 0 && float.TryParse(text[..space], NumberStyles.Float, CultureInfo.InvariantCulture, out least)
            && float.TryParse(text[(space + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out most)
            && float.IsFinite(least) && float.IsFinite(most) && least <= 0 && most >= 0;
    }
}
