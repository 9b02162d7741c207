namespace NetCompiler;

/// <summary>Images in rows and columns with a line of text under each: digits with their predictions.</summary>
public sealed class ImageGrid : Picture
{
    private const int Gap = 8;

    private readonly byte[][] _pixels;
    private readonly IReadOnlyList<string> _captions;
    private readonly int _height;
    private readonly int _width;
    private readonly int _columns;
    private readonly int _scale;

    /// <summary>Draws images of one size.</summary>
    /// <param name="images">Values from 0 (black) to 1 (white), channels last, image after image.</param>
    /// <param name="height">The number of rows of an image.</param>
    /// <param name="width">The number of columns of an image.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <param name="columns">The number of images side by side.</param>
    /// <param name="captions">One line per image, or null.</param>
    /// <param name="title">The line above them.</param>
    /// <exception cref="ArgumentException">The values are no whole number of images, there are none, or the captions are more or fewer than the images or one is null.</exception>
    public ImageGrid(ReadOnlySpan<float> images, int height, int width, int channels = 1, int columns = 8, IReadOnlyList<string>? captions = null, string title = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (channels is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "Images have 1 or 3 channels.");
        }

        long length = (long)height * width * channels;
        if (images.IsEmpty || images.Length % length != 0)
        {
            throw new ArgumentException($"{images.Length} values are no whole number of images of {height} x {width} x {channels}.", nameof(images));
        }

        _pixels = new byte[(int)(images.Length / length)][];
        _captions = Elements.Require(captions ?? [.. _pixels.Select(_ => "")], nameof(captions));
        if (_captions.Count != _pixels.Length)
        {
            throw new ArgumentException($"There are {_captions.Count} captions, but {_pixels.Length} images.", nameof(captions));
        }

        for (int i = 0; i < _pixels.Length; i++)
        {
            _pixels[i] = ToPixels(images.Slice(i * (int)length, (int)length), channels);
        }

        _height = height;
        _width = width;
        _columns = Math.Min(columns, _pixels.Length);
        _scale = Math.Max(1, 64 / Math.Max(height, width));
        Title = title;
    }

    /// <inheritdoc/>
    public override int Width => (2 * Gap) + (_columns * ((_width * _scale) + Gap));

    /// <inheritdoc/>
    public override int Height => Top + (((_pixels.Length + _columns - 1) / _columns) * ((_height * _scale) + Gap + CaptionHeight)) + Gap;

    private int Top => Title.Length > 0 ? 40 : Gap;

    private int CaptionHeight => _captions.Any(caption => caption.Length > 0) ? 16 : 0;

    internal override void Draw(ICanvas canvas)
    {
        DrawTitle(canvas);
        for (int i = 0; i < _pixels.Length; i++)
        {
            double width = _width * _scale, height = _height * _scale;
            double x = (1.5 * Gap) + (i % _columns * (width + Gap)), y = Top + (i / _columns * (height + Gap + CaptionHeight));
            canvas.Image(x, y, width, height, _pixels[i], _width, _height);
            canvas.Text(x + (width / 2), y + height + 13, GlyphFont.Fit(_captions[i], 12, width + Gap - 2), Paint.Ink);
        }
    }

    private static byte[] ToPixels(ReadOnlySpan<float> image, int channels)
    {
        byte[] pixels = new byte[image.Length / channels * 4];
        for (int i = 0; i < pixels.Length / 4; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                float value = image[(i * channels) + (channels == 1 ? 0 : c)];
                pixels[(4 * i) + c] = (byte)Math.Round(255 * (float.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1)));
            }

            pixels[(4 * i) + 3] = byte.MaxValue;
        }

        return pixels;
    }
}
