using Samples.Data.Drawing;

namespace Samples.Data.Pictures;

/// <summary>A sheet of digit images with what stands below each.</summary>
public static class DigitSheet
{
    private const int PixelWidth = 2;
    private const int CellWidth = (DigitPainter.Size * PixelWidth) + 10, CellHeight = CellWidth + 16;

    /// <summary>Draws <paramref name="captions"/>.Count images in rows of <paramref name="columns"/>.</summary>
    public static SvgPicture Draw(ReadOnlySpan<float> images, IReadOnlyList<string> captions, int columns = 8)
    {
        int rows = (captions.Count + columns - 1) / columns;
        var picture = new SvgPicture(columns * CellWidth, rows * CellHeight);
        for (int i = 0; i < captions.Count; i++)
        {
            double left = (i % columns * CellWidth) + 5, top = (i / columns * CellHeight) + 5;
            DrawImage(picture, images.Slice(i * DigitPainter.PixelCount, DigitPainter.PixelCount), left, top);
            picture.Text(left + (DigitPainter.Size * PixelWidth / 2), top + (DigitPainter.Size * PixelWidth) + 14, captions[i], centred: true);
        }

        return picture;
    }

    private static void DrawImage(SvgPicture picture, ReadOnlySpan<float> pixels, double left, double top)
    {
        picture.Rectangle(left, top, DigitPainter.Size * PixelWidth, DigitPainter.Size * PixelWidth, "#f4f4f4");
        for (int p = 0; p < pixels.Length; p++)
        {
            int shade = 255 - (int)(255 * pixels[p]);
            if (shade < 240)
            {
                double x = left + (p % DigitPainter.Size * PixelWidth), y = top + (p / DigitPainter.Size * PixelWidth);
                picture.Rectangle(x, y, PixelWidth, PixelWidth, $"#{shade:x2}{shade:x2}{shade:x2}");
            }
        }
    }
}
