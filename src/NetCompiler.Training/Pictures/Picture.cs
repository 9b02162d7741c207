using System.Text;

namespace NetCompiler;

/// <summary>A drawing that can be written as SVG, legible on light and on dark pages.</summary>
public abstract class Picture
{
    /// <summary>The width in pixels.</summary>
    public abstract int Width { get; }

    /// <summary>The height in pixels.</summary>
    public abstract int Height { get; }

    /// <summary>The drawing as a complete SVG document.</summary>
    public string ToSvg()
    {
        SvgCanvas canvas = new(Width, Height);
        Draw(canvas);
        return canvas.Finish();
    }

    /// <summary>Writes the SVG document to a file; an existing file is replaced only once the new one is complete and on the disk.</summary>
    /// <exception cref="ArgumentException">The file's name does not end in .svg.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"\"{path}\" does not end in .svg, the only format of pictures.", nameof(path));
        }

        byte[] document = Encoding.UTF8.GetBytes(ToSvg());

        // A link stays a link: what it points to is replaced.
        FileInfo link = new(Path.GetFullPath(path));
        string full = link.LinkTarget is null ? link.FullName : link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? link.FullName;
        string temporary = Path.Combine(Path.GetDirectoryName(full) ?? full, $".netcompiler-{Guid.NewGuid():N}.tmp");
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(document);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            DeleteQuietly(temporary);
            throw;
        }
    }

    /// <summary>Draws everything.</summary>
    private protected abstract void Draw(ICanvas canvas);

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to report.
        }
    }
}
