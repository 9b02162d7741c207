using System.Buffers.Binary;

namespace NetCompiler;

/// <summary>What the chunk "fmt " says.</summary>
internal sealed record WavFormat(int Tag, int Channels, int SampleRate, int Bits)
{
    private const int Pcm = 1;
    private const int Float = 3;
    private const int Extensible = 0xFFFE;

    public static WavFormat Read(ReadOnlySpan<byte> chunk, string name)
    {
        if (chunk.Length < 16)
        {
            throw new InvalidDataException($"{name}: the chunk \"fmt \" has {chunk.Length} bytes; at least 16 were expected.");
        }

        int tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk), channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        uint rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        int block = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]), bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);

        // The extensible form has the real tag at the start of a GUID.
        if (tag == Extensible && chunk.Length >= 26)
        {
            tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
        }

        bool isRead = (tag == Pcm && bits is 8 or 16 or 24 or 32) || (tag == Float && bits == 32);
        if (!isRead)
        {
            throw new InvalidDataException($"{name} holds {FormatName(tag)} of {bits} bits; PCM of 8, 16, 24 or 32 bits and floats of 32 bits are read.");
        }

        if (channels is not (1 or 2) || rate is 0 or > int.MaxValue)
        {
            throw new InvalidDataException($"{name} has {channels} channels at {rate} Hz; mono and stereo at a positive rate are read.");
        }

        return block == channels * bits / 8
            ? new WavFormat(tag, channels, (int)rate, bits)
            : throw new InvalidDataException($"{name}: the chunk \"fmt \" says {block} bytes per moment, but {channels} channels of {bits} bits are {channels * bits / 8}.");
    }

    public void Require(WavExpectation? expected, string name)
    {
        List<string> problems = [];
        if (expected is { Channels: > 0 } && expected.Channels != Channels)
        {
            problems.Add($"{ChannelName(Channels)}, expected {ChannelName(expected.Channels)}");
        }

        if (expected is { BitsPerSample: > 0 } && expected.BitsPerSample != Bits)
        {
            problems.Add($"{Bits}-bit, expected {expected.BitsPerSample}-bit");
        }

        if (expected is { SampleRate: > 0 } && expected.SampleRate != SampleRate)
        {
            problems.Add($"{SampleRate} Hz, expected {expected.SampleRate} Hz");
        }

        if (problems.Count > 0)
        {
            throw new InvalidDataException($"{name} is {string.Join("; ", problems)}.");
        }
    }

    public float[] Decode(ReadOnlySpan<byte> data, string name)
    {
        int size = Bits / 8;
        if (data.Length % (size * Channels) != 0)
        {
            throw new InvalidDataException($"{name}: the chunk \"data\" has {data.Length} bytes, no multiple of the {size * Channels} of one moment.");
        }

        float[] samples = new float[data.Length / size];
        for (int i = 0; i < samples.Length; i++)
        {
            ReadOnlySpan<byte> sample = data.Slice(i * size, size);
            samples[i] = (Tag, size) switch
            {
                (Float, _) => BinaryPrimitives.ReadSingleLittleEndian(sample),
                (_, 1) => (sample[0] - 128) / 128f,
                (_, 2) => BinaryPrimitives.ReadInt16LittleEndian(sample) / 32768f,
                (_, 3) => (((sbyte)sample[2] << 16) | (sample[1] << 8) | sample[0]) / 8388608f,
                _ => BinaryPrimitives.ReadInt32LittleEndian(sample) / 2147483648f,
            };
            if (!float.IsFinite(samples[i]))
            {
                throw new InvalidDataException($"{name}: sample {i} is not finite.");
            }
        }

        return samples;
    }

    private static string ChannelName(int channels) => channels switch { 1 => "mono", 2 => "stereo", _ => $"{channels} channels" };

    private static string FormatName(int tag) => tag switch { Pcm => "PCM", Float => "floats", 2 => "Microsoft ADPCM", 6 => "A-law", 7 => "mu-law", 0x55 => "MP3", _ => $"format 0x{tag:X4}" };
}
