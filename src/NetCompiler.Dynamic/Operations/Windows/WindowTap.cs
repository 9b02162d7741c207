namespace NetCompiler.Dynamic.Operations;

/// <summary>One place of a kernel at one position, where it lies in the image.</summary>
/// <param name="Result">Where the position's channels start in the results.</param>
/// <param name="Image">Where the covered channels start in the images.</param>
/// <param name="Place">The place in the kernel.</param>
internal readonly record struct WindowTap(int Result, int Image, int Place)
{
    /// <summary>All places inside one image: position by position, for each in the order of the kernel.</summary>
    public static WindowTap[] All(Window window)
    {
        List<WindowTap> taps = new(window.Positions * window.Taps);
        for (int position = 0; position < window.Positions; position++)
        {
            for (int place = 0; place < window.Taps; place++)
            {
                int row = window.Y.At(position / window.X.Positions, place / window.X.Kernel), column = window.X.At(position % window.X.Positions, place % window.X.Kernel);
                if (window.Y.Contains(row) && window.X.Contains(column))
                {
                    taps.Add(new WindowTap(position * window.Channels, ((row * window.X.Size) + column) * window.Channels, place));
                }
            }
        }

        return [.. taps];
    }

    /// <summary>The same place in the image of a sample.</summary>
    public WindowTap In(int sample, Window window) => new(Result + (sample * window.Positions * window.Channels), Image + (sample * window.ImageLength), Place);
}
