namespace NetCompiler;

/// <summary>Sound as a file holds it.</summary>
/// <param name="SampleRate">Samples per second and channel.</param>
/// <param name="Channels">1 for mono, 2 for stereo.</param>
/// <param name="BitsPerSample">The size of a sample in the file: 8, 16, 24 or 32.</param>
/// <param name="Samples">From -1 to 1, the channels of one moment side by side; float files may go beyond.</param>
public sealed record WavSound(int SampleRate, int Channels, int BitsPerSample, float[] Samples)
{
    /// <summary>The number of moments: samples per channel.</summary>
    public int Length => Samples.Length / Channels;
}

/// <summary>What a reader of sound asks for; 0 asks for nothing.</summary>
public sealed record WavExpectation
{
    /// <summary>Samples per second.</summary>
    public int SampleRate { get; init; }

    /// <summary>1 for mono, 2 for stereo.</summary>
    public int Channels { get; init; }

    /// <summary>The size of a sample: 8, 16, 24 or 32.</summary>
    public int BitsPerSample { get; init; }
}
