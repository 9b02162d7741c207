namespace NetCompiler;

/// <summary>What is done to one image, in this order: mirrored left to right, a square part of it taken to full size, zoomed and turned about its middle, moved.</summary>
/// <param name="IsFlipped">Whether it is mirrored.</param>
/// <param name="Down">The pixels that it is moved down.</param>
/// <param name="Right">The pixels that it is moved right.</param>
/// <param name="Angle">The angle that it is turned by, against the clock, in radians.</param>
/// <param name="Zoom">The factor of its size.</param>
/// <param name="Part">The part's share of height and width; 1 is the whole image.</param>
/// <param name="Top">What of the image lies above the part, as a share of its height.</param>
/// <param name="Left">What of the image lies left of the part, as a share of its width.</param>
internal readonly record struct ImageMotion(bool IsFlipped, int Down, int Right, float Angle, float Zoom, float Part, float Top, float Left)
{
    /// <summary>Whether every pixel comes from the middle of one pixel.</summary>
    public bool IsWhole => Angle == 0 && Zoom == 1 && Part == 1;

    /// <summary>Whether the image stays as it is.</summary>
    public bool IsNothing => IsWhole && !IsFlipped && Down == 0 && Right == 0;

    /// <summary>Writes the image after the motion.</summary>
    /// <param name="image">The image before: height x width x channels.</param>
    /// <param name="result">The image after.</param>
    /// <param name="width">The width.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="fill">What is shown where nothing was.</param>
    public void Apply(ReadOnlySpan<float> image, Span<float> result, int width, int channels, ImageFill fill)
    {
        if (IsWhole)
        {
            MovePixels(image, result, width, channels, fill);
        }
        else
        {
            Resample(image, result, width, channels, fill);
        }
    }

    private void MovePixels(ReadOnlySpan<float> image, Span<float> result, int width, int channels, ImageFill fill)
    {
        int height = image.Length / (width * channels);
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                int fromRow = row - Down, fromColumn = column - Right;
                Span<float> pixel = result.Slice(((row * width) + column) * channels, channels);
                if (fill == ImageFill.Zero && ((uint)fromRow >= (uint)height || (uint)fromColumn >= (uint)width))
                {
                    pixel.Clear();
                    continue;
                }

                fromRow = Math.Clamp(fromRow, 0, height - 1);
                fromColumn = Math.Clamp(fromColumn, 0, width - 1);
                fromColumn = IsFlipped ? width - 1 - fromColumn : fromColumn;
                image.Slice(((fromRow * width) + fromColumn) * channels, channels).CopyTo(pixel);
            }
        }
    }

    // Every pixel of the result looks back to where it came from, between four pixels of the image: bilinear interpolation.
    private void Resample(ReadOnlySpan<float> image, Span<float> result, int width, int channels, ImageFill fill)
    {
        int height = image.Length / (width * channels);
        (float sine, float cosine) = MathF.SinCos(Angle);
        float middleRow = (height - 1) / 2f, middleColumn = (width - 1) / 2f;
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                float y = row - Down - middleRow, x = column - Right - middleColumn;
                float turnedY = (((cosine * y) + (sine * x)) / Zoom) + middleRow, turnedX = (((cosine * x) - (sine * y)) / Zoom) + middleColumn;

                // A pixel's middle is half a pixel from its edge; shares count from the image's edge.
                float fromRow = (Top * height) + (Part * (turnedY + 0.5f)) - 0.5f, fromColumn = (Left * width) + (Part * (turnedX + 0.5f)) - 0.5f;
                fromColumn = IsFlipped ? width - 1 - fromColumn : fromColumn;
                Interpolate(image, result.Slice(((row * width) + column) * channels, channels), height, width, fromRow, fromColumn, fill);
            }
        }
    }

    private static void Interpolate(ReadOnlySpan<float> image, Span<float> pixel, int height, int width, float row, float column, ImageFill fill)
    {
        if (fill == ImageFill.Edge)
        {
            row = Math.Clamp(row, 0, height - 1);
            column = Math.Clamp(column, 0, width - 1);
        }

        int top = (int)MathF.Floor(row), left = (int)MathF.Floor(column);
        float below = row - top, right = column - left;
        for (int c = 0; c < pixel.Length; c++)
        {
            float upper = ((1 - right) * At(image, top, left, height, width, pixel.Length, c)) + (right * At(image, top, left + 1, height, width, pixel.Length, c));
            float lower = ((1 - right) * At(image, top + 1, left, height, width, pixel.Length, c)) + (right * At(image, top + 1, left + 1, height, width, pixel.Length, c));
            pixel[c] = ((1 - below) * upper) + (below * lower);
        }
    }

    // Outside the image is nothing; with the edge as fill, only a neighbour of weight 0 is outside.
    private static float At(ReadOnlySpan<float> image, int row, int column, int height, int width, int channels, int channel) =>
        (uint)row < (uint)height && (uint)column < (uint)width ? image[(((row * width) + column) * channels) + channel] : 0;
}
