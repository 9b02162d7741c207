using System.Globalization;

namespace Benchmarks.Machine;

/// <summary>The sizes in bytes of the caches that one core sees.</summary>
internal sealed record CacheSizes(long Level1, long Level2, long Level3)
{
    private const string LinuxFolder = "/sys/devices/system/cpu/cpu0/cache";

    /// <summary>What Linux says of the first core; elsewhere sizes that common processors have at least.</summary>
    public static CacheSizes Read()
    {
        var sizes = new CacheSizes(32 << 10, 512 << 10, 8 << 20);
        if (!Directory.Exists(LinuxFolder))
        {
            return sizes;
        }

        foreach (string cache in Directory.EnumerateDirectories(LinuxFolder, "index*"))
        {
            if (ReadLine(cache, "type") == "Instruction" || !TryReadSize(ReadLine(cache, "size"), out long bytes))
            {
                continue;
            }

            sizes = ReadLine(cache, "level") switch
            {
                "1" => sizes with { Level1 = bytes },
                "2" => sizes with { Level2 = bytes },
                "3" => sizes with { Level3 = bytes },
                _ => sizes,
            };
        }

        return sizes;
    }

    private static string ReadLine(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : "";
    }

    private static bool TryReadSize(string text, out long bytes)
    {
        bytes = 0;
        if (!text.EndsWith('K') || !long.TryParse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture, out long kilobytes))
        {
            return false;
        }

        bytes = kilobytes << 10;
        return bytes > 0;
    }
}
