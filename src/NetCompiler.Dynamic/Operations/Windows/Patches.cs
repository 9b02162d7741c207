namespace NetCompiler.Dynamic.Operations;

/// <summary>The patches of an image under a kernel as the rows of a matrix (positions, places of the kernel x channels), some of the channels only where the kernel has groups.</summary>
internal static class Patches
{
    /// <summary>Copies the patches out of an image, zeros where there is padding.</summary>
    public static void Gather<T>(ReadOnlySpan<T> image, Span<T> patches, Window window, int firstChannel, int channels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int y = 0; y < window.Y.Positions; y++)
        {
            for (int x = 0; x < window.X.Positions; x++)
            {
                for (int ky = 0; ky < window.Y.Kernel; ky++)
                {
                    int row = window.Y.At(y, ky);
                    if (!window.Y.Contains(row))
                    {
                        patches[..(window.X.Kernel * channels)].Clear();
                        patches = patches[(window.X.Kernel * channels)..];
                        continue;
                    }

                    patches = GatherRow(image, patches, window, row, x, firstChannel, channels);
                }
            }
        }
    }

    /// <summary>Adds patches to where they lie in an image; what lies in the padding is dropped.</summary>
    public static void Scatter<T>(ReadOnlySpan<T> patches, Span<T> image, Window window, int firstChannel, int channels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int y = 0; y < window.Y.Positions; y++)
        {
            for (int x = 0; x < window.X.Positions; x++)
            {
                for (int ky = 0; ky < window.Y.Kernel; ky++)
                {
                    int row = window.Y.At(y, ky);
                    if (window.Y.Contains(row))
                    {
                        ScatterRow(patches, image, window, row, x, firstChannel, channels);
                    }

                    patches = patches[(window.X.Kernel * channels)..];
                }
            }
        }
    }

    private static Span<T> GatherRow<T>(ReadOnlySpan<T> image, Span<T> patches, Window window, int row, int x, int firstChannel, int channels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int first = window.X.At(x, 0), length = window.X.Kernel * channels;
        if (channels == window.Channels && window.X.Dilation == 1 && first >= 0 && first + window.X.Kernel <= window.X.Size)
        {
            image.Slice(((row * window.X.Size) + first) * channels, length).CopyTo(patches);
            return patches[length..];
        }

        for (int kx = 0; kx < window.X.Kernel; kx++)
        {
            int column = window.X.At(x, kx);
            if (window.X.Contains(column))
            {
                image.Slice((((row * window.X.Size) + column) * window.Channels) + firstChannel, channels).CopyTo(patches);
            }
            else
            {
                patches[..channels].Clear();
            }

            patches = patches[channels..];
        }

        return patches;
    }

    private static void ScatterRow<T>(ReadOnlySpan<T> patches, Span<T> image, Window window, int row, int x, int firstChannel, int channels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int first = window.X.At(x, 0), length = window.X.Kernel * channels;
        if (channels == window.Channels && window.X.Dilation == 1 && first >= 0 && first + window.X.Kernel <= window.X.Size)
        {
            Span<T> run = image.Slice(((row * window.X.Size) + first) * channels, length);
            TensorPrimitives.Add<T>(run, patches[..length], run);
            return;
        }

        for (int kx = 0; kx < window.X.Kernel; kx++)
        {
            int column = window.X.At(x, kx);
            if (window.X.Contains(column))
            {
                Span<T> part = image.Slice((((row * window.X.Size) + column) * window.Channels) + firstChannel, channels);
                TensorPrimitives.Add<T>(part, patches.Slice(kx * channels, channels), part);
            }
        }
    }
}
