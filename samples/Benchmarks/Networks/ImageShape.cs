namespace Benchmarks.Networks;

/// <summary>The shape of an image. Ours are (height, width, channels); the peers' are (channels, height, width).</summary>
internal sealed record ImageShape(int Height, int Width, int Channels)
{
    /// <summary>Images of the peers in our order.</summary>
    public float[] FromPeer(ReadOnlySpan<float> images)
    {
        float[] ours = new float[images.Length];
        for (int i = 0; i < ours.Length; i++)
        {
            ours[i] = images[PlaceAtPeer(i)];
        }

        return ours;
    }

    /// <summary>Our images in the peers' order.</summary>
    public float[] ToPeer(ReadOnlySpan<float> images)
    {
        float[] theirs = new float[images.Length];
        for (int i = 0; i < theirs.Length; i++)
        {
            theirs[PlaceAtPeer(i)] = images[i];
        }

        return theirs;
    }

    private int PlaceAtPeer(int place)
    {
        int pixels = Height * Width, size = pixels * Channels;
        return (place / size * size) + (place % Channels * pixels) + (place % size / Channels);
    }
}
