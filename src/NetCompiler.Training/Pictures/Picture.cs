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

    /// <summary>Writes the SVG document to a file; an existing file is replaced only once the new one is complete.</summary>
    /// <exception cref="ArgumentException">The file's name does not end in .svg.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"\"{path}\" does not end in .svg, the only format of pictures.", nameof(path));
        }

        string temporary = path + ".tmp";
        try
        {
            File.WriteAllText(temporary, ToSvg(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Draws everything.</summary>
    private protected abstract void Draw(ICanvas canvas);
}
