using System.Text;

namespace NetCompiler;

/// <summary>A drawing that can be written as SVG and as PNG, legible on light and on dark ground. The same drawing gives the same bytes everywhere.</summary>
public abstract class Picture
{
    /// <summary>The most pixels that a PNG may have: those of 16,384 rows of 16,384.</summary>
    private const double MostPixels = 1 << 28;

    private readonly string _title = "";

    /// <summary>The line above the drawing; empty for none.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public string Title
    {
        get => _title;
        init => _title = value ?? throw new ArgumentNullException(nameof(Title));
    }

    /// <summary>The width in pixels.</summary>
    public abstract int Width { get; }

    /// <summary>The height in pixels.</summary>
    public abstract int Height { get; }

    /// <summary>The drawing as a complete SVG document.</summary>
    /// <param name="theme">The ground; by default that of the page which shows it.</param>
    /// <exception cref="InvalidOperationException">There is nothing to draw.</exception>
    public string ToSvg(PictureTheme theme = PictureTheme.Auto)
    {
        SvgCanvas canvas = new(Width, Height, theme, Title);
        Draw(canvas);
        return canvas.Finish();
    }

    /// <summary>The drawing as a PNG file.</summary>
    /// <param name="theme">The ground; by default the light one.</param>
    /// <param name="scale">The number of the file's pixels for one of the picture's, as 2 for screens of high density.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive, or too large for a bitmap.</exception>
    /// <exception cref="InvalidOperationException">There is nothing to draw.</exception>
    public byte[] ToPng(PictureTheme theme = PictureTheme.Auto, double scale = 2)
    {
        if (!(scale > 0 && Width * scale * Height * scale <= MostPixels))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, FormattableString.Invariant($"The scale of a picture of {Width} x {Height} must be above 0 and at most {Math.Sqrt(MostPixels / Width / Height):0.#}."));
        }

        PngCanvas canvas = new(Width, Height, theme == PictureTheme.Dark, scale);
        Draw(canvas);
        return canvas.Finish();
    }

    /// <summary>Writes the drawing to a file, as SVG or PNG by the name's ending; an existing file is replaced only once the new one is complete and on the disk.</summary>
    /// <param name="path">A name that ends in .svg or .png.</param>
    /// <param name="theme">The ground.</param>
    /// <param name="scale">The number of a PNG's pixels for one of the picture's.</param>
    /// <exception cref="ArgumentException">The file's name ends in neither .svg nor .png.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive, or too large for a bitmap.</exception>
    /// <exception cref="InvalidOperationException">There is nothing to draw.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public void Save(string path, PictureTheme theme = PictureTheme.Auto, double scale = 2)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] content = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".svg" => Encoding.UTF8.GetBytes(ToSvg(theme)),
            ".png" => ToPng(theme, scale),
            _ => throw new ArgumentException($"\"{path}\" ends in neither .svg nor .png, the formats of pictures.", nameof(path)),
        };
        AtomicFile.Write(path, stream => stream.Write(content));
    }

    internal abstract void Draw(ICanvas canvas);

    /// <summary>Draws the title at the top, smaller or cut where it is too long.</summary>
    private protected void DrawTitle(ICanvas canvas, double y = 26)
    {
        double room = Width - 16, size = GlyphFont.Width(Title, 16) <= room ? 16 : 13;
        canvas.Text(Width / 2.0, y, GlyphFont.Fit(Title, size, room), Paint.Ink, size);
    }
}
